#include "app/core/eval_chunks.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lectern {
namespace {

/// Every passage's own chunk.
Result<std::vector<ChunkForms>> compute_each(Transformer& model, Activations& activations,
                                             KvCache& cache, const PromptSegments& segments,
                                             std::span<const KvFormat> formats,
                                             const std::stop_token& stop) {
    std::vector<ChunkForms> passages;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        LECTERN_ASSIGN(ChunkForms forms,
                       compute_chunk_forms(model, activations, cache, segment.ids, formats, stop));
        passages.push_back(std::move(forms));
    }
    return passages;
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

Status EvalChunks::compute(const EvalVariant& variant, Transformer& model, Activations& activations,
                           KvCache& cache, const PromptSegments& segments,
                           const std::stop_token& stop) {
    Source& source = sources_[variant.from_full_read ? 1 : 0];
    if (source.is_computed) return {};
    const auto compute = variant.from_full_read ? capture_full_read : compute_each;
    LECTERN_ASSIGN(std::vector<ChunkForms> passages,
                   compute(model, activations, cache, segments, source.formats, stop));
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
