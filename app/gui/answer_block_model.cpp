#include "app/gui/answer_block_model.h"

#include <algorithm>
#include <utility>

#include "app/core/markdown_html.h"
#include "app/core/markdown_markers.h"

namespace lectern {
namespace {

std::string source_link(int number) { return "source:" + std::to_string(number); }

QString form_name(MarkdownForm form) {
    if (form == MarkdownForm::kCode) return QStringLiteral("code");
    if (form == MarkdownForm::kTable) return QStringLiteral("table");
    if (form == MarkdownForm::kRule) return QStringLiteral("rule");
    return QStringLiteral("text");
}

std::string block_html(const MarkdownBlock& block) {
    if (block.form == MarkdownForm::kTable) return table_html(block.table, source_link);
    MarkdownRuns runs = block.runs;
    if (block.form == MarkdownForm::kCode) {
        MarkdownRun code;
        code.text = plain_text(block);
        runs = {code};
        for (const int number : block.markers) {
            MarkdownRun& marker = runs.emplace_back();
            marker.marker = number;
            marker.text = "[" + std::to_string(number) + "]";
        }
    }
    return "<p style=\"white-space: pre-wrap; margin: 0\">" + runs_html(runs, source_link) + "</p>";
}

/// Out of memory the text is shown as it was written.
std::vector<MarkdownBlock> blocks_or_text(std::string_view markdown) {
    if (auto blocks = markdown_blocks(markdown)) return std::move(*blocks);
    MarkdownBlock whole;
    whole.runs.emplace_back().text = markdown;
    return {whole};
}

}  // namespace

int AnswerBlockModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_blocks.size());
}

QVariant AnswerBlockModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const MarkdownBlock& block = m_blocks[static_cast<std::size_t>(index.row())];
    switch (role) {
        case FormRole:
            return form_name(block.form);
        case HeadingLevelRole:
            return block.level;
        case ListDepthRole:
            return block.list_depth;
        case QuoteDepthRole:
            return block.quote_depth;
        case FollowsItemRole:
            return index.row() > 0 &&
                   m_blocks[static_cast<std::size_t>(index.row() - 1)].list_depth > 0;
        case MarkRole:
            return QString::fromStdString(block.mark);
        case HtmlRole:
            return QString::fromStdString(block_html(block));
        case Qt::DisplayRole:
        case PlainRole:
            return QString::fromStdString(plain_text(block));
        case LanguageRole:
            return QString::fromStdString(block.language);
        case ColumnsRole:
            return static_cast<int>(block.table.columns.size());
        default:
            return {};
    }
}

QHash<int, QByteArray> AnswerBlockModel::roleNames() const {
    return {{FormRole, "form"},
            {HeadingLevelRole, "headingLevel"},
            {ListDepthRole, "listDepth"},
            {QuoteDepthRole, "quoteDepth"},
            {FollowsItemRole, "followsItem"},
            {MarkRole, "mark"},
            {HtmlRole, "html"},
            {PlainRole, "plain"},
            {LanguageRole, "language"},
            {ColumnsRole, "columns"}};
}

void AnswerBlockModel::show(const AnswerDraft& draft) {
    if (!std::string_view(draft.text).starts_with(m_text)) m_settled = m_n_settled = 0;
    m_text = draft.text;
    const std::string_view text = m_text;
    std::vector<MarkdownBlock> tail = blocks_or_text(text.substr(m_settled));
    place_markers(tail, draft.sentences, m_settled);
    replace_tail(std::move(tail));
    settle(draft);
}

/// A sentence is announced behind its end: text is settled once one that ends further on was.
void AnswerBlockModel::settle(const AnswerDraft& draft) {
    const std::string_view text = m_text;
    const std::size_t told = draft.sentences.empty() ? 0 : draft.sentences.back().end;
    const std::size_t end = settled_end(text.substr(0, std::min(text.size(), told)), m_settled);
    if (end == m_settled) return;
    m_n_settled += blocks_or_text(text.substr(m_settled, end - m_settled)).size();
    m_settled = end;
}

void AnswerBlockModel::replace_tail(std::vector<MarkdownBlock> tail) {
    const std::size_t n = m_n_settled + tail.size(), before = m_blocks.size();
    for (std::size_t row = m_n_settled; row < std::min(n, before); ++row) {
        MarkdownBlock& block = tail[row - m_n_settled];
        if (m_blocks[row] == block) continue;
        m_blocks[row] = std::move(block);
        const QModelIndex changed = index(static_cast<int>(row));
        emit dataChanged(changed, changed);
    }
    if (n > before) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(n) - 1);
        for (std::size_t row = before; row < n; ++row)
            m_blocks.push_back(std::move(tail[row - m_n_settled]));
        endInsertRows();
    } else if (n < before) {
        beginRemoveRows({}, static_cast<int>(n), static_cast<int>(before) - 1);
        m_blocks.resize(n);
        endRemoveRows();
    }
    if (n != before) emit countChanged();
}

}  // namespace lectern
