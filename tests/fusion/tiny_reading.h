// A tiny random model of an architecture with a prompt for it: prefix, three passages, a question.
#pragma once

#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/fusion/fuser.h"
#include "engine/model/row_pass.h"
#include "tests/support/cache_rows.h"
#include "tests/support/catch.h"

namespace lectern::test {

/// What tests/golden/models holds; gemma3 has windowed layers of 8 positions.
inline const std::vector<std::string> kTinyModels{"llama",      "llama3", "qwen2",
                                                  "qwen2-yarn", "qwen3",  "gemma3"};

struct TinyOptions {
    int n_threads = 2;
    int activation_rows = 128;
    DType cache_dtype = DType::kI16;
    CpuNumerics numerics = CpuNumerics::kQuantised;
};

/// The value, or the test fails with the error.
template <class T>
T take(Result<T> result) {
    if (!result) FAIL(result.error().text());
    return std::move(*result);
}

struct TinyReading {
    explicit TinyReading(const std::string& name, TinyOptions options = {})
        : TinyReading(
              std::filesystem::path(LECTERN_SOURCE_DIR) / "tests/golden/models" / (name + ".gguf"),
              options) {}
    TinyReading(const std::filesystem::path& file, TinyOptions options)
        : backend(make_cpu_backend({.n_threads = options.n_threads, .numerics = options.numerics})),
          model(take(Transformer::load(take(GgufFile::open(file)), *backend))),
          activations(
              take(Activations::create(*backend, model->config(), options.activation_rows))),
          cache(take(
              KvCache::create(*backend, model->config().kv_shape(), 160, options.cache_dtype))) {
        std::mt19937 random(7);
        const auto ids = [&](int n) {
            std::vector<TokenId> out(static_cast<std::size_t>(n));
            for (TokenId& id : out)
                id = static_cast<TokenId>(random() %
                                          static_cast<unsigned>(model->config().vocab_size));
            return out;
        };
        prompt = {{SegmentKind::kPrefix, ids(5)},
                  {SegmentKind::kPassage, ids(20)},
                  {SegmentKind::kPassage, ids(33)},
                  {SegmentKind::kPassage, ids(24)},
                  {SegmentKind::kQuestion, ids(9)}};
    }

    /// The chunks of the prompt's passages, computed behind its prefix in a cache of their own.
    std::vector<std::shared_ptr<const ChunkKv>> chunks(KvFormat format = KvPrecision::kInt8) {
        KvCache own = take(KvCache::create(*backend, model->config().kv_shape(), 64));
        read_prefix(own);
        std::vector<std::shared_ptr<const ChunkKv>> out;
        for (const PromptSegment& segment : prompt)
            if (segment.kind == SegmentKind::kPassage)
                out.push_back(
                    take(compute_chunk(*model, activations, own, segment.ids, format, {})));
        return out;
    }

    void read_prefix(KvCache& into) {
        into.append(prompt.front().ids, 0, SegmentKind::kPrefix, RowState::kExact);
        REQUIRE(run_pass({*model, activations, into, consecutive_rows(0, into.size()), {}}));
    }

    /// The prefix goes into the cache, as between two questions; the prompt is what stands behind
    /// it.
    void hold_prefix() {
        read_prefix(cache);
        prompt.erase(prompt.begin());
    }

    Result<FuseReport> full() { return read_full(*model, activations, cache, prompt, {}); }
    FuseOptions options_for(double ratio) const {
        return {ratio, sure_nats, 1, {correction, learnt}};
    }
    Result<FuseReport> fused(const std::vector<std::shared_ptr<const ChunkKv>>& chunks,
                             TokenSelector& selector, double ratio = 0.15) {
        return read_fused(*model, activations, cache, prompt, chunks, selector, options_for(ratio),
                          {});
    }
    Result<FuseReport> fused(const std::vector<std::shared_ptr<const ChunkKv>>& chunks,
                             const std::string& selector, double ratio = 0.15) {
        const auto made = take(make_selector(selector));
        return fused(chunks, *made, ratio);
    }

