// The palette and the help: every action of the window, by name and key.
#include <QAbstractItemModelTester>
#include <QQmlComponent>
#include <QQmlEngine>
#include <memory>

#include "app/gui/key_names.h"
#include "app/gui/palette_model.h"
#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

QStringList texts_of(const PaletteModel& model) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.data(model.index(row), PaletteModel::TextRole).toString();
    return texts;
}

std::unique_ptr<QObject> actions(QQmlEngine& engine) {
    QQmlComponent component(&engine);
    component.setData(R"(import QtQuick
import QtQuick.Controls
Item { id: all
    property string done
    Action { text: "Export as &PDF"; shortcut: "Ctrl+P"; onTriggered: all.done = "pdf" }
    Action { text: "Delete the chat"; enabled: false }
    Item { Action { text: "Show the library" } }
    Action { text: "Show the library"; onTriggered: all.done = "twin" }
    Action { shortcut: "F8" }
    Action { text: "Reset ports" }
})",
                      QUrl());
    return std::unique_ptr<QObject>(component.create());
}

}  // namespace

TEST_CASE("the palette has what can be done, once, and finds it by parts of its words") {
    start_application();
    QQmlEngine engine;
    const auto window = actions(engine);
    REQUIRE(window);
    PaletteModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.gather(window.get());
    CHECK(texts_of(model) == QStringList{"Export as PDF", "Show the library", "Reset ports"});
    CHECK(model.data(model.index(0), PaletteModel::KeysRole) == "Ctrl+P");
    model.setFilter("PORT");
    CHECK(texts_of(model) ==
          QStringList{"Reset ports", "Export as PDF"});  // a word's beginning first
    model.setFilter("pdf  exp");
    CHECK(texts_of(model) == QStringList{"Export as PDF"});
    model.trigger(0);
    CHECK(window->property("done") == "pdf");
    model.trigger(7);
    model.setFilter("nothing");
    CHECK(model.rowCount() == 0);
}

TEST_CASE("the help has what cannot be done now, too") {
    start_application();
    QQmlEngine engine;
    const auto window = actions(engine);
    PaletteModel model;
    model.gather(window.get(), true);
    CHECK(texts_of(model).contains("Delete the chat"));
}

TEST_CASE("keys have the names of this language's keyboard") {
    start_application();
    CHECK(native_keys("Ctrl+Shift+O") == "Ctrl+Shift+O");
    CHECK(native_keys(static_cast<int>(QKeySequence::Copy)) == "Ctrl+C");
    CHECK(native_keys(QVariant()).isEmpty());
}

TEST_CASE("Ctrl+K opens the palette, keys choose in it, and it does what was chosen") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(2);
    WindowFixture shown(assistant);
    shown.press(Qt::Key_K, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.focused() == "paletteField"; }));
    shown.grab("palette");
    shown.type("lib");
    CHECK(shown.text_of("actionText") == "Show the library");
    shown.grab("palette_found");
    shown.press(Qt::Key_Return);
    CHECK(wait_until([&] { return shown.find("documentList") != nullptr; }));
    shown.press(Qt::Key_K, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.focused() == "paletteField"; }));
    shown.press(Qt::Key_Escape);
    CHECK(wait_until([&] { return shown.find("paletteField") == nullptr; }));
    CHECK(shown.find("documentList") != nullptr);  // Esc left the palette alone
}

TEST_CASE("F1 opens the help, Esc closes it") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(2);
    WindowFixture shown(assistant);
    shown.press(Qt::Key_F1);
    REQUIRE(wait_until([&] { return shown.find("helpArea") != nullptr; }));
    CHECK(shown.text_of("actionText") == "New chat");
    shown.grab("help");
    shown.press(Qt::Key_Escape);
    CHECK(wait_until([&] { return shown.find("helpArea") == nullptr; }));
    CHECK(shown.focused() == "questionInput");
}

TEST_CASE("keys of the window work wherever the focus is") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    assistant.pieces = {"First.", " Second."};
    WindowFixture shown(assistant);
    ask_and_wait(shown, assistant, "what?");
    const auto opens_palette = [&] {
        shown.press(Qt::Key_K, Qt::ControlModifier);
        const bool opened = wait_until([&] { return shown.focused() == "paletteField"; }, 1000);
        shown.press(Qt::Key_Escape);
        return opened && wait_until([&] { return shown.find("paletteField") == nullptr; });
    };
    CHECK(opens_palette());
    REQUIRE(shown.tab_to("answerArea"));
    CHECK(opens_palette());
    shown.press(Qt::Key_Return);
    REQUIRE(shown.find("sourceTitle") != nullptr);
    CHECK(opens_palette());
    shown.press(Qt::Key_Escape);
    REQUIRE(shown.find("sourceTitle") == nullptr);
    CHECK(opens_palette());
}
