#include "app/core/eval_chunks.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace lectern {
namespace {

KvKey key_of(const EvalChunkParts& parts, std::span<const TokenId> passage, KvFormat format) {
    std::vector<TokenId> prefix;
    for (const CacheRow& row : parts.cache.rows()) prefix.push_back(row.token);
    return make_kv_key({parts.model.fingerprint(), std::move(prefix), format}, passage);
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

Result<std::vector<ChunkForms>> capture_all(const EvalChunkParts& parts,
                                            std::span<const KvFormat> formats,
                                            const std::stop_token& stop) {
    return capture_full_read(parts.model, parts.activations, parts.cache, parts.segments, formats,
                             stop);
}

}  // namespace

EvalChunks::EvalChunks(std::span<const EvalVariant> variants) {
    for (const EvalVariant& variant : variants) {
        auto& formats = sources_[variant.from_full_read ? 1 : 0].formats;
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
    Source& source = sources_[variant.from_full_read ? 1 : 0];
    if (source.is_computed) return {};
    const auto compute = variant.from_full_read ? capture_all : compute_each;
    LECTERN_ASSIGN(std::vector<ChunkForms> passages, compute(parts, source.formats, stop));
    source.chunks.resize(source.formats.size());
    for (ChunkForms& forms : passages)
        for (std::size_t i = 0; i < forms.size(); ++i)
            source.chunks[i].push_back(std::move(forms[i]));
    source.is_computed = true;
    return {};
}

std::span<const std::shared_ptr<const ChunkKv>> EvalChunks::of(const EvalVariant& variant) const {
    const Source& source = sources_[variant.from_full_read ? 1 : 0];
    const auto format = std::find(source.formats.begin(), source.formats.end(), variant.kv_format);
    assert(format != source.formats.end() && source.is_computed);
    return source.chunks[static_cast<std::size_t>(format - source.formats.begin())];
}

}  // namespace lectern
