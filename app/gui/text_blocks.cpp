#include "app/gui/text_blocks.h"

#include <algorithm>
#include <utility>

namespace lectern {
namespace {

constexpr int kMaxMatches = 2000;

QVariant range_pair(const TextRange& range) { return QVariantList{range.begin, range.length}; }

QString form_of(BlockKind kind) {
    switch (kind) {
        case BlockKind::kListItem:
            return QStringLiteral("item");
        case BlockKind::kCode:
            return QStringLiteral("code");
        case BlockKind::kTable:
            return QStringLiteral("table");
        case BlockKind::kQuote:
            return QStringLiteral("quote");
        case BlockKind::kHeading:
        case BlockKind::kParagraph:
            break;
    }
    return QStringLiteral("text");
}

}  // namespace

int TextBlocks::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_blocks.size());
}

QVariant TextBlocks::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ReadingBlock& block = m_blocks[static_cast<std::size_t>(index.row())];
    const bool stands_here = m_current >= 0 && row_of(m_current) == index.row();
    switch (role) {
        case Qt::DisplayRole:
        case TextRole:
            return block.text;
        case HeadingLevelRole:
            return block.heading_level;
        case FormRole:
            return form_of(block.kind);
        case MarksRole: {
            QVariantList marks;
            for (const TextRange& mark : block.marks) marks << QVariant(range_pair(mark));
            return marks;
        }
        case MatchesRole:
            return matches_in(index.row());
        case CurrentMatchRole:
            return stands_here ? character_of(m_current) : -1;
        default:
            return {};
    }
}

QHash<int, QByteArray> TextBlocks::roleNames() const {
    return {{TextRole, "text"},       {HeadingLevelRole, "headingLevel"},
            {FormRole, "form"},       {MarksRole, "marks"},
            {MatchesRole, "matches"}, {CurrentMatchRole, "currentMatch"}};
}

QVariantList TextBlocks::matches_in(int row) const {
    QVariantList matches;
    const auto first =
        std::lower_bound(m_matches.begin(), m_matches.end(), row,
                         [](const Match& match, int wanted) { return match.row < wanted; });
    for (auto match = first; match != m_matches.end() && match->row == row; ++match)
        matches << QVariant(range_pair(match->range));
    return matches;
}

void TextBlocks::show(std::vector<ReadingBlock> blocks) {
    beginResetModel();
    m_blocks = std::move(blocks);
    m_matches.clear();
    m_current = -1;
    endResetModel();
}

int TextBlocks::marked_row() const {
    const auto marked = std::find_if(m_blocks.begin(), m_blocks.end(),
                                     [](const auto& block) { return !block.marks.empty(); });
    return marked == m_blocks.end() ? -1 : static_cast<int>(marked - m_blocks.begin());
}

int TextBlocks::marked_character(int row) const {
    return m_blocks[static_cast<std::size_t>(row)].marks.front().begin;
}

void TextBlocks::search(const QString& wanted) {
    m_matches.clear();
    m_current = -1;
    for (int row = 0; row < rowCount() && n_matches() < kMaxMatches; ++row) {
        const QString& text = m_blocks[static_cast<std::size_t>(row)].text;
        for (const TextRange& range : find_all(text, wanted, kMaxMatches - n_matches()))
            m_matches.push_back({row, range});
    }
    if (!m_blocks.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {MatchesRole, CurrentMatchRole});
}

void TextBlocks::stand_at(int match) {
    const int before = std::exchange(m_current, match);
    for (const int one : {before, match}) {
        if (one < 0) continue;
        const QModelIndex at = index(row_of(one));
        emit dataChanged(at, at, {CurrentMatchRole});
    }
}

int TextBlocks::match_from(int row) const {
    if (m_matches.empty()) return -1;
    const auto at = std::find_if(m_matches.begin(), m_matches.end(),
                                 [row](const Match& match) { return match.row >= row; });
    return at == m_matches.end() ? 0 : static_cast<int>(at - m_matches.begin());
}

}  // namespace lectern
