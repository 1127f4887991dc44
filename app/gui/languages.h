// The language of the window: which ones there are, and the change from one to another while the
// program runs.
#pragma once

#include <QLocale>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

class QQmlEngine;

namespace lectern {

/// English, in which the texts are written, and what they were translated to; codes as Qt's
/// QLocale has them ("de", "zh_CN").
QStringList language_codes();

/// In the language itself: "Deutsch". The code where Qt knows no name.
QString language_name(const QString& code);

/// Of language_codes(), the one that the wanted languages (the most wanted first, "de-AT") come
/// nearest to; English where there is none.
QString nearest_language(const QStringList& wanted);

/// Belongs to the window's thread; made after the application, gone before it.
class Languages : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    ~Languages() override;

    /// One of language_codes(); anything else: the system's. Texts, numbers, dates and the side
    /// that reading begins on follow, in windows that are open, too, once they are told by
    /// retranslate().
    void use(const QString& code);
    QString current() const { return m_current; }

  private:
    QString m_current;
    QTranslator m_texts;
    QTranslator m_qt_texts;  ///< of Qt's own menus and dialogs
};

/// Has everything that shows a text look at it again: the bindings of the engine, and what changes
/// with the properties of `root` and of the objects that it has as properties.
void retranslate(QQmlEngine& engine, QObject& root);

}  // namespace lectern
