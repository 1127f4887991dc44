#include "retrieval/document/pdf_layout.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "retrieval/document/block_builder.h"
#include "retrieval/document/pdf_flow.h"
#include "retrieval/document/pdf_headings.h"
#include "retrieval/document/pdf_lines.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using Pages = std::vector<std::vector<PdfLine>>;

/// The letters at the end (or start) of a text: the halves of a broken word.
std::string_view last_word(std::string_view text) {
    const std::size_t space = text.find_last_of(" \n(");
    return space == std::string_view::npos ? text : text.substr(space + 1);
}

std::string_view first_word(std::string_view text) {
    return text.substr(0, std::min(text.find_first_of(" \n,.;:)"), text.size()));
}

/// Words written with a hyphen within a line: where one is broken at its hyphen, that stays.
class Compounds {
  public:
    explicit Compounds(const Pages& pages) {
        for (const auto& lines : pages)
            for (const PdfLine& line : lines) collect(line.words);
    }

    bool contains(std::string_view first, std::string_view second) const {
        return words_.contains(ascii_lower(std::string(first) + "-" + std::string(second)));
    }

  private:
    void collect(std::string_view words) {
        for (std::size_t at = words.find('-'); at != std::string_view::npos;
             at = words.find('-', at + 1)) {
            const std::string_view first = last_word(words.substr(0, at));
            const std::string_view second = first_word(words.substr(at + 1));
            if (!first.empty() && !second.empty())
                words_.insert(ascii_lower(std::string(first) + "-" + std::string(second)));
        }
    }

    std::unordered_set<std::string> words_;
};

/// The line's text; runs of dots that lead to a page number become "…".
void append_line(BlockBuilder& builder, const PdfLine& line) {
    constexpr std::size_t kLeader = 4;
    const std::u16string_view text = line.text;
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        std::size_t dots = 0;
        while (end < text.size() && (text[end] == u'.' || text[end] == u' '))
            dots += text[end++] == u'.' ? 1 : 0;
        if (dots >= kLeader) {
            builder.append(text.substr(done, i - done),
                           line.begin + static_cast<std::int64_t>(done));
            builder.append_replaced(" … ", line.begin + static_cast<std::int64_t>(i),
                                    static_cast<std::int64_t>(end - i));
            done = end;
        }
        i = std::max(end, i + 1);
    }
    builder.append(text.substr(done), line.begin + static_cast<std::int64_t>(done));
}

class PdfBlocks {
  public:
    PdfBlocks(const Pages& pages, const std::vector<std::vector<int>>& levels)
        : pages_(pages), levels_(levels), compounds_(pages) {}

    std::vector<Block> run() {
        for (std::size_t page = 0; page < pages_.size(); ++page) add_page(page);
        return std::move(blocks_);
    }

  private:
    void add_page(std::size_t page) {
        const auto& lines = pages_[page];
        const auto& levels = levels_[page];
        const PageFlow flow(lines);
        std::vector<LineStep> steps;
        for (std::size_t begin = 0; begin < lines.size();) {
            std::size_t end = begin + 1;
            steps.clear();
            while (end < lines.size() && levels[end] == levels[begin]) {
                const LineStep step =
                    levels[begin] > 0 ? heading_step(lines, begin, end) : flow.step(begin, end);
                if (step == LineStep::kBreak) break;
                steps.push_back(step);
                ++end;
            }
            const bool first_of_page = begin == 0;
            add_block(lines, begin, steps, levels[begin]);
            if (first_of_page && page > 0) join_over_page_end();
            ends_full_ = flow.is_full(end - 1);
            begin = end;
        }
    }

    /// Lines that were ended on purpose, one after another: a full one among them is one more.
    static bool is_listing(const std::vector<LineStep>& steps) {
        return steps.size() >= 2 && steps.back() == LineStep::kLine &&
               steps[steps.size() - 2] == LineStep::kLine;
    }

