#include "retrieval/chunk/pieces.h"

#include <algorithm>
#include <utility>

#include "retrieval/chunk/sentences.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

bool keeps_lines(const Block& block) {
    return block.kind == BlockKind::kTable || block.kind == BlockKind::kCode;
}

std::string glue_before(const std::vector<Block>& blocks, std::size_t index) {
    if (index == 0) return "\n\n";
    const Block& block = blocks[index];
    if (block.continues) return keeps_lines(block) ? "\n" : " ";
    const bool list =
        block.kind == BlockKind::kListItem && blocks[index - 1].kind == BlockKind::kListItem;
    return list ? "\n" : "\n\n";
}

/// The lines that name a table's columns, with their ends; empty where they would fill the pieces.
std::string repeated_header(const Block& block, int max_chars) {
    if (block.kind != BlockKind::kTable || block.header_lines <= 0) return {};
    std::size_t end = 0;
    for (int n = 0; n < block.header_lines && end < block.text.size(); ++n)
        end = std::min(block.text.find('\n', end), block.text.size() - 1) + 1;
    std::string header = block.text.substr(0, end);
    const bool short_enough = count_code_points(header) * 4 <= static_cast<std::size_t>(max_chars);
    return short_enough && header.ends_with('\n') ? header : std::string();
}

/// Without line ends at its end; in prose also without spaces at either.
Stretch without_margins(const Block& block, Stretch part) {
    const auto is_margin = [&](char c) { return c == '\n' || c == ' ' || c == '\t'; };
    while (part.end > part.begin && is_margin(block.text[part.end - 1])) --part.end;
    if (!keeps_lines(block))
        while (part.begin < part.end && is_margin(block.text[part.begin])) ++part.begin;
    return part;
}

Piece piece_of(const Block& block, Stretch part, const std::string& header) {
    Piece piece;
    piece.text = header + block.text.substr(part.begin, part.size());
    piece.chars = static_cast<int>(count_code_points(piece.text));
    piece.source = source_of(block, part.begin, part.end);
    piece.kind = block.kind;
    return piece;
}

}  // namespace

std::vector<Piece> split_block(const std::vector<Block>& blocks, std::size_t index, int max_chars) {
    const Block& block = blocks[index];
    const std::string_view text = block.text;
    std::vector<Stretch> parts{{0, text.size()}};
    std::string header;
    if (count_code_points(text) > static_cast<std::size_t>(max_chars)) {
        header = repeated_header(block, max_chars);
        const int room = max_chars - static_cast<int>(count_code_points(header));
        const auto natural = keeps_lines(block) ? split_lines(text) : split_sentences(text);
        parts = group_evenly(text, cut_long(text, natural, room), room);
    }
    std::vector<Piece> pieces;
    std::size_t last_end = 0;
    for (const Stretch& whole : parts) {
        const Stretch part = without_margins(block, whole);
        if (part.size() == 0) continue;
        const bool first = pieces.empty();
        Piece piece = piece_of(block, part, first ? std::string() : header);
        const std::string_view gap = text.substr(last_end, part.begin - last_end);
        piece.glue = first                                      ? glue_before(blocks, index)
                     : gap.find('\n') != std::string_view::npos ? "\n"
                     : gap.empty()                              ? ""
                                                                : " ";
        last_end = part.end;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

}  // namespace lectern