    /// The bytes of K and V of rows [begin, end) in a layer.
    std::vector<std::byte> layer_bytes(int layer, int begin, int end) const {
        return cache_bytes(cache.layer(layer), begin, end);
    }
    /// Values of a layer over the prompt's rows, as attention sees them: [kEnd, n_kv_heads,
    /// head_dim].
    std::vector<float> layer_values(int layer) const;
    /// Of every layer and every row of the cache.
    std::vector<std::byte> all_bytes() const {
        std::vector<std::byte> out;
        for (int layer = 0; layer < model->config().n_layers; ++layer) {
            const auto bytes = layer_bytes(layer, 0, cache.size());
            out.insert(out.end(), bytes.begin(), bytes.end());
        }
        return out;
    }
    std::vector<RowState> states() const {
        std::vector<RowState> out;
        for (const CacheRow& row : cache.rows()) out.push_back(row.state);
        return out;
    }

    std::unique_ptr<Backend> backend;
    std::unique_ptr<Transformer> model;
    Activations activations;
    KvCache cache;
    PromptSegments prompt;
    CorrectionRule correction = {};  ///< of fused()
    std::shared_ptr<const LearntShift> learnt;
    double sure_nats = 0;
};

/// Rows of TinyReading's prompt, prefix included.
inline constexpr int kPassage1 = 5, kPassage2 = 25, kPassage3 = 58, kQuestion = 82, kEnd = 91;
inline constexpr int kPassageRows = 77;

inline std::vector<float> TinyReading::layer_values(int layer) const {
    const LayerKv kv = cache.layer(layer);
    const KvShape& shape = cache.shape();
    std::vector<float> values;
    for (int row = 0; row < kEnd; ++row)
        for (int head = 0; head < shape.n_kv_heads; ++head)
            for (int i = 0; i < shape.head_dim; ++i) values.push_back(value(kv, head, row, i));
    return values;
}

/// Always the same rows, or what another selector chose, remembered.
class FixedSelector : public TokenSelector {
  public:
    explicit FixedSelector(std::vector<std::int32_t> rows) : rows_(std::move(rows)) {}
    std::string_view name() const override { return "fixed"; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext&) override { return rows_; }

  private:
    std::vector<std::int32_t> rows_;
};

class RecordingSelector : public TokenSelector {
  public:
    explicit RecordingSelector(const std::string& name) : selector_(take(make_selector(name))) {}
    std::string_view name() const override { return selector_->name(); }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        LECTERN_ASSIGN(ranked, selector_->rank(context));
        candidates.assign(context.candidates.begin(), context.candidates.end());
        chosen = ranked;
        std::sort(chosen.begin(), chosen.end());
        return ranked;
    }
    std::vector<std::int32_t> ranked, chosen, candidates;  ///< chosen: ranked, ascending

  private:
    std::unique_ptr<TokenSelector> selector_;
};

/// A chunk whose layers pass through a hand before they are read.
class ChunkInHand : public ChunkKv {
  public:
    using Hand = std::function<Status(int layer, std::span<std::byte> bytes)>;

    ChunkInHand(std::shared_ptr<const ChunkKv> chunk, Hand hand)
        : ChunkKv(chunk->shape(), chunk->format(), chunk->n_tokens()),
          chunk_(std::move(chunk)),
          hand_(std::move(hand)),
          copies_(static_cast<std::size_t>(chunk_->shape().n_layers)) {}

    Result<std::span<const std::byte>> layer_bytes(int layer) const override {
        LECTERN_ASSIGN(const auto bytes, chunk_->layer_bytes(layer));
        auto& copy = copies_[static_cast<std::size_t>(layer)];
        copy.assign(bytes.begin(), bytes.end());
        LECTERN_TRY(hand_(layer, copy));
        return std::span<const std::byte>(copy);
    }

  private:
    std::shared_ptr<const ChunkKv> chunk_;
    Hand hand_;
    mutable std::vector<std::vector<std::byte>> copies_;
};

}  // namespace lectern::test
