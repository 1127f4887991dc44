// The application with a watch on its thread: how long the window was kept from the keyboard.
#pragma once

#include <QGuiApplication>
#include <QString>

namespace lectern {

/// Measures every event that is handled on the window's thread, drawing included. When it ends it
/// writes "lectern: longest event N ms (TYPE for CLASS)" to standard error.
class WatchedApplication : public QGuiApplication {
  public:
    WatchedApplication(int& argc, char** argv) : QGuiApplication(argc, argv) {}
    ~WatchedApplication() override;
    bool notify(QObject* receiver, QEvent* event) override;

  private:
    int m_depth = 0;  ///< events can be sent while one is handled: the outer one counts
    double m_longest_ms = 0;
    QString m_longest;
};

}  // namespace lectern
