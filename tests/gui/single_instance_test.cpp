// A second start finds the first window, whatever became of one before.
#include "app/gui/single_instance.h"

#include <QElapsedTimer>
#include <QProcess>
#include <csignal>
#include <thread>

#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// hand_over() waits, so not on the thread that answers it.
Status hand_over_elsewhere(const SingleInstance& instance, const QList<QUrl>& urls) {
    Status handed;
    std::atomic<bool> done{false};
    std::thread other([&] {
        handed = instance.hand_over(urls);
        done = true;
    });
    CHECK(wait_until([&] { return done.load(); }, 10000));
    other.join();
    return handed;
}

/// The real program, in this home.
void start(QProcess& process, const TempDir& home, const QStringList& arguments = {}) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LECTERN_HOME", QString::fromStdString((home / "home").string()));
    environment.insert("LECTERN_FIRST_FRAME", "1");
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(LECTERN_SOURCE_DIR "/resources/samples");
    process.start(LECTERN_EXECUTABLE, arguments);
    REQUIRE(process.waitForStarted());
}

bool shows_window(QProcess& process) {
    QByteArray said;
    return wait_until(
        [&] {
            process.waitForReadyRead(10);
            said += process.readAllStandardError();
            return said.contains("first frame");
        },
        30000);
}

}  // namespace

TEST_CASE("the second start hands its documents to the first, which is shown") {
    start_application();
    const TempDir home;
    SingleInstance first(home.path());
    REQUIRE(first.begin());
    SingleInstance second(home.path());
    CHECK_FALSE(second.begin());

    const QList<QUrl> early{QUrl::fromLocalFile("/early.pdf")};
    REQUIRE(hand_over_elsewhere(second, early));  // nobody listens yet
    CHECK(first.take_waiting() == early);
    CHECK(first.take_waiting().isEmpty());

    QList<QUrl> opened;
    int n_opened = 0;
    QObject::connect(&first, &SingleInstance::opened, [&](const QList<QUrl>& urls) {
        opened = urls;
        ++n_opened;
    });
    const QList<QUrl> urls{QUrl::fromLocalFile("/a b/100% done?.pdf"), QUrl("https://x.example/y")};
    REQUIRE(hand_over_elsewhere(second, urls));
    CHECK(opened == urls);
    REQUIRE(hand_over_elsewhere(second, {}));
    CHECK(n_opened == 2);
    CHECK(opened.isEmpty());
}

TEST_CASE("each home has a first start of its own, and the next is first when that has gone") {
    start_application();
    const TempDir one, other;
    auto first = std::make_unique<SingleInstance>(one.path());
    SingleInstance elsewhere(other.path()), second(one.path());
    CHECK(first->begin());
    CHECK(elsewhere.begin());
    CHECK_FALSE(second.begin());
    first.reset();
    CHECK(second.begin());
}

TEST_CASE("a second lectern ends with 0, and one behind a killed one opens its own window") {
    start_application();
    const TempDir home;
    QProcess first, second, third;
    start(first, home);
    REQUIRE(shows_window(first));
    start(second, home, {"zlib-faq.txt"});
    REQUIRE(second.waitForFinished(30000));
    CHECK(second.exitStatus() == QProcess::NormalExit);
    CHECK(second.exitCode() == 0);
    CHECK(first.state() == QProcess::Running);
    REQUIRE(::kill(static_cast<pid_t>(first.processId()), SIGKILL) == 0);
    REQUIRE(first.waitForFinished());
    start(third, home);
    CHECK(shows_window(third));
    third.terminate();
    third.waitForFinished(30000);
}
