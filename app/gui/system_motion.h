// Whether the system asks for no motion, as the desktop portal tells it.
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>
#include <QVariant>
#include <optional>

namespace lectern {

/// What a setting of the desktop says of motion; nothing: it says nothing. GNOME and those like it
/// have enable-animations, KDE a factor of their duration.
std::optional<bool> asks_for_stillness(const QString& group, const QString& key,
                                       const QVariant& value);

/// Belongs to the window's thread. Asks the session's bus when it is made, without waiting, and is
/// told of changes; where there is no portal, motion is taken as wanted.
class SystemMotion : public QObject {
    Q_OBJECT

  public:
    explicit SystemMotion(QObject* parent = nullptr);

    bool unwanted() const { return m_unwanted; }

  signals:
    void changed();

  private slots:
    void take(const QString& group, const QString& key, const QDBusVariant& value);

  private:
    void ask(const QString& group, const QString& key);

    bool m_unwanted = false;
};

}  // namespace lectern
