// The settings of a level, or those that a search finds, as the page lists them.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QString>
#include <QtQmlIntegration>
#include <vector>

#include "app/gui/setting_entry.h"

namespace lectern {

/// Belongs to the window's thread. A row a setting, in the order of its groups.
class SettingsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The settings' controller has it.")
    Q_PROPERTY(bool expert READ expert WRITE setExpert NOTIFY shownChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY shownChanged)
    Q_PROPERTY(int count READ count NOTIFY shownChanged)

  public:
    enum Role {
        SettingIdRole = Qt::UserRole + 1,
        GroupRole,  ///< of the first one in it; empty: that stands above already
        TitleRole,
        SentenceRole,
        KindRole,
        ChoicesRole,  ///< texts of the stops
        StopRole,     ///< index of the value's stop; −1: it has none
        ValueRole,
        ValueTextRole,
        ChangedRole,  ///< differs from the default
        DefaultTextRole
    };
    enum Kind { Switch, Choice, Stepper, Text, Fact };
    Q_ENUM(Kind)

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    bool expert() const { return m_expert; }
    void setExpert(bool expert);
    /// Words that title, sentence or group have, of either level; empty: the level's settings.
    QString search() const { return m_search; }
    void setSearch(const QString& text);
    int count() const { return static_cast<int>(m_shown.size()); }

    /// Keeps the values of those that stay.
    void set_entries(std::vector<SettingEntry> entries);
    void set_value(const QString& id, const QVariant& value);
    const SettingEntry* find(const QString& id) const;

  signals:
    void shownChanged();

  private:
    void show_what_fits();
    bool fits(const SettingEntry& entry) const;
    bool is_first_of_group(int row) const;
    QVariant value_of(const SettingEntry& entry) const;

    std::vector<SettingEntry> m_entries;
    std::vector<int> m_shown;  ///< places in m_entries
    QHash<QString, QVariant> m_values;
    bool m_expert = false;
    QString m_search;
};

}  // namespace lectern
