#include "app/gui/languages.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QMetaMethod>
#include <QMetaProperty>
#include <QQmlEngine>
#include <QSet>

namespace lectern {
namespace {

const QString kFolder = QStringLiteral(":/i18n");
const QString kPrefix = QStringLiteral("lectern_");

bool is_known(const QString& code) { return language_codes().contains(code); }

/// Where the system speaks this language, too, it knows better how numbers and dates are written.
QLocale locale_of(const QString& code) {
    const QLocale system = QLocale::system();
    const QLocale named(code);
    return system.language() == named.language() && system.script() == named.script() ? system
                                                                                      : named;
}

void replace(QTranslator& translator, const QString& file) {
    QCoreApplication::removeTranslator(&translator);
    if (translator.load(file)) QCoreApplication::installTranslator(&translator);
}

void tell_rows(QAbstractItemModel& model) {
    const int rows = model.rowCount();
    if (rows > 0) emit model.dataChanged(model.index(0, 0), model.index(rows - 1, 0));
}

void tell(QObject& object, QSet<QObject*>& told) {
    if (told.contains(&object)) return;
    told.insert(&object);
    const QMetaObject& type = *object.metaObject();
    QSet<int> signalled;
    for (int i = QObject::staticMetaObject.propertyCount(); i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        const int signal = property.notifySignalIndex();
        if (signal >= 0 && !signalled.contains(signal)) {
            signalled.insert(signal);
            if (type.method(signal).parameterCount() == 0) type.method(signal).invoke(&object);
        }
        if (auto* held = property.read(&object).value<QObject*>()) tell(*held, told);
    }
    if (auto* model = qobject_cast<QAbstractItemModel*>(&object)) tell_rows(*model);
}

}  // namespace

QStringList language_codes() {
    QStringList codes{QStringLiteral("en")};
    for (const QString& file : QDir(kFolder).entryList({kPrefix + QStringLiteral("*.qm")}))
        codes << file.sliced(kPrefix.size()).chopped(3);
    return codes;
}

QString language_name(const QString& code) {
    const QLocale locale(code);
    const QString name = locale.nativeLanguageName();
    if (name.isEmpty()) return code;
    return name.at(0).toUpper() + name.sliced(1);
}

QString nearest_language(const QStringList& wanted) {
    for (const QString& language : wanted) {
        const QLocale locale(language);
        for (const QString& code : language_codes()) {
            const QLocale known(code);
            if (known.language() == locale.language() && known.script() == locale.script())
                return code;
        }
    }
    return QStringLiteral("en");
}

Languages::~Languages() {
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qt_texts);
}

void Languages::use(const QString& code) {
    m_current = is_known(code) ? code : nearest_language(QLocale::system().uiLanguages());
    const QLocale locale = locale_of(m_current);
    QLocale::setDefault(locale);
    replace(m_texts, kFolder + QLatin1Char('/') + kPrefix + m_current + QStringLiteral(".qm"));
    replace(m_qt_texts, QLibraryInfo::path(QLibraryInfo::TranslationsPath) +
                            QStringLiteral("/qtbase_") + m_current + QStringLiteral(".qm"));
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

void retranslate(QQmlEngine& engine, QObject& root) {
    engine.retranslate();
    QSet<QObject*> told;
    tell(root, told);
}

}  // namespace lectern
