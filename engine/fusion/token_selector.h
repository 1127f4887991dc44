// Which passage rows to recompute. One small file a selector.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/cache_layout.h"
#include "engine/fusion/phase_clock.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/transformer.h"

namespace lectern {

/// Placed chunks, waiting layer by layer: a selector that runs a probe asks for a layer before it
/// uses it.
class PlacedLayers {
  public:
    virtual ~PlacedLayers() = default;
    /// Returns when every passage's KV of this layer is in the cache; a layer is placed once.
    /// kCorrupt / kIo from the store, kCancelled.
    virtual Status require(int layer) = 0;
    /// Places a required layer again: what a probe wrote over passage rows is gone.
    virtual Status restore(int layer) = 0;
};

struct SelectionContext {
    Transformer& model;
    Activations& activations;
    KvCache& cache;  ///< prefix and history computed, passages and question appended
    PlacedLayers& placed;
    PhaseClock& clock;  ///< stands at kProbe; kSelect where a selector scores and chooses
    const CacheLayout& layout;
    std::span<const std::int32_t> candidates;  ///< passage rows that are not settled, ascending
    int budget = 0;                            ///< rows to rank at least, at most candidates.size()
    double sure_nats = 0;  ///< 0: no more of them; else by FuseOptions::sure_nats
    std::uint64_t seed = 0;
    std::stop_token stop;
};

class TokenSelector {
  public:
    virtual ~TokenSelector() = default;
    virtual std::string_view name() const = 0;
    /// Whether a probe reads the question, so that it sees the next token: others know no entropy.
    virtual bool reads_question() const { return false; }
    /// Cache rows to recompute, the most important first; budget of them, or more by sure_nats,
    /// unless the selector's definition says otherwise ("all": every passage row, settled ones too;
    /// "none": none). A probe leaves no trace: it may write the KV of question rows, which the
    /// final pass overwrites, and restores passage rows. Errors of PlacedLayers, kCancelled within
    /// a layer.
    virtual Result<std::vector<std::int32_t>> rank(const SelectionContext& context) = 0;
};

/// By name (selector_names); kInvalidArgument lists them.
Result<std::unique_ptr<TokenSelector>> make_selector(std::string_view name);
std::vector<std::string_view> selector_names();

}  // namespace lectern
