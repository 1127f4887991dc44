#include "app/cli/progress_line.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace lectern {
namespace {

constexpr int kBarWidth = 24;
constexpr double kTerminalPeriodMs = 80;
constexpr double kPlainPeriodMs = 3000;

}  // namespace

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(double share, const std::string& text) {
    const double now = watch_.ms();
    if (now - shown_ms_ < (terminal_ ? kTerminalPeriodMs : kPlainPeriodMs)) return;
    shown_ms_ = now;
    if (!terminal_) {
        std::fprintf(stderr, "%3.0f %%  %s\n", 100 * share, text.c_str());
        return;
    }
    std::string bar;
    const int filled = static_cast<int>(std::lround(share * kBarWidth));
    for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
    std::fprintf(stderr, "\r\033[K%s %3.0f %%  %s", bar.c_str(), 100 * share, text.c_str());
    drawn_ = true;
}

void ProgressLine::show_count(int done, int total, const char* what) {
    show(total == 0 ? 1 : double(done) / total,
         std::to_string(done) + " of " + std::to_string(total) + " " + what);
}

void ProgressLine::clear() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
    drawn_ = false;
}

std::string duration_text(double seconds) {
    char text[32];
    if (seconds < 90)
        std::snprintf(text, sizeof text, "%.0f s", seconds);
    else if (seconds < 5400)
        std::snprintf(text, sizeof text, "%.0f min", seconds / 60);
    else
        std::snprintf(text, sizeof text, "%.1f h", seconds / 3600);
    return text;
}

}  // namespace lectern
