// One line of progress on stderr: redrawn on a terminal, a line every few seconds elsewhere.
#pragma once

#include <string>

#include "app/core/stopwatch.h"

namespace lectern {

class ProgressLine {
  public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// share in [0, 1]; text behind the bar.
    void show(double share, const std::string& text);
    /// "3 of 16 cases" behind the bar.
    void show_count(int done, int total, const char* what);
    /// Ends the line, so that something else may be printed.
    void clear();

  private:
    bool terminal_ = false;
    bool drawn_ = false;
    double shown_ms_ = -1e9;
    Stopwatch watch_;
};

/// "12 s", "3 min", "2.1 h".
std::string duration_text(double seconds);

}  // namespace lectern
