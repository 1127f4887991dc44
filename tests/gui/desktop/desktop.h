// A program that runs on the desktop, as a person with a keyboard and a screen reader has it.
#pragma once

#include <QProcess>
#include <QString>
#include <functional>
#include <vector>

#include "tests/gui/desktop/accessible_tree.h"

namespace lectern::test {

/// Presses keys on the desktop as xdotool names them ("ctrl+o"), or types a text.
void press(const QString& keys);
void type(const QString& text);

/// lectern in a folder of its own, ended with the object. Its errors (standard error) are kept.
class RunningProgram {
  public:
    /// home: for LECTERN_HOME. Fails the test where the desktop has no bus for screen readers.
    explicit RunningProgram(const QString& home);
    ~RunningProgram();

    std::vector<AccessibleNode> showing() const;
    /// Waits until something that fits is showing, and returns it.
    std::optional<AccessibleNode> wait_for(const std::function<bool(const AccessibleNode&)>& fits,
                                           int timeout_ms = 10000) const;
    /// By a part of its name.
    bool shows(const QString& name, int timeout_ms = 10000) const;
    /// Presses Tab until something of this name has the focus.
    bool tab_to(const QString& name) const;
    /// Megabytes of memory that the process has for itself and shares (VmRSS).
    double memory_mb() const;
    /// What it wrote, once it has ended by itself.
    QString end(int timeout_ms = 20000);

  private:
    AccessibleTree tree_;
    QProcess process_;
};

}  // namespace lectern::test
