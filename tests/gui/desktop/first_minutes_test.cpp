// The first five minutes on a real X server by the keyboard alone, seen as a screen reader does.
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStringList>
#include <cstdio>

#include "tests/gui/desktop/desktop.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

void start_application() {
    static int argc = 1;
    static char name[] = "test_desktop";
    static char* argv[] = {name, nullptr};
    if (QCoreApplication::instance() == nullptr) new QCoreApplication(argc, argv);
}

/// What a person can do something with.
bool is_control(const AccessibleNode& node) {
    static const QStringList kRoles{"push button", "text",      "list item",  "check box",
                                    "combo box",   "menu item", "link",       "progress bar",
                                    "page tab",    "slider",    "spin button"};
    return kRoles.contains(node.role);
}

void check_names(const RunningProgram& program, int at_least) {
    int n_controls = 0;
    for (const AccessibleNode& node : program.showing()) {
        if (!is_control(node)) continue;
        ++n_controls;
        INFO(node.role.toStdString() << " at " << node.path.toStdString());
        CHECK_FALSE(node.name.isEmpty());
    }
    CHECK(n_controls >= at_least);
}

}  // namespace

TEST_CASE("the first five minutes by the keyboard alone") {
    const auto model = find_model(kStarter);
    const auto embedder = find_model(kEmbedder);
    if (!model || !embedder) LECTERN_SKIP("the starter model or the embedder is not installed");
    start_application();
    const TempDir dir;
    const QString documents = QString::fromStdString((dir.path() / "My notes").string());
    const QString samples =
        QStringLiteral(LECTERN_SOURCE_DIR) + QStringLiteral("/resources/samples");
    REQUIRE(QDir().mkpath(documents));
    for (const char* name : {"zlib-faq.txt", "sqlite-write-ahead-logging.html"})
        REQUIRE(QFile::copy(samples + '/' + name, documents + '/' + name));

    const TempDir home;
    RunningProgram program(QString::fromStdString(home.path().string()));
    REQUIRE(program.shows("Drop a folder here"));
    check_names(program, 2);
    std::printf("memory of the idle window: %.0f MB\n", program.memory_mb());

    press("ctrl+o");
    REQUIRE(program.wait_for(
        [](const AccessibleNode& node) { return node.role == "dialog" && node.is_focused; }));
    press("ctrl+l");
    type(QString::fromStdString(dir.path().string()));
    press("Return");
    REQUIRE(program.tab_to("Open"));
    press("space");
    REQUIRE(program.tab_to("Start reading"));
    check_names(program, 2);
    press("space");
    REQUIRE(program.shows("Ask your documents", 60000));
    check_names(program, 2);

    REQUIRE(program.tab_to("Question"));
    type("Is zlib thread safe?");
    press("Return");
    REQUIRE(program.shows("First word after", 120000));
    check_names(program, 4);

    // The answer's first paragraph with a source: behind the question's buttons.
    REQUIRE(program.tab_to("Copy the question"));
    press("Tab");
    REQUIRE(program.wait_for(
        [](const AccessibleNode& node) { return node.is_focused && node.role == "text"; }));
    press("Return");
    REQUIRE(program.shows("The document's text"));
    check_names(program, 8);
    press("Escape");
    REQUIRE(program.wait_for(
        [](const AccessibleNode& node) { return node.is_focused && node.role == "text"; }));
    press("ctrl+q");
    const QString written = program.end();
    for (const QString& line : written.split('\n'))
        if (line.startsWith("lectern: ")) std::printf("%s\n", line.toUtf8().constData());
    CHECK(written.contains("lectern: first frame after"));
    CHECK(written.contains("lectern: longest event"));
}
