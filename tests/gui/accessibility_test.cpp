// What a screen reader is given: the tree that Qt hands to AT-SPI, walked in each state of the
// window.
#include <QAccessible>
#include <QStringList>

#include "tests/gui/ask.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

bool is_control(const QAccessibleInterface& item) {
    switch (item.role()) {
        case QAccessible::Button:
        case QAccessible::CheckBox:
        case QAccessible::ComboBox:
        case QAccessible::EditableText:
        case QAccessible::Link:
        case QAccessible::List:
        case QAccessible::ListItem:
        case QAccessible::MenuItem:
        case QAccessible::PageTab:
        case QAccessible::ProgressBar:
        case QAccessible::RadioButton:
        case QAccessible::Slider:
        case QAccessible::SpinBox:
            return true;
        case QAccessible::StaticText:
            return false;
        default:
            return item.state().focusable;
    }
}

QString described(const QAccessibleInterface& item) {
    const QObject* object = item.object();
    const QString type =
        object != nullptr ? QString::fromLatin1(object->metaObject()->className()) : QString();
    return QStringLiteral("%1 \"%2\" (role %3)")
        .arg(type, object != nullptr ? object->objectName() : QString())
        .arg(static_cast<int>(item.role()));
}

struct Walk {
    int n_controls = 0;
    QStringList nameless;
    QStringList without_role;
};

void walk(QAccessibleInterface* item, Walk& seen) {
    if (item == nullptr || !item->isValid() || item->state().invisible) return;
    if (is_control(*item)) {
        ++seen.n_controls;
        if (item->text(QAccessible::Name).isEmpty()) seen.nameless << described(*item);
        if (item->state().focusable && item->role() == QAccessible::NoRole)
            seen.without_role << described(*item);
    }
    for (int i = 0; i < item->childCount(); ++i) walk(item->child(i), seen);
}

/// Every control that is shown has a name and a role.
void check_controls(WindowFixture& shown, int at_least) {
    Walk seen;
    walk(QAccessible::queryAccessibleInterface(&shown.window()), seen);
    INFO(seen.nameless.join(QStringLiteral("\n")).toStdString());
    CHECK(seen.nameless.isEmpty());
    INFO(seen.without_role.join(QStringLiteral("\n")).toStdString());
    CHECK(seen.without_role.isEmpty());
    CHECK(seen.n_controls >= at_least);
}

}  // namespace

TEST_CASE("a screen reader finds a name on every control, in each state of the window") {
    start_application();
    QAccessible::setActive(true);
    FakeAssistant assistant;
    SECTION("without documents") {
        WindowFixture shown(assistant);
        check_controls(shown, 2);
    }
    SECTION("with an answer, its sources and its reasons") {
        assistant.set_documents(3);
        assistant.pieces = {"First.", " Second."};
        WindowFixture shown(assistant);
        ask_and_wait(shown, assistant, "what?");
        check_controls(shown, 8);
        shown.click("figuresText");
        check_controls(shown, 10);
    }
    SECTION("the library") {
        assistant.set_documents(3);
        WindowFixture shown(assistant);
        shown.press(Qt::Key_L, Qt::ControlModifier);
        REQUIRE(wait_until([&] { return shown.find("documentList") != nullptr; }));
        check_controls(shown, 3);
    }
    SECTION("the models") {
        assistant.set_documents(3);
        WindowFixture shown(assistant);
        shown.press(Qt::Key_M, Qt::ControlModifier);
        REQUIRE(wait_until([&] { return shown.find("modelList") != nullptr; }));
        check_controls(shown, 6);
    }
    SECTION("the settings") {
        assistant.set_documents(3);
        WindowFixture shown(assistant);
        shown.press(Qt::Key_Comma, Qt::ControlModifier);
        REQUIRE(wait_until([&] { return shown.controller().settings()->list()->count() > 3; }));
        check_controls(shown, 12);
    }
    SECTION("the palette") {
        WindowFixture shown(assistant);
        shown.press(Qt::Key_K, Qt::ControlModifier);
        REQUIRE(wait_until([&] { return shown.focused() == "paletteField"; }));
        check_controls(shown, 8);
    }
    SECTION("the help") {
        WindowFixture shown(assistant);
        shown.press(Qt::Key_F1);
        REQUIRE(wait_until([&] { return shown.find("helpArea") != nullptr; }));
        check_controls(shown, 8);
    }
    SECTION("a narrow window with its sidebar open") {
        assistant.set_documents(3);
        WindowFixture shown(assistant);
        shown.window().resize(600, 700);
        REQUIRE(wait_until([&] { return shown.find("libraryEntry") == nullptr; }));
        shown.press(Qt::Key_F9);
        REQUIRE(wait_until([&] { return shown.find("libraryEntry") != nullptr; }));
        check_controls(shown, 3);
    }
}