    /// A heading of two lines is one; two headings of one level are two.
    static LineStep heading_step(const std::vector<PdfLine>& lines, std::size_t begin,
                                 std::size_t end) {
        const PdfLine& a = lines[end - 1];
        const PdfLine& b = lines[end];
        const bool near = a.has_box && b.has_box && b.box.top > a.box.top &&
                          b.box.top - a.box.bottom < 0.8 * a.height();
        const bool numbered = !b.words.empty() && b.words[0] >= '0' && b.words[0] <= '9';
        return near && !numbered && end - begin < 3 ? LineStep::kJoin : LineStep::kBreak;
    }

    void add_block(const std::vector<PdfLine>& lines, std::size_t begin,
                   const std::vector<LineStep>& steps, int level) {
        const auto n_kept =
            static_cast<std::size_t>(std::count(steps.begin(), steps.end(), LineStep::kLine));
        const bool code = level == 0 && n_kept >= 2 && n_kept * 10 >= steps.size() * 7;
        const BlockKind kind = level > 0                              ? BlockKind::kHeading
                               : code                                 ? BlockKind::kCode
                               : starts_list_item(lines[begin].words) ? BlockKind::kListItem
                                                                      : BlockKind::kParagraph;
        const auto space = n_kept > 0 ? BlockBuilder::Space::kKeep : BlockBuilder::Space::kFlow;
        BlockBuilder builder(kind, space, level);
        for (std::size_t i = 0; i <= steps.size(); ++i) {
            const PdfLine& line = lines[begin + i];
            if (i > 0) join(builder, lines[begin + i - 1], line, steps[i - 1]);
            append_line(builder, line);
        }
        if (auto block = builder.finish()) {
            block->source.page = lines[begin].page;
            blocks_.push_back(std::move(*block));
        }
    }

    void join(BlockBuilder& builder, const PdfLine& before, const PdfLine& line, LineStep step) {
        if (before.hyphenated) {
            if (compounds_.contains(last_word(before.words), first_word(line.words)))
                builder.append_replaced("-", line.begin - 1, 1);
        } else if (step == LineStep::kLine) {
            builder.separate('\n');
        } else if (!before.words.ends_with('-')) {
            builder.separate(' ');
        }
    }

    /// The last two blocks stand on two pages: if a sentence runs over, the second continues the
    /// first, and a word broken by the page's end goes to the first.
    void join_over_page_end() {
        if (blocks_.size() < 2) return;
        Block& a = blocks_[blocks_.size() - 2];
        Block& b = blocks_.back();
        const auto flows = [](BlockKind kind) {
            return kind == BlockKind::kParagraph || kind == BlockKind::kListItem;
        };
        if (!flows(a.kind) || b.kind != BlockKind::kParagraph || ends_sentence(a.text)) return;
        std::size_t at = 0;
        const bool lower = is_lower(next_code_point(b.text, at));
        if (!lower && !ends_full_) return;
        b.continues = true;
        if (a.text.ends_with('-') && lower) move_broken_word(a, b);
    }

    static void move_broken_word(Block& a, Block& b) {
        const std::size_t end = std::min(b.text.find_first_of(" \n"), b.text.size());
        if (end == b.text.size()) return;
        a.text.pop_back();
        a.text += b.text.substr(0, end);
        const SourceSpan rest = source_of(b, end + 1, b.text.size());
        b.text.erase(0, end + 1);
        b.source = rest;
        b.anchors.clear();
    }

    const Pages& pages_;
    const std::vector<std::vector<int>>& levels_;
    Compounds compounds_;
    bool ends_full_ = false;  ///< the last block's last line filled its column
    std::vector<Block> blocks_;
};

}  // namespace

std::vector<Block> pdf_blocks(const std::vector<PdfPage>& pages,
                              const std::vector<PdfOutlineEntry>& outline) {
    Pages lines;
    for (std::size_t i = 0; i < pages.size(); ++i)
        lines.push_back(pdf_lines(pages[i], static_cast<int>(i) + 1));
    drop_page_furniture(lines);
    const auto levels = heading_levels(lines, outline);
    return PdfBlocks(lines, levels).run();
}

}  // namespace lectern
