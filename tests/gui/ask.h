// A question typed into the window, and its answer waited for.
#pragma once

#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

namespace lectern::test {

inline void ask_and_wait(WindowFixture& shown, FakeAssistant& assistant, const QString& question) {
    const int n_asked = assistant.n_asked;
    shown.type(question);
    shown.press(Qt::Key_Return);
    REQUIRE(
        wait_until([&] { return assistant.n_asked == n_asked + 1 && !shown.controller().busy(); }));
}

}  // namespace lectern::test
