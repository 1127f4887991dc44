// The window in other languages, and in those that are read from right to left.
#include "app/gui/languages.h"

#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// English again at the end, whatever happens.
class English {
  public:
    ~English() { Languages().use(QStringLiteral("en")); }
};

struct Message {
    QString context, source, translation;
    bool is_finished = false;
};

/// Every text of a translation file.
std::vector<Message> messages_of(const QString& path) {
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement) {
            if (xml.name() == u"name") message.context = xml.readElementText();
            if (xml.name() == u"source") message.source = xml.readElementText();
            if (xml.name() != u"translation") continue;
            message.is_finished = xml.attributes().value(QStringLiteral("type")).isEmpty();
            message.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
        if (xml.tokenType() == QXmlStreamReader::EndElement && xml.name() == u"message")
            messages.push_back(message);
    }
    REQUIRE_FALSE(xml.hasError());
    return messages;
}

/// %1, %n and line breaks, in order of value: a translation may place them elsewhere.
QStringList places_of(const QString& text) {
    static const QRegularExpression kPlace(QStringLiteral("%L?[0-9n]+"));
    QStringList places;
    for (auto match = kPlace.globalMatch(text); match.hasNext();) places << match.next().captured();
    places.sort();
    return places;
}

}  // namespace

TEST_CASE("every text of the window is translated, with the same places for values") {
    start_application();
    const QString project = QStringLiteral(LECTERN_PROJECT);
    const QString code = GENERATE(QStringLiteral("de"), QStringLiteral("zh_CN"));
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("lectern_%1.ts").arg(code));
    REQUIRE(QFile::copy(project + QStringLiteral("/resources/translations/lectern_%1.ts").arg(code),
                        file));
    QProcess update;
    update.setWorkingDirectory(project);
    update.start(QStringLiteral(LECTERN_LUPDATE),
                 {QStringLiteral("app/gui"), QStringLiteral("-I"), QStringLiteral("."),
                  QStringLiteral("-no-obsolete"), QStringLiteral("-ts"), file});
    REQUIRE(update.waitForFinished());
    REQUIRE(update.exitCode() == 0);

    const std::vector<Message> messages = messages_of(file);
    CHECK(messages.size() > 100);
    for (const Message& message : messages) {
        INFO(message.context.toStdString() << ": " << message.source.toStdString());
        CHECK(message.is_finished);
        CHECK_FALSE(message.translation.isEmpty());
        CHECK(places_of(message.translation) == places_of(message.source));
        CHECK(message.context != QStringLiteral("lectern"));  // where it would not be found
    }
}

TEST_CASE("the language nearest to what the system wants is chosen, else English") {
    start_application();
    CHECK(language_codes() == QStringList{"en", "de", "zh_CN"});
    CHECK(nearest_language({"de-AT", "en"}) == "de");
    CHECK(nearest_language({"xx", "zh-Hans-SG"}) == "zh_CN");
    CHECK(nearest_language({"zh-TW"}) == "en");
    CHECK(nearest_language({"fr-FR", "en-GB"}) == "en");
    CHECK(language_name("de") == "Deutsch");
    CHECK(language_name("zh_CN").startsWith(QStringLiteral("简体中文")));
}

TEST_CASE("the window changes its language while it is open") {
    start_application();
    const English again;
    FakeAssistant assistant;
    assistant.set_documents(1234);
    WindowFixture shown(assistant);
    shown.press(Qt::Key_L, Qt::ControlModifier);
    CHECK(shown.text_of("addButton") == "Add…");

    QSignalSpy told(shown.controller().library(), &LibraryController::changed);
    Languages languages;
    languages.use(QStringLiteral("de"));
    shown.retranslate();
    CHECK(shown.text_of("addButton") == QStringLiteral("Hinzufügen …"));
    CHECK(told.count() == 1);
    CHECK(QLocale().toString(1234) == QStringLiteral("1.234"));
    shown.grab("library-de");
    languages.use(QStringLiteral("zh_CN"));
    shown.retranslate();
    CHECK(shown.text_of("addButton") == QStringLiteral("添加…"));
    shown.grab("library-zh");
    languages.use(QStringLiteral("en"));
    shown.retranslate();
    CHECK(shown.text_of("addButton") == "Add…");
}

TEST_CASE("where reading begins on the right, the sidebar stands there, and the drawer opens") {
    start_application();
    const English again;
    FakeAssistant assistant;
    assistant.set_documents(3);
    WindowFixture shown(assistant);
    const auto left_of = [&](const QString& name) {
        QQuickItem* item = shown.find(name);
        REQUIRE(item != nullptr);
        return item->mapToScene(QPointF(0, 0)).x();
    };
    CHECK(left_of("libraryEntry") < 100);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    CHECK(wait_until([&] { return left_of("libraryEntry") > shown.window().width() - 300; }));
    shown.grab("start-rtl");
    shown.window().resize(600, 700);
    REQUIRE(wait_until([&] { return shown.find("libraryEntry") == nullptr; }));
    shown.press(Qt::Key_F9);
    CHECK(wait_until(
        [&] { return shown.find("libraryEntry") != nullptr && left_of("libraryEntry") > 250; }));
    shown.grab("drawer-rtl");
}
