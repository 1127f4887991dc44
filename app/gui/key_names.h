// Keys by the names that this keyboard's language has for them.
#pragma once

#include <QObject>
#include <QString>
#include <QVariant>
#include <QtQmlIntegration>

namespace lectern {

/// "Strg+N" for "Ctrl+N" or one of Qt's standard keys; empty for no keys.
QString native_keys(const QVariant& shortcut);

/// The same for QML.
class KeyNames : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

  public:
    using QObject::QObject;
    Q_INVOKABLE QString of(const QVariant& shortcut) const { return native_keys(shortcut); }
};

}  // namespace lectern
