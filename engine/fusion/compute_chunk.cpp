// A chunk's own KV: one pass behind the prefix, its keys and values caught layer by layer.
#include <string>
#include <utility>

#include "engine/fusion/cache_layout.h"
#include "engine/fusion/chunk_forms.h"
#include "engine/fusion/fuser.h"

namespace lectern {

Result<ChunkForms> compute_chunk_forms(Transformer& model, Activations& activations, KvCache& cache,
                                       std::span<const TokenId> chunk,
                                       std::span<const KvFormat> formats,
                                       const std::stop_token& stop) {
    const int n = static_cast<int>(chunk.size());
    if (n > cache.capacity() - cache.size())
        return fail(ErrorCode::kTooLong,
                    "A passage of " + std::to_string(n) + " tokens does not fit into the context.");
    CacheRollback rollback(cache);
    const std::int32_t segment = cache.size() == 0 ? 0 : cache.rows().back().segment + 1;
    const std::vector<std::int32_t> rows =
        consecutive_rows(cache.append(chunk, segment, SegmentKind::kPassage, RowState::kExact), n);
    return capture_forms({model, activations, cache, rows, stop}, formats);
}

Result<std::shared_ptr<const ChunkKv>> compute_chunk(Transformer& model, Activations& activations,
                                                     KvCache& cache, std::span<const TokenId> chunk,
                                                     KvFormat format, const std::stop_token& stop) {
    LECTERN_ASSIGN(ChunkForms forms,
                   compute_chunk_forms(model, activations, cache, chunk, {&format, 1}, stop));
    return std::move(forms.front());
}

}  // namespace lectern
