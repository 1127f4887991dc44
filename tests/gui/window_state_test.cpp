// The next window is as the last one was left.
#include "app/gui/window_state.h"

#include <QTest>
#include <fstream>

#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

double scroll(WindowFixture& shown) { return shown.window().property("scroll").toDouble(); }

}  // namespace

TEST_CASE("size, page, chat and scroll are those of the last window") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    assistant.set_documents(4);
    const auto chats = dir / "chats.sqlite", state = dir / "window.json";
    double left_at = 0;
    {
        WindowFixture shown(assistant, chats, {}, state);
        shown.window().resize(820, 440);
        for (const char* question : {"one?", "two?", "three?", "four?", "five?", "six?"})
            ask_and_wait(shown, assistant, question);
        CHECK(scroll(shown) == -1);  // at the end, which it follows
        shown.press(Qt::Key_PageUp);
        REQUIRE(wait_until([&] {  // the answers are laid out
            left_at = scroll(shown);
            QTest::qWait(50);
            return left_at > 0 && scroll(shown) == left_at;
        }));
    }
    {
        WindowFixture shown(assistant, chats, {}, state);
        CHECK(shown.window().size() == QSize(820, 440));
        REQUIRE(wait_until([&] { return shown.controller().conversation()->rowCount() == 6; }));
        CHECK(wait_until([&] { return scroll(shown) == Approx(left_at); }));
        shown.press(Qt::Key_Comma, Qt::ControlModifier);
        REQUIRE(shown.find("settingsSearch") != nullptr);
    }
    WindowFixture shown(assistant, chats, {}, state);
    CHECK(shown.find("settingsSearch") != nullptr);
}

TEST_CASE("the place of the window is on the disk while it is open") {
    start_application();
    const TempDir dir;
    FakeAssistant assistant;
    WindowFixture shown(assistant, {}, {}, dir / "window.json");
    shown.window().resize(700, 500);
    CHECK(wait_until([&] { return restored_window(dir / "window.json")["width"] == 700; }));
    CHECK(restored_window(dir / "window.json")["height"] == 500);
}

TEST_CASE("a place on a screen that is no longer there is not taken up, nor a broken file") {
    start_application();
    const TempDir dir;
    const auto file = dir / "window.json";
    CHECK(restored_window(file).isEmpty());
    std::ofstream(file) << R"({"x": 90000, "y": 0, "width": 800, "height": 600, "page": "chat"})";
    CHECK(restored_window(file) == QVariantMap{{"page", "chat"}});
    std::ofstream(file) << R"({"x": 10, "y": 10, "width": 400, "height": 300, "maximized": true})";
    CHECK(restored_window(file)["visibility"] == QWindow::Maximized);
    std::ofstream(file) << "{\"x\": 9";
    CHECK(restored_window(file).isEmpty());
}
