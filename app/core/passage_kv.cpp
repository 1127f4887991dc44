#include "app/core/passage_kv.h"

#include <spdlog/spdlog.h>

#include "app/core/profile_files.h"
#include "app/core/stopwatch.h"
#include "engine/kv/kv_file.h"

namespace lectern {

Result<GatheredKv> PassageKv::gather(const PromptSegments& segments, std::stop_token stop) {
    GatheredKv gathered;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        const Stopwatch watch;
        Result<StoredChunk> stored = store_->get(session_->key_of(segment.ids));
        if (stored) {
            gathered.open_ms += watch.ms();
            ++(stored->tier == KvTier::kRam ? gathered.from_ram : gathered.from_disk);
            gathered.chunks.push_back(std::move(stored->kv));
            continue;
        }
        // Not found, dropped as corrupt, or unreadable: every one of them means "compute again".
        LECTERN_ASSIGN(Computed computed, compute(segment.ids, stop));
        const Status put =
            store_->put(session_->key_of(segment.ids), computed.kv, computed.seconds);
        if (!put) spdlog::warn("A passage's cache was not kept: {}", put.error().text());
        ++gathered.computed;
        gathered.compute_ms += watch.ms();
        gathered.chunks.push_back(std::move(computed.kv));
    }
    return gathered;
}

Result<StoredRead> PassageKv::read(const PromptSegments& segments, const FusionSettings& settings,
                                   std::uint64_t seed, std::stop_token stop) {
    FusionSettings own = settings;
    give_learnt(own, session_->fingerprint(), session_->kv_format());
    LECTERN_ASSIGN(const Fusion fusion, make_fusion(own, seed));
    StoredRead read;
    const auto fuse = [&]() -> Status {
        LECTERN_ASSIGN(read.kv, gather(segments, stop));
        LECTERN_ASSIGN(read.report, read_fused(session_->model(), session_->activations(),
                                               session_->cache(), segments, read.kv.chunks,
                                               *fusion.selector, fusion.options, stop));
        return {};
    };
    Status fused = fuse();
    // The corrupt entry that a try meets has been dropped: the next one computes it.
    for (std::size_t n = segments.size(); n > 0 && !fused; --n) {
        if (fused.error().code != ErrorCode::kCorrupt) break;
        fused = fuse();
    }
    if (!fused) return tl::unexpected(fused.error());
    return read;
}

double PassageKv::share_stored(const PromptSegments& segments) const {
    std::size_t n = 0, n_stored = 0;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        n += segment.ids.size();
        if (store_->contains(session_->key_of(segment.ids))) n_stored += segment.ids.size();
    }
    return n == 0 ? 1 : static_cast<double>(n_stored) / static_cast<double>(n);
}

Result<bool> PassageKv::keep(std::span<const TokenId> passage, std::stop_token stop) {
    const KvKey key = session_->key_of(passage);
    if (store_->contains(key)) return false;
    const std::int64_t n_bytes =
        kv_file_bytes(session_->model().config().kv_shape(), session_->kv_format(),
                      static_cast<int>(passage.size()));
    const KvStoreStats stats = store_->stats();
    if (stats.bytes + n_bytes > stats.budget_bytes)
        return fail(ErrorCode::kTooLong, "The budget has no room for another passage's cache.",
                    "Give the passages' caches more space.");
    LECTERN_ASSIGN(const Computed computed, compute(passage, stop));
    LECTERN_TRY(store_->put(key, computed.kv, computed.seconds));
    return true;
}

Result<PassageKv::Computed> PassageKv::compute(std::span<const TokenId> passage,
                                               std::stop_token stop) {
    const Stopwatch watch;
    LECTERN_ASSIGN(KvCache* const cache,
                   session_->chunk_cache(static_cast<int>(passage.size()), stop));
    LECTERN_ASSIGN(std::shared_ptr<const ChunkKv> kv,
                   compute_chunk(session_->model(), session_->activations(), *cache, passage,
                                 session_->kv_format(), stop));
    return Computed{std::move(kv), watch.ms() / 1e3};
}

}  // namespace lectern
