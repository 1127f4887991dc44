#include "engine/fusion/chunk_forms.h"

#include <utility>

#include "engine/fusion/cache_layout.h"

namespace lectern {
namespace {

/// Gathers a layer's K and V from the blocks of a pass and hands it on when it is whole.
class KvCapture {
  public:
    KvCapture(const RowPass& pass, std::span<const KvFormat> formats)
        : backend_(pass.model.backend()),
          activations_(pass.activations),
          row_elements_(static_cast<std::size_t>(pass.model.config().kv_shape().row_elements())),
          n_tokens_(pass.rows.size()),
          layers_(static_cast<std::size_t>(pass.model.config().n_layers)) {
        for (const KvFormat format : formats)
            builders_.emplace_back(pass.model.config().kv_shape(), format,
                                   static_cast<int>(n_tokens_));
    }

    void take(int layer, const RowBlock& block) {
        Layer& staged = layers_[static_cast<std::size_t>(layer)];
        staged.k.resize(n_tokens_ * row_elements_);
        staged.v.resize(n_tokens_ * row_elements_);
        download(staged.k, activations_.k, block);
        download(staged.v, activations_.v, block);
        if (!block.last) return;
        for (ChunkKvBuilder& builder : builders_) builder.set_layer(layer, staged.k, staged.v);
        staged = {};
    }

    ChunkForms finish() && {
        ChunkForms forms;
        for (ChunkKvBuilder& builder : builders_) forms.push_back(std::move(builder).finish());
        return forms;
    }

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
    std::vector<ChunkKvBuilder> builders_;
};

}  // namespace

Result<ChunkForms> capture_forms(const RowPass& pass, std::span<const KvFormat> formats) {
    if (pass.rows.empty()) return fail(ErrorCode::kInvalidArgument, "A passage has no tokens.");
    KvCapture capture(pass, formats);
    LayerHooks hooks;
    hooks.after = [&](int layer, const RowBlock& block) -> Status {
        capture.take(layer, block);
        return {};
    };
    LECTERN_TRY(run_pass(pass, hooks));
    return std::move(capture).finish();
}

Result<std::vector<ChunkForms>> capture_full_read(Transformer& model, Activations& activations,
                                                  KvCache& cache, const PromptSegments& segments,
                                                  std::span<const KvFormat> formats,
                                                  const std::stop_token& stop) {
    CacheRollback rollback(cache);
    LECTERN_ASSIGN(const CacheLayout layout, append_segments(cache, segments));
    LECTERN_TRY(run_pass({model, activations, cache, layout.leading, stop}));

    std::vector<ChunkForms> passages;
    std::span<const std::int32_t> rows = layout.passages;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage) continue;
        const auto own = rows.first(segment.ids.size());
        rows = rows.subspan(own.size());
        LECTERN_ASSIGN(ChunkForms forms,
                       capture_forms({model, activations, cache, own, stop}, formats));
        passages.push_back(std::move(forms));
    }
    return passages;
}

}  // namespace lectern
