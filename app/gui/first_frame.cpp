#include "app/gui/first_frame.h"

#include <unistd.h>

#include <QObject>
#include <QQuickWindow>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace lectern {
namespace {

constexpr int kFieldsToStart = 19;  ///< proc(5): starttime is field 22; the name ends field 2

}  // namespace

double process_age_ms() {
    std::ifstream file("/proc/self/stat");
    const std::string stat{std::istreambuf_iterator<char>(file), {}};
    const std::size_t name_end = stat.rfind(')');  // the name may hold anything
    if (name_end == std::string::npos) return -1;
    std::istringstream fields(stat.substr(name_end + 1));
    std::string skipped;
    for (int i = 0; i < kFieldsToStart; ++i) fields >> skipped;
    double start_ticks = 0;
    timespec now{};
    if (!(fields >> start_ticks) || clock_gettime(CLOCK_BOOTTIME, &now) != 0) return -1;
    const double now_ms =
        1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
    return now_ms - 1e3 * start_ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void report_first_frame(QQuickWindow& window) {
    if (!qEnvironmentVariableIsSet("LECTERN_FIRST_FRAME")) return;
    // Direct: on the thread that draws, as soon as the frame is shown.
    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &window,
        [] { std::fprintf(stderr, "lectern: first frame after %.0f ms\n", process_age_ms()); },
        static_cast<Qt::ConnectionType>(Qt::DirectConnection | Qt::SingleShotConnection));
}

}  // namespace lectern
