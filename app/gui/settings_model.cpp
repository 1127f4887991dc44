#include "app/gui/settings_model.h"

#include <QStringList>
#include <algorithm>

namespace lectern {
namespace {

bool look_alike(const SettingEntry& a, const SettingEntry& b) {
    return a.id == b.id && a.sentence == b.sentence &&
           std::equal(a.stops.begin(), a.stops.end(), b.stops.begin(), b.stops.end(),
                      [](const SettingStop& x, const SettingStop& y) { return x.text == y.text; });
}

}  // namespace

int SettingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant SettingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const SettingEntry& entry =
        m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(index.row())])];
    const QVariant value = value_of(entry);
    switch (role) {
        case SettingIdRole:
            return entry.id;
        case GroupRole:
            return is_first_of_group(index.row()) ? entry.group : QString();
        case TitleRole:
        case Qt::DisplayRole:
            return entry.title;
        case SentenceRole:
            return entry.sentence;
        case KindRole:
            return static_cast<int>(entry.kind);
        case ChoicesRole: {
            QStringList texts;
            for (const SettingStop& stop : entry.stops) texts << stop.text;
            return texts;
        }
        case StopRole:
            return entry.stop_of(value);
        case ValueRole:
            return value;
        case ValueTextRole:
            return entry.text_of(value);
        case ChangedRole:
            return entry.kind != SettingEntry::Fact && value != entry.fallback;
        case DefaultTextRole:
            return entry.text_of(entry.fallback);
        default:
            return {};
    }
}

QHash<int, QByteArray> SettingsModel::roleNames() const {
    return {{SettingIdRole, "settingId"},
            {GroupRole, "group"},
            {TitleRole, "title"},
            {SentenceRole, "sentence"},
            {KindRole, "kind"},
            {ChoicesRole, "choices"},
            {StopRole, "stop"},
            {ValueRole, "value"},
            {ValueTextRole, "valueText"},
            {ChangedRole, "changed"},
            {DefaultTextRole, "defaultText"}};
}

void SettingsModel::setExpert(bool expert) {
    if (m_expert == expert) return;
    m_expert = expert;
    show_what_fits();
}

void SettingsModel::setSearch(const QString& text) {
    if (m_search == text) return;
    m_search = text;
    show_what_fits();
}

void SettingsModel::set_entries(std::vector<SettingEntry> entries) {
    if (std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(), look_alike))
        return;
    const bool same_rows =
        std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                   [](const SettingEntry& a, const SettingEntry& b) {
                       return a.id == b.id && a.kind == b.kind && a.expert == b.expert;
                   });
    if (same_rows) {  // what has the keyboard keeps it
        m_entries = std::move(entries);
        if (count() > 0) emit dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    m_shown.clear();
    endResetModel();
    show_what_fits();
}

void SettingsModel::set_value(const QString& id, const QVariant& value) {
    if (m_values.value(id) == value) return;
    m_values[id] = value;
    for (int row = 0; row < count(); ++row) {
        const SettingEntry& entry =
            m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])];
        if (entry.id != id) continue;
        emit dataChanged(index(row), index(row), {StopRole, ValueRole, ValueTextRole, ChangedRole});
    }
}

const SettingEntry* SettingsModel::find(const QString& id) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const SettingEntry& entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

QVariant SettingsModel::value_of(const SettingEntry& entry) const {
    return m_values.value(entry.id, entry.fallback);
}

bool SettingsModel::fits(const SettingEntry& entry) const {
    const QStringList words = m_search.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty()) return m_expert || !entry.expert;
    const QString text =
        entry.title + QLatin1Char(' ') + entry.sentence + QLatin1Char(' ') + entry.group;
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

bool SettingsModel::is_first_of_group(int row) const {
    const auto group = [&](int at) {
        return m_entries[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(at)])].group;
    };
    return row == 0 || group(row) != group(row - 1);
}

/// Row by row, so that what stays keeps its item and the keyboard.
void SettingsModel::show_what_fits() {
    int row = 0;
    for (int place = 0; place < static_cast<int>(m_entries.size()); ++place) {
        const bool wanted = fits(m_entries[static_cast<std::size_t>(place)]);
        const bool shown = row < count() && m_shown[static_cast<std::size_t>(row)] == place;
        if (shown && !wanted) {
            beginRemoveRows({}, row, row);
            m_shown.erase(m_shown.begin() + row);
            endRemoveRows();
        } else if (!shown && wanted) {
            beginInsertRows({}, row, row);
            m_shown.insert(m_shown.begin() + row, place);
            endInsertRows();
        }
        row += wanted ? 1 : 0;
    }
    if (count() > 0) emit dataChanged(index(0), index(count() - 1), {GroupRole});
    emit shownChanged();
}

}  // namespace lectern
