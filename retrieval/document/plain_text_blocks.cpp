// How plain text shows its structure: blank lines, underlines, bullets, the length of its lines.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "retrieval/document/block_builder.h"
#include "retrieval/document/text_reader.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

struct Line {
    std::string_view text;   ///< without its end and the white space before it
    std::int64_t begin = 0;  ///< byte offset in the whole text
    std::size_t indent = 0;  ///< bytes of white space in front
    std::string_view body() const { return text.substr(indent); }
    bool blank() const { return indent == text.size(); }
};

/// The line at `at`, which moves behind its end (LF, CR LF or CR).
Line next_line(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    at = end;
    if (at < text.size() && text[at] == '\r') ++at;
    if (at < text.size() && text[at] == '\n' && (at == end || text[at - 1] == '\r')) ++at;
    Line line;
    line.text = text.substr(begin, end - begin);
    while (!line.text.empty() &&
           (line.text.back() == ' ' || line.text.back() == '\t' || line.text.back() == '\f'))
        line.text.remove_suffix(1);
    line.begin = static_cast<std::int64_t>(begin);
    line.indent = std::min(line.text.find_first_not_of(" \t\f\v"), line.text.size());
    return line;
}

/// The level of a heading underlined with this character, by the commonest habit; 0 for none.
int underline_level(char c) {
    constexpr std::string_view kLevels = "*=-~^\"#+";
    constexpr std::array kLevel{1, 1, 2, 3, 4, 4, 1, 4};
    const std::size_t at = kLevels.find(c);
    return at == std::string_view::npos ? 0 : kLevel[at];
}

bool is_rule(const Line& line) {
    const std::string_view body = line.body();
    return body.size() >= 3 && underline_level(body[0]) > 0 &&
           body.find_first_not_of(body[0]) == std::string_view::npos;
}

bool starts_item(const Line& line) {
    const std::string_view body = line.body();
    if (body.starts_with("•")) return true;
    if (body.size() > 2 && (body[0] == '-' || body[0] == '*' || body[0] == '+'))
        return body[1] == ' ' && body[2] != ' ' ? true : body[1] == ' ';
    std::size_t digits = 0;
    while (digits < body.size() && digits < 3 && body[digits] >= '0' && body[digits] <= '9')
        ++digits;
    return digits > 0 && digits + 1 < body.size() && (body[digits] == '.' || body[digits] == ')') &&
           body[digits + 1] == ' ';
}

/// Columns: wide gaps, bars or tabs inside the line.
bool looks_tabular(const Line& line) {
    const std::string_view body = line.body();
    const std::size_t gap = body.find("   ");
    return gap != std::string_view::npos || body.find('\t') != std::string_view::npos ||
           std::count(body.begin(), body.end(), '|') >= 2;
}

using Lines = std::vector<Line>;
using LineIter = Lines::const_iterator;

/// Wrapped prose: every line but the last is about as long as the longest.
bool is_wrapped_prose(LineIter first, LineIter last) {
    if (last - first < 2) return true;
    std::size_t longest = 0;
    std::size_t tabular = 0;
    for (LineIter line = first; line != last; ++line) {
        longest = std::max(longest, line->body().size());
        tabular += looks_tabular(*line) ? 1 : 0;
    }
    if (tabular * 3 >= static_cast<std::size_t>(last - first) || longest < 40) return false;
    std::size_t full = 0;
    for (LineIter line = first; line + 1 != last; ++line)
        full += line->body().size() * 10 >= longest * 6 ? 1 : 0;
    return full * 10 >= static_cast<std::size_t>(last - first - 1) * 7;
}

class PlainTextSplitter {
  public:
    explicit PlainTextSplitter(TextLook look) : look_(look) {}

    void take(const Line& line) {
        if (line.blank() && look_ != TextLook::kRows)
            end_paragraph();
        else
            lines_.push_back(line);
    }

    std::vector<Block> finish() {
        end_paragraph();
        return std::move(blocks_);
    }

  private:
    void end_paragraph() {
        if (look_ == TextLook::kProse)
            split_prose();
        else if (!lines_.empty())
            add(look_ == TextLook::kRows ? BlockKind::kTable : BlockKind::kCode, lines_.begin(),
                lines_.end(), BlockBuilder::Space::kKeep);
        if (look_ == TextLook::kRows && !blocks_.empty()) blocks_.back().header_lines = 1;
        lines_.clear();
    }

    void split_prose() {
        LineIter line = lines_.begin();
        while (line != lines_.end()) {
            const LineIter next = line + 1;
            if (is_rule(*line)) {  // an overline, or a rule between parts
                line = next;
            } else if (next != lines_.end() && is_rule(*next) && line->body().size() <= 120) {
                add(BlockKind::kHeading, line, next, BlockBuilder::Space::kFlow,
                    underline_level(next->body()[0]));
                line = next + 1;
            } else {
                const bool item = starts_item(*line);
                const LineIter end = std::find_if(next, lines_.cend(), [](const Line& l) {
                    return starts_item(l) || is_rule(l);
                });
                // A title stands right above a rule: leave it to the next turn.
                const bool title = end != lines_.end() && is_rule(*end) && end - line > 1;
                const LineIter stop = title ? end - 1 : end;
                add_text(item, line, stop);
                line = stop;
            }
        }
    }

    void add_text(bool item, LineIter first, LineIter last) {
        const bool prose = item || is_wrapped_prose(first, last);
        const auto kind = item    ? BlockKind::kListItem
                          : prose ? BlockKind::kParagraph
                                  : BlockKind::kCode;
        add(kind, first, last, prose ? BlockBuilder::Space::kFlow : BlockBuilder::Space::kKeep);
    }

    void add(BlockKind kind, LineIter first, LineIter last, BlockBuilder::Space space,
             int level = 0) {
        BlockBuilder builder(kind, space, level);
        for (LineIter line = first; line != last; ++line) {
            builder.separate(space == BlockBuilder::Space::kFlow ? ' ' : '\n');
            builder.append(line->text, line->begin);
        }
        if (auto block = builder.finish()) blocks_.push_back(std::move(*block));
    }

    TextLook look_;
    Lines lines_;
    std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> split_plain_text(std::string_view text, TextLook look) {
    PlainTextSplitter splitter(look);
    for (std::size_t at = 0; at < text.size();) splitter.take(next_line(text, at));
    return splitter.finish();
}

}  // namespace lectern
