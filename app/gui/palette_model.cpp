#include "app/gui/palette_model.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

#include "app/gui/key_names.h"

namespace lectern {
namespace {

/// "&Open…" without its mark.
QString plain_text(QString text) {
    text.remove(QLatin1Char('&'));
    return text;
}

/// −1: not all words are in the text; else how many of them do not begin a word there.
int misfit(const QString& text, const QStringList& words) {
    int n_within = 0;
    for (const QString& word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0) return -1;
        const bool begins = text.startsWith(word, Qt::CaseInsensitive) ||
                            text.contains(QLatin1Char(' ') + word, Qt::CaseInsensitive);
        n_within += begins ? 0 : 1;
    }
    return n_within;
}

}  // namespace

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Entry& entry = m_shown[static_cast<std::size_t>(index.row())];
    if (role == TextRole) return entry.text;
    if (role == KeysRole) return entry.keys;
    return {};
}

QHash<int, QByteArray> PaletteModel::roleNames() const {
    return {{TextRole, "text"}, {KeysRole, "keys"}};
}

void PaletteModel::setFilter(const QString& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    emit filterChanged();
    choose();
}

void PaletteModel::gather(QObject* window, bool all) {
    m_all.clear();
    if (window != nullptr) {
        for (QObject* object : window->findChildren<QObject*>()) {
            if (!object->inherits("QQuickAction")) continue;
            const bool enabled = object->property("enabled").toBool();
            const QString text = plain_text(object->property("text").toString());
            if (text.isEmpty() || !(all || enabled)) continue;
            const auto same = std::find_if(m_all.begin(), m_all.end(),
                                           [&](const Entry& entry) { return entry.text == text; });
            Entry entry{object, text, native_keys(object->property("shortcut"))};
            if (same == m_all.end())
                m_all.push_back(std::move(entry));
            else if (enabled && !same->action->property("enabled").toBool())
                *same = std::move(entry);
        }
    }
    choose();
}

void PaletteModel::trigger(int row) {
    if (row < 0 || row >= rowCount()) return;
    QObject* action = m_shown[static_cast<std::size_t>(row)].action;
    if (action != nullptr && action->property("enabled").toBool())
        QMetaObject::invokeMethod(action, "trigger");
}

void PaletteModel::choose() {
    beginResetModel();
    const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::pair<int, Entry>> fitting;
    for (const Entry& entry : m_all) {
        const int by = misfit(entry.text, words);
        if (by >= 0) fitting.emplace_back(by, entry);
    }
    std::stable_sort(fitting.begin(), fitting.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    m_shown.clear();
    for (auto& [by, entry] : fitting) m_shown.push_back(std::move(entry));
    endResetModel();
    emit countChanged();
}

}  // namespace lectern
