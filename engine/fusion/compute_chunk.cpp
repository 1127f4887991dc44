// A chunk's own KV: one pass behind the prefix, its keys and values caught layer by layer.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/fusion/cache_layout.h"
#include "engine/fusion/fuser.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

/// Gathers a layer's K and V from the blocks of a pass and hands it on when it is whole.
class KvCapture {
  public:
    KvCapture(Transformer& model, Activations& activations, int n_tokens, KvFormat format)
        : backend_(model.backend()),
          activations_(activations),
          row_elements_(static_cast<std::size_t>(model.config().kv_shape().row_elements())),
          n_tokens_(static_cast<std::size_t>(n_tokens)),
          layers_(static_cast<std::size_t>(model.config().n_layers)),
          builder_(model.config().kv_shape(), format, n_tokens) {}

    void take(int layer, const RowBlock& block) {
        Layer& staged = layers_[static_cast<std::size_t>(layer)];
        staged.k.resize(n_tokens_ * row_elements_);
        staged.v.resize(n_tokens_ * row_elements_);
        download(staged.k, activations_.k, block);
        download(staged.v, activations_.v, block);
        if (!block.last) return;
        builder_.set_layer(layer, staged.k, staged.v);
        staged = {};
    }

    std::shared_ptr<const ChunkKv> finish() && { return std::move(builder_).finish(); }

  private:
    struct Layer {
        std::vector<float> k, v;  ///< [n_tokens, n_kv_heads, head_dim]
    };

    void download(std::vector<float>& to, const Tensor& from, const RowBlock& block) {
        const auto part =
            std::span(to).subspan(static_cast<std::size_t>(block.first) * row_elements_,
                                  static_cast<std::size_t>(block.n) * row_elements_);
        backend_.download(std::as_writable_bytes(part), from.rows(block.n));
    }

    Backend& backend_;
    Activations& activations_;
    std::size_t row_elements_;
    std::size_t n_tokens_;
    std::vector<Layer> layers_;  ///< staged while a pass of several blocks is under way
    ChunkKvBuilder builder_;
};

}  // namespace

Result<std::shared_ptr<const ChunkKv>> compute_chunk(Transformer& model, Activations& activations,
                                                     KvCache& cache, std::span<const TokenId> chunk,
                                                     KvFormat format, std::stop_token stop) {
    const int n = static_cast<int>(chunk.size());
    if (n == 0) return fail(ErrorCode::kInvalidArgument, "A passage has no tokens.");
    if (n > cache.capacity() - cache.size())
        return fail(ErrorCode::kTooLong,
                    "A passage of " + std::to_string(n) + " tokens does not fit into the context.");
    CacheRollback rollback(cache);
    const std::int32_t segment = cache.size() == 0 ? 0 : cache.rows().back().segment + 1;
    const std::vector<std::int32_t> rows =
        consecutive_rows(cache.append(chunk, segment, SegmentKind::kPassage, RowState::kExact), n);

    KvCapture capture(model, activations, n, format);
    LayerHooks hooks;
    hooks.after = [&](int layer, const RowBlock& block) -> Status {
        capture.take(layer, block);
        return {};
    };
    LECTERN_TRY(run_pass({model, activations, cache, rows, stop}, hooks));
    return std::move(capture).finish();
}

}  // namespace lectern
