// How large the application's text is, against the system's font.
#pragma once

#include <QFont>

namespace lectern {

/// Belongs to the window's thread. While it lives the application's font is the system's, scaled;
/// what takes its font from there follows at once. One at a time.
class TextSize {
  public:
    TextSize();
    ~TextSize();
    TextSize(const TextSize&) = delete;
    TextSize& operator=(const TextSize&) = delete;

    void scale(int percent);

  private:
    const QFont m_system;
};

}  // namespace lectern
