#include "tests/gui/desktop/desktop.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QThread>

#include "tests/support/catch.h"
#include "tests/support/models.h"

namespace lectern::test {
namespace {

constexpr int kLookAgainMs = 100;
constexpr int kMostTabs = 40;

AccessibleTree session_tree() {
    std::optional<AccessibleTree> tree = AccessibleTree::of_session();
    REQUIRE(tree.has_value());
    return std::move(*tree);
}

void xdotool(const QStringList& arguments) {
    REQUIRE(QProcess::execute(QStringLiteral("xdotool"), arguments) == 0);
}

}  // namespace

void press(const QString& keys) { xdotool({QStringLiteral("key"), keys}); }

void type(const QString& text) { xdotool({QStringLiteral("type"), text}); }

RunningProgram::RunningProgram(const QString& home) : tree_(session_tree()) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LECTERN_HOME"), home);
    environment.insert(QStringLiteral("LECTERN_FIRST_FRAME"), QStringLiteral("1"));
    environment.insert(QStringLiteral("LECTERN_LONGEST_EVENT"), QStringLiteral("1"));
    environment.insert(QStringLiteral("LECTERN_MODELS"),
                       QString::fromStdString(models_folder().string()));
    process_.setProcessEnvironment(environment);
    process_.start(QStringLiteral(LECTERN_EXECUTABLE), {});
    REQUIRE(process_.waitForStarted());
}

RunningProgram::~RunningProgram() {
    process_.terminate();
    if (!process_.waitForFinished(5000)) process_.kill();
    process_.waitForFinished();
}

std::vector<AccessibleNode> RunningProgram::showing() const {
    return tree_.showing(QStringLiteral("lectern"));
}

std::optional<AccessibleNode> RunningProgram::wait_for(
    const std::function<bool(const AccessibleNode&)>& fits, int timeout_ms) const {
    const QDeadlineTimer deadline(timeout_ms);
    while (true) {
        for (const AccessibleNode& node : showing())
            if (fits(node)) return node;
        if (deadline.hasExpired()) return std::nullopt;
        QThread::msleep(kLookAgainMs);
    }
}

bool RunningProgram::shows(const QString& name, int timeout_ms) const {
    return wait_for([&](const AccessibleNode& node) { return node.name.contains(name); },
                    timeout_ms)
        .has_value();
}

bool RunningProgram::tab_to(const QString& name) const {
    for (int i = 0; i < kMostTabs; ++i) {
        const auto focused = wait_for(
            [&](const AccessibleNode& node) { return node.is_focused && node.name == name; },
            2 * kLookAgainMs);
        if (focused) return true;
        press(QStringLiteral("Tab"));
    }
    return false;
}

double RunningProgram::memory_mb() const {
    QFile status(QStringLiteral("/proc/%1/status").arg(process_.processId()));
    REQUIRE(status.open(QIODevice::ReadOnly));
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return 0;
}

QString RunningProgram::end(int timeout_ms) {
    REQUIRE(process_.waitForFinished(timeout_ms));
    CHECK(process_.exitStatus() == QProcess::NormalExit);
    CHECK(process_.exitCode() == 0);
    return QString::fromUtf8(process_.readAllStandardError());
}

}  // namespace lectern::test
