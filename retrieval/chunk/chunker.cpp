#include "retrieval/chunk/chunker.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "retrieval/chunk/pieces.h"
#include "retrieval/chunk/sentences.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using HeadingPath = std::vector<std::string>;

/// A heading with what stands under it up to the next one.
struct Section {
    HeadingPath path;
    std::vector<Piece> pieces;
    bool has_body = false;  ///< more than headings
};

/// A chunk in the making.
struct Draft {
    HeadingPath path;
    std::vector<Piece> pieces;
    int chars = 0;
    bool has_body = false;

    void add(Piece piece) {
        if (!pieces.empty()) chars += static_cast<int>(piece.glue.size());
        chars += piece.chars;
        pieces.push_back(std::move(piece));
    }
};

/// Headings as they stand in a path: one short line.
std::string path_element(const std::string& heading) {
    constexpr int kMaxChars = 120;
    const auto parts = cut_long(heading, {{0, heading.size()}}, kMaxChars);
    if (parts.size() < 2) return heading;
    return std::string(trimmed(std::string_view(heading).substr(0, parts[0].end))) + "…";
}

std::vector<Section> sections_of(const ParsedDocument& document, int max_chars) {
    struct OpenHeading {
        int level = 0;
        std::string text;
    };
    std::vector<Section> sections;
    std::vector<OpenHeading> open;
    for (std::size_t i = 0; i < document.blocks.size(); ++i) {
        const Block& block = document.blocks[i];
        const bool is_heading = block.kind == BlockKind::kHeading;
        if (is_heading) {
            while (!open.empty() && open.back().level >= block.heading_level) open.pop_back();
            open.push_back({block.heading_level, path_element(block.text)});
        }
        // A heading right below another one shares its section: neither stands alone.
        if (sections.empty() || (is_heading && sections.back().has_body)) sections.emplace_back();
        Section& section = sections.back();
        if (is_heading) {
            section.path.clear();
            for (const OpenHeading& heading : open) section.path.push_back(heading.text);
        }
        section.has_body |= !is_heading;
        for (Piece& piece : split_block(document.blocks, i, max_chars))
            section.pieces.push_back(std::move(piece));
    }
    return sections;
}

/// The last sentences of a text, as a piece that opens the next chunk; empty if they are longer
/// than max_chars.
Piece overlap_piece(const Piece& last, int n_sentences, int max_chars) {
    const auto sentences = split_sentences(last.text);
    const std::size_t n =
        std::min(sentences.size(), static_cast<std::size_t>(std::max(n_sentences, 0)));
    Piece piece;
    piece.kind = last.kind;
    piece.glue = "\n\n";
    if (n == 0) return piece;
    const std::size_t begin = sentences[sentences.size() - n].begin;
    piece.text = last.text.substr(begin);
    piece.chars = static_cast<int>(count_code_points(piece.text));
    const auto share = static_cast<double>(begin) / static_cast<double>(last.text.size());
    const auto skipped = static_cast<std::int64_t>(share * static_cast<double>(last.source.length));
    piece.source = {last.source.page, last.source.begin + skipped, last.source.length - skipped};
    if (piece.chars > max_chars) piece.text.clear();
    return piece;
}

