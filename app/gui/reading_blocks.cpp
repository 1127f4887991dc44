#include "app/gui/reading_blocks.h"

#include <algorithm>
#include <string_view>

namespace lectern {
namespace {

constexpr qsizetype kMaxCharacters = 4000;  ///< of a block, unless a line is longer

/// The first byte of the block's text that stands at or behind a unit of its source.
std::size_t text_position(const Block& block, std::int64_t source) {
    std::size_t low = 0, high = block.text.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (source_of(block, middle, middle).begin < source)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// UTF-16 units of the first n bytes; a character that n cuts counts whole.
int characters(std::string_view text, std::size_t n) {
    while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) ++n;
    return static_cast<int>(
        QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(n, text.size()))).size());
}

std::vector<TextRange> marks_by_spans(const Block& block, const std::vector<SourceSpan>& spans) {
    std::vector<TextRange> marks;
    const std::int64_t begin = block.source.begin;
    const std::int64_t end = begin + block.source.length;
    for (const SourceSpan& span : spans) {
        const std::int64_t span_end = span.begin + span.length;
        if (span.page != block.source.page || span_end <= begin || span.begin >= end) continue;
        const int from =
            span.begin <= begin ? 0 : characters(block.text, text_position(block, span.begin));
        const int to = characters(
            block.text, span_end >= end ? block.text.size() : text_position(block, span_end));
        if (to > from) marks.push_back({from, to - from});
    }
    return marks;
}

/// Looks for the passage in all blocks as one text.
void mark_by_words(std::vector<ReadingBlock>& blocks, const QString& passage) {
    QString text;
    std::vector<int> begins;
    for (const ReadingBlock& block : blocks) {
        begins.push_back(static_cast<int>(text.size()));
        text += block.text + QLatin1Char('\n');
    }
    for (const TextRange& range : find_passage(text, passage))
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const int begin = std::max(range.begin, begins[i]);
            const int end = std::min(range.begin + range.length,
                                     begins[i] + static_cast<int>(blocks[i].text.size()));
            if (end > begin) blocks[i].marks.push_back({begin - begins[i], end - begin});
        }
}

bool is_marked(const std::vector<ReadingBlock>& blocks) {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const ReadingBlock& block) { return !block.marks.empty(); });
}

/// Adds characters [begin, end) of a block as a block of their own.
void add_part(const ReadingBlock& block, qsizetype begin, qsizetype end,
              std::vector<ReadingBlock>& out) {
    ReadingBlock part{block.kind, block.heading_level, block.text.mid(begin, end - begin)};
    for (const TextRange& mark : block.marks) {
        const auto from = std::max<qsizetype>(mark.begin, begin);
        const auto to = std::min<qsizetype>(mark.begin + mark.length, end);
        if (to > from)
            part.marks.push_back({static_cast<int>(from - begin), static_cast<int>(to - from)});
    }
    out.push_back(std::move(part));
}

void add_in_parts(const ReadingBlock& block, std::vector<ReadingBlock>& out) {
    for (qsizetype begin = 0; begin < block.text.size();) {
        qsizetype end = block.text.size();
        if (end - begin > kMaxCharacters) {
            const qsizetype line_end =
                block.text.indexOf(QLatin1Char('\n'), begin + kMaxCharacters);
            if (line_end >= 0) end = line_end;
        }
        add_part(block, begin, end, out);
        begin = end + 1;
    }
}

}  // namespace

std::vector<ReadingBlock> reading_blocks(const ParsedDocument& document, const SourcePlace& place,
                                         bool changed) {
    std::vector<ReadingBlock> whole;
    for (const Block& block : document.blocks) {
        ReadingBlock shown{block.kind, block.heading_level, QString::fromStdString(block.text)};
        if (!changed) shown.marks = marks_by_spans(block, place.spans);
        whole.push_back(std::move(shown));
    }
    if (!is_marked(whole)) mark_by_words(whole, place.passage);
    std::vector<ReadingBlock> blocks;
    for (const ReadingBlock& block : whole) add_in_parts(block, blocks);
    return blocks;
}

}  // namespace lectern
