// The real window, offscreen, over any assistant.
#pragma once

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <filesystem>
#include <functional>
#include <optional>

#include "app/gui/assistant_controller.h"
#include "app/gui/languages.h"
#include "app/gui/window_state.h"

namespace lectern::test {

/// Makes the application on first use; it lives as long as the process.
void start_application();

/// Runs the event loop until `holds` or the time is over; returns whether it held.
bool wait_until(const std::function<bool()>& holds, int timeout_ms = 5000);

class WindowFixture {
  public:
    /// chats, settings, and where the window is: the files that they are kept in; none: in memory.
    explicit WindowFixture(Assistant& assistant, const std::filesystem::path& chats = {},
                           const std::filesystem::path& settings = {},
                           const std::filesystem::path& state = {});

    AssistantController& controller() { return controller_; }
    QQuickWindow& window() { return *window_; }
    /// As the program does behind a change of the language.
    void retranslate() { lectern::retranslate(engine_, controller_); }
    /// The visible item of this object name, or nullptr.
    QQuickItem* find(const QString& name) const;
    /// All of them, in the order of the window's tree.
    QList<QQuickItem*> find_all(const QString& name) const;
    QString text_of(const QString& name) const;
    /// The first answer that is shown, a line a block, markers as "[2]".
    QString answer() const;
    void type(const QString& text);
    /// The object name of the item with the keyboard's focus.
    QString focused() const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Presses Tab until the item has the focus; false: so many did not reach it.
    bool tab_to(const QString& name, int at_most = 30);
    void click(const QString& name);
    void drop(const QList<QUrl>& urls);
    /// Drops, waits for the card and starts reading from it.
    void drop_and_start(const QList<QUrl>& urls);
    /// Into $LECTERN_SHOTS/NAME.png, where that is set.
    void grab(const QString& name);

  private:
    AssistantController controller_;
    QQmlApplicationEngine engine_;
    QQuickWindow* window_ = nullptr;
    std::optional<WindowState> state_;
};

}  // namespace lectern::test