/// One section → drafts of at most target_chars, about evenly filled.
void pack_section(Section section, const ChunkOptions& options, std::vector<Draft>& drafts) {
    int total = 0;
    for (const Piece& piece : section.pieces)
        total += piece.chars + static_cast<int>(piece.glue.size());
    const int n_chunks = std::max((total + options.target_chars - 1) / options.target_chars, 1);
    const int goal = (total + n_chunks - 1) / n_chunks;
    Draft draft{section.path, {}, 0, section.has_body};
    for (Piece& piece : section.pieces) {
        const int grown = draft.chars + static_cast<int>(piece.glue.size()) + piece.chars;
        const bool full = grown > options.target_chars ||
                          (draft.chars >= options.min_chars && grown - piece.chars / 2 > goal);
        const bool only_headings =
            std::all_of(draft.pieces.begin(), draft.pieces.end(),
                        [](const Piece& p) { return p.kind == BlockKind::kHeading; });
        const bool heading_fits = only_headings && grown <= options.target_chars * 3 / 2;
        if (!draft.pieces.empty() && full && !heading_fits) {
            const Piece last = draft.pieces.back();
            drafts.push_back(std::exchange(draft, {section.path, {}, 0, section.has_body}));
            Piece overlap =
                overlap_piece(last, options.overlap_sentences, options.target_chars / 4);
            if (!overlap.text.empty()) draft.add(std::move(overlap));
        }
        draft.add(std::move(piece));
    }
    if (!draft.pieces.empty()) drafts.push_back(std::move(draft));
}

HeadingPath common_path(const HeadingPath& a, const HeadingPath& b) {
    const auto difference = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return {a.begin(), difference.first};
}

/// Whether two neighbours are one chunk: one of them is small, together they are not too big, and
/// they stand under the same top heading, or both are small, or the first is nothing but headings.
bool belong_together(const Draft& a, const Draft& b, const ChunkOptions& options) {
    const int together = a.chars + b.chars + 2;
    const bool a_small = a.chars < options.min_chars;
    const bool b_small = b.chars < options.min_chars;
    if (!a_small && !b_small) return false;
    const bool same_section = a.path == b.path;
    if (together > (same_section ? options.target_chars * 3 / 2 : options.target_chars))
        return false;
    const bool same_top = a.path.empty() || b.path.empty() || a.path[0] == b.path[0];
    return same_top || (a_small && b_small) || !a.has_body;
}

std::vector<Draft> merge_small(std::vector<Draft> drafts, const ChunkOptions& options) {
    std::vector<Draft> merged;
    for (Draft& draft : drafts) {
        if (merged.empty() || !belong_together(merged.back(), draft, options)) {
            merged.push_back(std::move(draft));
            continue;
        }
        Draft& before = merged.back();
        const HeadingPath common = common_path(before.path, draft.path);
        if (!before.has_body)
            before.path = draft.path;
        else if (!common.empty())
            before.path = common;
        before.has_body |= draft.has_body;
        for (Piece& piece : draft.pieces) before.add(std::move(piece));
    }
    return merged;
}

/// Adds a span, joined to the one before where next to nothing (markup, a line end) is between.
void add_source(std::vector<SourceSpan>& sources, const SourceSpan& span) {
    constexpr std::int64_t kGap = 8;
    if (!sources.empty()) {
        SourceSpan& last = sources.back();
        const std::int64_t gap = span.begin - (last.begin + last.length);
        if (last.page == span.page && gap >= 0 && gap <= kGap) {
            last.length = span.begin + span.length - last.begin;
            return;
        }
    }
    sources.push_back(span);
}

Chunk finished(const Draft& draft) {
    Chunk chunk;
    for (const Piece& piece : draft.pieces) {
        if (!chunk.text.empty()) chunk.text += piece.glue;
        chunk.text += piece.text;
        add_source(chunk.sources, piece.source);
    }
    for (const std::string& heading : draft.path) {
        if (!chunk.heading_path.empty()) chunk.heading_path += " › ";
        chunk.heading_path += heading;
    }
    chunk.page = chunk.sources.front().page;
    return chunk;
}

}  // namespace

std::vector<Chunk> split_document(const ParsedDocument& document, const ChunkOptions& options) {
    assert(options.target_chars > 0 && options.min_chars <= options.target_chars);
    std::vector<Draft> drafts;
    for (Section& section : sections_of(document, options.target_chars))
        pack_section(std::move(section), options, drafts);
    std::vector<Chunk> chunks;
    for (const Draft& draft : merge_small(std::move(drafts), options))
        chunks.push_back(finished(draft));
    return chunks;
}

}  // namespace lectern
