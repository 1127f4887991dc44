#include "app/gui/chat_list_model.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <unordered_set>

namespace lectern {
namespace {

QString excerpt_text(const ChatHit& hit) {
    const auto part = [&](std::size_t from, std::size_t n) {
        return QString::fromStdString(hit.excerpt.substr(from, n)).toHtmlEscaped();
    };
    if (hit.excerpt.empty()) return {};
    return part(0, hit.match) + QStringLiteral("<b>") + part(hit.match, hit.n_match) +
           QStringLiteral("</b>") + part(hit.match + hit.n_match, std::string::npos);
}

bool looks_same(const ChatHit& a, const ChatHit& b) {
    return a.chat == b.chat && a.turn == b.turn && a.excerpt == b.excerpt && a.match == b.match;
}

}  // namespace

QString day_group(QDate day, QDate today) {
    const qint64 days = day.daysTo(today);
    if (days <= 0) return ChatListModel::tr("Today");
    if (days == 1) return ChatListModel::tr("Yesterday");
    if (days <= 7) return ChatListModel::tr("Last 7 days");
    return QLocale().toString(day, QStringLiteral("MMMM yyyy"));
}

int ChatListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ChatListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ChatHit& hit = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case TitleRole:
            return QString::fromStdString(hit.chat.title);
        case SectionRole:
            return day_group(QDateTime::fromMSecsSinceEpoch(hit.chat.used_ms).date(), m_today);
        case ExcerptRole:
            return excerpt_text(hit);
        case OpenRole:
            return hit.chat.id == m_open;
        default:
            return {};
    }
}

QHash<int, QByteArray> ChatListModel::roleNames() const {
    return {{TitleRole, "title"},
            {SectionRole, "section"},
            {ExcerptRole, "excerpt"},
            {OpenRole, "isOpen"}};
}

void ChatListModel::show(const std::vector<ChatHit>& hits, QDate today) {
    drop_others(hits);
    for (std::size_t row = 0; row < hits.size(); ++row) put(static_cast<int>(row), hits[row]);
    if (m_today != today) {
        m_today = today;
        if (!m_rows.empty()) emit dataChanged(index(0), index(rowCount() - 1), {SectionRole});
    }
    emit countChanged();
    emit openRowChanged();
}

void ChatListModel::drop_others(const std::vector<ChatHit>& hits) {
    std::unordered_set<std::int64_t> wanted;
    for (const ChatHit& hit : hits) wanted.insert(hit.chat.id);
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto place = m_rows.begin() + row;
        if (wanted.count(place->chat.id) > 0) continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(place);
        endRemoveRows();
    }
}

/// Pre: the rows before `row` are as they should be.
void ChatListModel::put(int row, const ChatHit& hit) {
    const int from = row_of(hit.chat.id);
    if (from < 0) {
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, hit);
        endInsertRows();
        return;
    }
    if (from > row) {
        beginMoveRows({}, from, from, {}, row);
        std::rotate(m_rows.begin() + row, m_rows.begin() + from, m_rows.begin() + from + 1);
        endMoveRows();
    }
    ChatHit& shown = m_rows[static_cast<std::size_t>(row)];
    if (looks_same(shown, hit)) return;
    shown = hit;
    emit dataChanged(index(row), index(row));
}

void ChatListModel::show_open(std::int64_t chat) {
    if (m_open == chat) return;
    const std::int64_t before = std::exchange(m_open, chat);
    for (const std::int64_t changed : {before, chat}) {
        const int row = row_of(changed);
        if (row >= 0) emit dataChanged(index(row), index(row), {OpenRole});
    }
    emit openRowChanged();
}

const ChatHit* ChatListModel::hit(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int ChatListModel::open_row() const { return row_of(m_open); }

int ChatListModel::row_of(std::int64_t chat) const {
    const auto place = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const ChatHit& row) { return row.chat.id == chat; });
    return place == m_rows.end() ? -1 : static_cast<int>(place - m_rows.begin());
}

}  // namespace lectern
