#include "engine/fusion/layer_loader.h"

#include <chrono>
#include <utility>

namespace lectern {

LayerLoader::LayerLoader(std::vector<std::shared_ptr<const ChunkKv>> chunks, int n_layers)
    : chunks_(std::move(chunks)), layers_(static_cast<std::size_t>(n_layers)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { read_ahead(stop); });
}

void LayerLoader::read_ahead(const std::stop_token& stop) {
    for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
        std::vector<StoredKvLayer> stored;
        Status status;
        for (const auto& chunk : chunks_) {
            if (stop.stop_requested()) return;
            Result<StoredKvLayer> one = chunk->layer(static_cast<int>(layer));
            if (!one) {
                status = tl::unexpected<Error>(std::move(one).error());
                break;
            }
            stored.push_back(*one);
        }
        const std::lock_guard lock(mutex_);
        if (status) {
            layers_[layer] = std::move(stored);
            ++n_read_;
        } else {
            failure_ = std::move(status);
        }
        arrived_.notify_all();
        if (!failure_) return;
    }
}

Result<std::span<const StoredKvLayer>> LayerLoader::layer(int layer, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const bool here =
        arrived_.wait(lock, stop, [&] { return n_read_ > layer || !failure_.has_value(); });
    if (!here) return fail(ErrorCode::kCancelled, "Loading passages was cancelled.");
    if (n_read_ <= layer) return tl::unexpected<Error>(failure_.error());
    return std::span<const StoredKvLayer>(layers_[static_cast<std::size_t>(layer)]);
}

PlacedChunks::PlacedChunks(LayerLoader& loader, KvCache& cache, const ModelConfig& config,
                           std::vector<int> first_rows, PhaseClock& clock, std::stop_token stop)
    : loader_(loader),
      cache_(cache),
      config_(config),
      first_rows_(std::move(first_rows)),
      clock_(clock),
      stop_(std::move(stop)),
      is_placed_(static_cast<std::size_t>(config.n_layers), false) {}

Status PlacedChunks::require(int layer) {
    return is_placed_[static_cast<std::size_t>(layer)] ? Status{} : restore(layer);
}

Status PlacedChunks::restore(int layer) {
    const std::vector<std::optional<KvPlacement>> unchanged(first_rows_.size(), KvPlacement{});
    return place(layer, unchanged);
}

Status PlacedChunks::place(int layer, std::span<const std::optional<KvPlacement>> placements) {
    LECTERN_ASSIGN(const std::span<const StoredKvLayer> layers, stored(layer));
    const PhaseClock::Scope placing = clock_.in(ReadPhase::kPlace);
    const bool is_there = is_placed_[static_cast<std::size_t>(layer)];
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (is_there && !placements[i]) continue;
        KvPlacement placement = placements[i].value_or(KvPlacement{});
        placement.first_row = first_rows_[i];
        cache_.backend().place_kv(cache_.layer(layer), layers[i], placement, cache_.positions(),
                                  config_.rope_of(layer));
    }
    is_placed_[static_cast<std::size_t>(layer)] = true;
    return {};
}

Result<std::span<const StoredKvLayer>> PlacedChunks::stored(int layer) {
    const PhaseClock::Scope waiting = clock_.in(ReadPhase::kWait);
    return loader_.layer(layer, stop_);
}

}  // namespace lectern
