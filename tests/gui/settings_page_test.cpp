// The settings page, driven by keys and clicks.
#include <QGuiApplication>

#include "app/gui/settings_controller.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

void open_settings(WindowFixture& shown) {
    shown.press(Qt::Key_Comma, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.find("setting_theme") != nullptr; }));
}

void choose(WindowFixture& shown, const QString& id, const QVariant& value) {
    REQUIRE(shown.controller().settings()->choose(id, value).isEmpty());
}

QColor ground(WindowFixture& shown) { return shown.window().property("color").value<QColor>(); }

}  // namespace

TEST_CASE("Ctrl+, opens the settings, and Esc leaves them") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    CHECK(shown.find("settingsSearch") == nullptr);
    open_settings(shown);
    CHECK(shown.focused() == "settingsSearch");
    CHECK(shown.find("setting_temperature") == nullptr);
    shown.grab("settings");
    shown.press(Qt::Key_Escape);
    CHECK(wait_until([&] { return shown.find("settingsSearch") == nullptr; }));
    CHECK(shown.focused() == "questionInput");
}

TEST_CASE("the expert level and the search show more settings, each with its sentence") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    shown.click("expertSettings");
    REQUIRE(wait_until([&] { return shown.find("setting_temperature") != nullptr; }));
    CHECK(shown.text_of("sentence_temperature").startsWith("At 0 every word"));
    shown.grab("settings_expert");
    shown.click("expertSettings");
    REQUIRE(wait_until([&] { return shown.find("setting_temperature") == nullptr; }));
    shown.click("settingsSearch");
    shown.type("likeliest");
    CHECK(wait_until([&] { return shown.find("setting_temperature") != nullptr; }));
    CHECK(shown.find("setting_theme") == nullptr);
    shown.grab("settings_search");
    shown.press(Qt::Key_Escape);  // clears, and stays
    CHECK(wait_until([&] { return shown.find("setting_theme") != nullptr; }));
    shown.type("zzz");
    CHECK(wait_until([&] { return shown.find("nothingFound") != nullptr; }));
}

TEST_CASE("a theme is chosen by keys, holds at once, and is reset") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    REQUIRE(shown.find("reset_theme") == nullptr);
    const QColor before = ground(shown);
    QQuickItem* theme = shown.find("setting_theme");
    theme->forceActiveFocus();
    shown.press(Qt::Key_Down);  // light
    CHECK(shown.controller().settings()->theme() == "light");
    shown.press(Qt::Key_Down);
    CHECK(shown.controller().settings()->theme() == "dark");
    CHECK(wait_until([&] { return ground(shown).lightnessF() < 0.3; }));
    shown.grab("settings_dark");
    shown.click("reset_theme");
    CHECK(shown.controller().settings()->theme() == "system");
    CHECK(wait_until([&] { return ground(shown) == before; }));
    CHECK(shown.find("reset_theme") == nullptr);
}

TEST_CASE("the text grows and shrinks at once, with the system's font as its measure") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    const qreal system = QGuiApplication::font().pointSizeF();
    const auto points = [&](const QString& name) {
        return shown.find(name)->property("font").value<QFont>().pointSizeF();
    };
    CHECK(points("questionInput") == Approx(system));
    open_settings(shown);
    const qreal before = points("sentence_theme");
    shown.find("setting_text_size_percent")->forceActiveFocus();
    for (int step = 0; step < 5; ++step) shown.press(Qt::Key_Up);
    CHECK(shown.controller().settings()->settings().text_size_percent == 200);
    CHECK(points("sentence_theme") == Approx(2 * before));
    shown.grab("settings_200");
    shown.press(Qt::Key_Escape);
    CHECK(points("questionInput") == Approx(2 * system));
    shown.grab("chat_200");
    choose(shown, "text_size_percent", 80);
    CHECK(points("questionInput") == Approx(0.8 * system));
    shown.grab("chat_80");
}

TEST_CASE(
    "a proxy that cannot be is refused where it is typed, and a switch is switched by Space") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    shown.click("settingsSearch");
    shown.type("network");
    REQUIRE(wait_until([&] { return shown.find("setting_proxy") != nullptr; }));
    shown.find("setting_offline")->forceActiveFocus();
    shown.press(Qt::Key_Space);
    CHECK(shown.controller().settings()->offline());
    QQuickItem* proxy = shown.find("setting_proxy");
    proxy->forceActiveFocus();
    shown.press(Qt::Key_A, Qt::ControlModifier);
    shown.type("ftp://there");
    shown.press(Qt::Key_Return);
    CHECK(shown.text_of("problem_proxy").startsWith("It is none, system, or a URL"));
    CHECK(shown.controller().settings()->settings().proxy == "system");
    shown.grab("settings_proxy");
    shown.press(Qt::Key_A, Qt::ControlModifier);
    shown.type("none");
    shown.press(Qt::Key_Return);
    CHECK(shown.controller().settings()->settings().proxy == "none");
    CHECK(shown.find("problem_proxy") == nullptr);
}

TEST_CASE("the page tells why the graphics card is not used") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    open_settings(shown);
    CHECK(wait_until([&] { return shown.text_of("sentence_gpu").startsWith("The GPU is not"); }));
}
