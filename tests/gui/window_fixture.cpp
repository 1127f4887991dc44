#include "tests/gui/window_fixture.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QQuickStyle>
#include <QQuickTextDocument>
#include <QTest>
#include <QTextDocument>

#include "app/gui/read_only_keys.h"
#include "tests/support/catch.h"

namespace lectern::test {
namespace {

QQuickItem* find_below(QQuickItem* item, const QString& name) {
    if (item->objectName() == name && item->isVisible()) return item;
    for (QQuickItem* child : item->childItems())
        if (QQuickItem* found = find_below(child, name)) return found;
    return nullptr;
}

void find_all_below(QQuickItem* item, const QString& name, QList<QQuickItem*>& found) {
    if (item->objectName() == name && item->isVisible()) found << item;
    for (QQuickItem* child : item->childItems()) find_all_below(child, name, found);
}

}  // namespace

void start_application() {
    if (QCoreApplication::instance() != nullptr) return;
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    static int argc = 1;
    static char name[] = "test_gui";
    static char* argv[] = {name, nullptr};
    // Never destroyed: Catch2 owns main(), and the platform must outlive every static of Qt's.
    pass_keys_by_read_only_texts(*new QGuiApplication(argc, argv));
    QQuickStyle::setStyle(QStringLiteral("Fusion"));
}

bool wait_until(const std::function<bool()>& holds, int timeout_ms) {
    const QDeadlineTimer deadline(timeout_ms);
    while (!holds()) {
        if (deadline.hasExpired()) return false;
        QTest::qWait(5);
    }
    return true;
}

WindowFixture::WindowFixture(Assistant& assistant, const std::filesystem::path& chats,
                             const std::filesystem::path& settings,
                             const std::filesystem::path& state)
    : controller_(assistant, chats, settings) {
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QVariantMap properties = restored_window(state);
    properties[QStringLiteral("assistant")] = QVariant::fromValue(&controller_);
    if (qEnvironmentVariableIsSet("LECTERN_SHOTS_DARK")) properties[QStringLiteral("dark")] = true;
    engine_.setInitialProperties(properties);
    engine_.load(QUrl(QStringLiteral("qrc:/qt/qml/Lectern/Main.qml")));
    REQUIRE(engine_.rootObjects().size() == 1);
    window_ = qobject_cast<QQuickWindow*>(engine_.rootObjects().constFirst());
    REQUIRE(window_ != nullptr);
    if (!state.empty()) state_.emplace(*window_, state);
    REQUIRE(QTest::qWaitForWindowActive(window_));
    REQUIRE(wait_until([this] { return controller_.library()->loaded(); }));
}

QQuickItem* WindowFixture::find(const QString& name) const {
    return find_below(window_->contentItem(), name);
}

QList<QQuickItem*> WindowFixture::find_all(const QString& name) const {
    QList<QQuickItem*> found;
    find_all_below(window_->contentItem(), name, found);
    return found;
}

QString WindowFixture::text_of(const QString& name) const {
    const QQuickItem* item = find(name);
    return item == nullptr ? QString() : item->property("text").toString();
}

QString WindowFixture::answer() const {
    QQuickItem* item = find(QStringLiteral("answerText"));
    if (item == nullptr) return {};
    QList<QQuickItem*> areas;
    find_all_below(item, QStringLiteral("answerArea"), areas);
    QStringList texts;
    for (const QQuickItem* area : areas)
        texts << qvariant_cast<QQuickTextDocument*>(area->property("textDocument"))
                     ->textDocument()
                     ->toPlainText();
    return texts.join(QLatin1Char('\n'));
}

void WindowFixture::type(const QString& text) {
    for (const QChar c : text) QTest::keyClick(window_, c.toLatin1());
}

QString WindowFixture::focused() const {
    const QQuickItem* item = window_->activeFocusItem();
    return item == nullptr ? QString() : item->objectName();
}

void WindowFixture::press(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(window_, key, modifiers);
}

bool WindowFixture::tab_to(const QString& name, int at_most) {
    for (int i = 0; i < at_most && focused() != name; ++i) press(Qt::Key_Tab);
    return focused() == name;
}

void WindowFixture::click(const QString& name) {
    QQuickItem* item = find(name);
    INFO(name.toStdString());
    REQUIRE(item != nullptr);
    const QPointF centre = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
    QTest::mouseClick(window_, Qt::LeftButton, {}, centre.toPoint());
}

void WindowFixture::drop(const QList<QUrl>& urls) {
    QMimeData data;
    data.setUrls(urls);
    const QPoint place(window_->width() / 2, window_->height() / 2);
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window_, &enter);
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window_, &drop);
}

void WindowFixture::drop_and_start(const QList<QUrl>& urls) {
    drop(urls);
    REQUIRE(wait_until([this] { return controller_.library()->preview()->canStart(); }));
    click(QStringLiteral("previewStart"));
}

void WindowFixture::grab(const QString& name) {
    const QString folder = qEnvironmentVariable("LECTERN_SHOTS");
    if (folder.isEmpty()) return;
    QTest::qWait(300);
    REQUIRE(window_->grabWindow().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

}  // namespace lectern::test
