// What of Markdown is settled while it grows, and blocks without their look.
#include <algorithm>
#include <cctype>

#include "app/core/markdown_blocks.h"

namespace lectern {
namespace {

std::string_view without_indent(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first == line.npos ? std::string_view() : line.substr(first);
}

/// How many of ``` or ~~~ a line begins with; 0: it is no fence.
std::size_t fence_length(std::string_view line) {
    const std::string_view text = without_indent(line);
    if (text.empty() || (text[0] != '`' && text[0] != '~')) return 0;
    const std::size_t n = std::min(text.find_first_not_of(text[0]), text.size());
    return n >= 3 ? n : 0;
}

bool may_begin_item(char c) {
    return c == '-' || c == '*' || c == '+' || std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string runs_text(const MarkdownRuns& runs) {
    std::string text;
    for (const MarkdownRun& run : runs)
        if (run.marker == 0) text += run.text;
    return text;
}

std::string table_text(const MarkdownTable& table) {
    std::string text;
    for (const auto& row : table.rows) {
        if (!text.empty()) text += '\n';
        for (std::size_t cell = 0; cell < row.size(); ++cell)
            text += (cell > 0 ? "\t" : "") + runs_text(row[cell]);
    }
    return text;
}

}  // namespace

std::size_t settled_end(std::string_view markdown, std::size_t from) {
    std::size_t settled = from, fence = 0;
    char fence_character = 0;
    bool in_list = false, after_empty = false;
    for (std::size_t at = from; at < markdown.size();) {
        const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
        const std::string_view line = markdown.substr(at, end - at);
        const std::string_view text = without_indent(line);
        if (fence == 0 && after_empty && !text.empty() && line[0] != ' ' && line[0] != '\t' &&
            !(in_list && may_begin_item(line[0]))) {
            settled = at;
            in_list = false;
        }
        const std::size_t n = fence_length(line);
        if (fence == 0 && n > 0) {
            fence = n;
            fence_character = text[0];
        } else if (fence > 0 && n >= fence && text[0] == fence_character) {
            fence = 0;
        } else if (fence == 0 && !text.empty() && may_begin_item(text[0])) {
            in_list = true;
        }
        after_empty = text.empty();
        at = end + 1;
    }
    return settled;
}

std::string plain_text(const MarkdownBlock& block) {
    if (block.form == MarkdownForm::kTable) return table_text(block.table);
    std::string text = runs_text(block.runs);
    if (block.form == MarkdownForm::kCode && text.ends_with('\n')) text.pop_back();
    return text;
}

std::string plain_text(const std::vector<MarkdownBlock>& blocks) {
    std::string text;
    for (const MarkdownBlock& block : blocks) {
        if (block.form == MarkdownForm::kRule) continue;
        const bool item = block.list_depth > 0;
        if (!text.empty()) text += item && !block.mark.empty() ? "\n" : "\n\n";
        if (item) text += std::string(2 * static_cast<std::size_t>(block.list_depth - 1), ' ');
        if (!block.mark.empty()) text += block.mark + ' ';
        text += plain_text(block);
    }
    return text;
}

}  // namespace lectern
