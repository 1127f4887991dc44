#include "app/core/eval_chunks.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <utility>

#include "engine/fusion/cache_layout.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

KvKey key_of(const EvalChunkParts& parts, std::span<const TokenId> passage, KvFormat format) {
    return make_kv_key({parts.model.fingerprint(), parts.cache.tokens(), format}, passage);
}

/// A chunk in all formats, or nothing.
std::optional<ChunkForms> find_kept(const EvalChunkParts& parts, std::span<const TokenId> passage,
                                    std::span<const KvFormat> formats) {
    if (parts.store == nullptr) return std::nullopt;
    ChunkForms forms;
    for (const KvFormat format : formats) {
        Result<StoredChunk> stored = parts.store->get(key_of(parts, passage, format));
        if (!stored) return std::nullopt;  // not found or not whole: it is computed again
        forms.push_back(std::move(stored->kv));
    }
    return forms;
}

Result<ChunkForms> find_or_compute(const EvalChunkParts& parts, std::span<const TokenId> passage,
                                   std::span<const KvFormat> formats, const std::stop_token& stop) {
    if (auto kept = find_kept(parts, passage, formats)) return std::move(*kept);
    LECTERN_ASSIGN(ChunkForms forms, compute_chunk_forms(parts.model, parts.activations,
                                                         parts.cache, passage, formats, stop));
    if (parts.store == nullptr) return forms;
    for (std::size_t i = 0; i < forms.size(); ++i)
        LECTERN_TRY(parts.store->put(key_of(parts, passage, formats[i]), forms[i]));
    return forms;
}

/// Every passage's own chunk.
Result<std::vector<ChunkForms>> compute_each(const EvalChunkParts& parts,
                                             std::span<const KvFormat> formats,
                                             const std::stop_token& stop) {
    std::vector<ChunkForms> passages;
    for (const PromptSegment& segment : parts.segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        LECTERN_ASSIGN(ChunkForms forms, find_or_compute(parts, segment.ids, formats, stop));
        passages.push_back(std::move(forms));
    }
    return passages;
}

/// A chunk behind the prefix and what stands before it in its document.
Result<ChunkForms> compute_behind(const std::vector<TokenId>& before, const EvalChunkParts& parts,
                                  std::span<const TokenId> passage,
                                  std::span<const KvFormat> formats, const std::stop_token& stop) {
    const CacheRollback back(parts.cache);
    const std::int32_t number = parts.cache.rows().back().segment + 1;
    const auto rows = consecutive_rows(
        parts.cache.append(before, number, SegmentKind::kPassage, RowState::kExact),
        static_cast<int>(before.size()));
    LECTERN_TRY(run_pass({parts.model, parts.activations, parts.cache, rows, stop}));
    return compute_chunk_forms(parts.model, parts.activations, parts.cache, passage, formats, stop);
}

/// Every passage's own chunk in its document. The first stands behind the prefix in the prompt,
/// too: it is taken alone, so that it is exact there.
Result<std::vector<ChunkForms>> compute_in_documents(const EvalChunkParts& parts,
                                                     std::span<const KvFormat> formats,
                                                     const std::stop_token& stop) {
    std::vector<ChunkForms> passages;
    for (const PromptSegment& segment : parts.segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        const std::vector<TokenId>& before = parts.before[passages.size()];
        const bool is_alone = passages.empty() || before.empty();
        LECTERN_ASSIGN(ChunkForms forms,
                       is_alone ? find_or_compute(parts, segment.ids, formats, stop)
                                : compute_behind(before, parts, segment.ids, formats, stop));
        passages.push_back(std::move(forms));
    }
    return passages;
}

Result<std::vector<ChunkForms>> capture_all(const EvalChunkParts& parts,
                                            std::span<const KvFormat> formats,
                                            const std::stop_token& stop) {
    return capture_full_read(parts.model, parts.activations, parts.cache, parts.segments, formats,
                             stop);
}

}  // namespace

EvalChunks::EvalChunks(std::span<const EvalVariant> variants) {
    for (const EvalVariant& variant : variants) {
        auto& formats = source_of(variant).formats;
        if (std::find(formats.begin(), formats.end(), variant.kv_format) == formats.end())
            formats.push_back(variant.kv_format);
    }
}

void EvalChunks::clear() {
    for (Source& source : sources_) {
        source.chunks.clear();
        source.is_computed = false;
    }
}

Status EvalChunks::compute(const EvalVariant& variant, const EvalChunkParts& parts,
                           const std::stop_token& stop) {
    Source& source = source_of(variant);
    if (source.is_computed) return {};
    constexpr std::array kComputes{compute_each, capture_all, compute_in_documents};
    const auto compute = kComputes[static_cast<std::size_t>(variant.chunks)];
    LECTERN_ASSIGN(std::vector<ChunkForms> passages, compute(parts, source.formats, stop));
    source.chunks.resize(source.formats.size());
    for (ChunkForms& forms : passages)
        for (std::size_t i = 0; i < forms.size(); ++i)
            source.chunks[i].push_back(std::move(forms[i]));
    source.is_computed = true;
    return {};
}

std::span<const std::shared_ptr<const ChunkKv>> EvalChunks::of(const EvalVariant& variant) const {
    const Source& source = sources_[static_cast<std::size_t>(variant.chunks)];
    const auto format = std::find(source.formats.begin(), source.formats.end(), variant.kv_format);
    assert(format != source.formats.end() && source.is_computed);
    return source.chunks[static_cast<std::size_t>(format - source.formats.begin())];
}

}  // namespace lectern
