// A decoder model: the one forward path over rows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/gguf/gguf_file.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/activations.h"
#include "engine/model/model_config.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// Multiply-adds of weight products, by the kind of segment whose rows they were done for (charged
/// cost is made of these).
struct WorkCounter {
    std::int64_t prefix = 0, history = 0, passage = 0, question = 0, answer = 0;
    std::int64_t& of(SegmentKind kind);
    std::int64_t of(SegmentKind kind) const { return const_cast<WorkCounter*>(this)->of(kind); }
};

/// Weights are immutable after load and shared; a Transformer runs one pass at a time.
class Transformer {
  public:
    /// Checks every tensor's presence and shape; kCorrupt / kUnsupported name it. kOutOfMemory
    /// before allocating where the need is known.
    static Result<std::unique_ptr<Transformer>> load(std::shared_ptr<const GgufFile> file,
                                                     Backend& backend);
    ~Transformer();

    const ModelConfig& config() const;
    Backend& backend() const;
    /// Weights, tokenizer metadata, RoPE and attention settings: part of a KV key.
    const Hash128& fingerprint() const;
    /// Bytes of packed weights.
    std::size_t weight_bytes() const;
    /// Multiply-adds of weight products that one row costs through all layers (output projection
    /// excluded).
    std::int64_t row_cost() const;
    /// The same for a row of which only K and V are wanted: the last layer ends behind them.
    std::int64_t kv_row_cost() const;

    /// A set of rows: ids[t] stands at cache row rows[t] (ascending). Uploads both and embeds into
    /// activations.x. Pre: rows are appended in cache, at most activations.capacity of them.
    void begin(Activations& activations, std::span<const TokenId> ids,
               std::span<const std::int32_t> rows);
    /// Advances the rows of begin() through one layer: computes Q, K, V, writes K and V at their
    /// rows *before* attention, lets each query attend to every row at or below its own position,
    /// then the feed-forward part.
    void run_layer(int layer, Activations& activations, KvCache& cache);
    /// The same of a pass of which only the last n_outputs rows are wanted behind the last layer:
    /// there the others end with q, k, v and the cache, and their activations.x is not to be used
    /// any more.
    void run_layer(int layer, Activations& activations, KvCache& cache, int n_outputs);
    /// The first step of run_layer alone: activations.q (rotated), k, v of the layer; nothing is
    /// written.
    void project(int layer, Activations& activations, KvCache& cache);
    /// The other steps, behind project(). In between, other rows of the cache may change.
    void finish_layer(int layer, Activations& activations, KvCache& cache, int n_outputs);
    /// Logits of the row at index t of begin()'s rows, after the last layer. out: vocab_size
    /// values, host.
    void logits(Activations& activations, int t, std::span<float> out);
    /// The same for the rows at [first, first + n), n at most kLogitRows. out: n · vocab_size.
    void logits(Activations& activations, int first, int n, std::span<float> out);
    static constexpr int kLogitRows = 16;

    const WorkCounter& work() const;
    void reset_work();

  private:
    struct State;
    explicit Transformer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lectern
