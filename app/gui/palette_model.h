// The actions of the window, found in it and narrowed by what is typed: rows of the palette and of
// the help.
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QtQmlIntegration>
#include <vector>

namespace lectern {

/// Belongs to the window's thread. Every Qt Quick Controls Action below the window that has a text
/// is one of its actions; where several have the same text, the first that is enabled.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    enum Role { TextRole = Qt::DisplayRole, KeysRole = Qt::UserRole };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString filter() const { return m_filter; }
    /// Words in any order; those that begin words of an action's text go before those within them.
    void setFilter(const QString& filter);

    /// Looks at the window as it is now; `all`: what cannot be done now, too.
    Q_INVOKABLE void gather(QObject* window, bool all = false);
    /// Does the action of a row; nothing where it is gone, or can no longer be done.
    Q_INVOKABLE void trigger(int row);

  signals:
    void filterChanged();
    void countChanged();

  private:
    struct Entry {
        QPointer<QObject> action;
        QString text, keys;
    };

    void choose();

    std::vector<Entry> m_all;
    std::vector<Entry> m_shown;
    QString m_filter;
};

}  // namespace lectern
