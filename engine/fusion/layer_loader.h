// Stored chunks on their way into the cache: a thread reads their layers ahead of need, the engine
// thread places them.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/phase_clock.h"
#include "engine/fusion/token_selector.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/model_config.h"

namespace lectern {

/// Reads layer after layer of all chunks on a thread of its own, from the moment it is made until
/// all are read, one fails or it is destroyed. Keeps the chunks alive.
class LayerLoader {
  public:
    LayerLoader(std::vector<std::shared_ptr<const ChunkKv>> chunks, int n_layers);
    LayerLoader(const LayerLoader&) = delete;
    LayerLoader& operator=(const LayerLoader&) = delete;

    /// The layer of every chunk, in the order of chunks; valid while this object lives. Waits for
    /// it. kCorrupt, kIo: of the first chunk that failed at this layer or an earlier one.
    /// kCancelled.
    Result<std::span<const StoredKvLayer>> layer(int layer, const std::stop_token& stop);

  private:
    void read_ahead(const std::stop_token& stop);

    std::vector<std::shared_ptr<const ChunkKv>> chunks_;
    std::vector<std::vector<StoredKvLayer>> layers_;  ///< [n_layers][n_chunks]
    std::mutex mutex_;
    std::condition_variable_any arrived_;
    int n_read_ = 0;  ///< layers [0, n_read_) are read
    Status failure_;
    std::jthread thread_;  ///< last: stops before what it writes goes away
};

/// Places what a loader brings at the chunks' rows: each layer once, so that what is recomputed
/// afterwards stays. Engine thread only.
class PlacedChunks : public PlacedLayers {
  public:
    /// first_rows[i]: the cache row where chunk i begins. clock: counts waiting and placing.
    PlacedChunks(LayerLoader& loader, KvCache& cache, const ModelConfig& config,
                 std::vector<int> first_rows, PhaseClock& clock, std::stop_token stop);

    Status require(int layer) override;
    Status restore(int layer) override;
    /// Places a layer, again where it is there, each chunk with its change and rows to skip (its
    /// first row is known here). A chunk that is told nothing is placed only where it is not there
    /// yet.
    Status place(int layer, std::span<const std::optional<KvPlacement>> placements);
    /// The layer of every chunk as stored; waits for it.
    Result<std::span<const StoredKvLayer>> stored(int layer);

  private:
    LayerLoader& loader_;
    KvCache& cache_;
    const ModelConfig& config_;
    std::vector<int> first_rows_;
    PhaseClock& clock_;
    std::stop_token stop_;
    std::vector<bool> is_placed_;
};

}  // namespace lectern
