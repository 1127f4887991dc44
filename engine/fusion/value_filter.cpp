#include "engine/fusion/value_filter.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

/// The rows still in, on their way up through the layers.
class RisingRows {
  public:
    static Result<RisingRows> create(const SelectionContext& context) {
        LECTERN_ASSIGN(Tensor deviation, context.model.backend().allocate(
                                             DType::kF32, Shape{context.activations.capacity}));
        return RisingRows(context, std::move(deviation));
    }

    /// The n rows whose values at this layer, their next, deviate most; they alone stay. Most
    /// deviating first.
    Result<std::vector<std::int32_t>> keep(int layer, int n) {
        LECTERN_TRY(context_->placed.require(layer));
        LECTERN_ASSIGN(const std::vector<float> scores, deviations(layer));
        const PhaseClock::Scope selecting = context_->clock.in(ReadPhase::kSelect);
        std::vector<std::int32_t> ranked = ranked_rows(rows_, scores, n);
        std::vector<std::int32_t> kept = ranked;
        std::sort(kept.begin(), kept.end());
        gather(kept);
        return ranked;
    }

    /// Through the whole of a layer.
    Status advance(int layer) {
        LECTERN_TRY(context_->placed.require(layer));
        x_.resize(rows_.size() * row_elements());
        const Status done = for_blocks(layer, [&](std::size_t first, std::size_t n) {
            context_->model.run_layer(layer, context_->activations, context_->cache);
            context_->model.backend().download(std::as_writable_bytes(part(first, n)),
                                               context_->activations.x.rows(std::int64_t(n)));
        });
        return done;
    }

  private:
    RisingRows(const SelectionContext& context, Tensor deviation)
        : context_(&context),
          deviation_(std::move(deviation)),
          rows_(context.candidates.begin(), context.candidates.end()) {}

    std::size_t row_elements() const {
        return static_cast<std::size_t>(context_->activations.x.shape().row_elements());
    }
    std::span<float> part(std::size_t first, std::size_t n) {
        return std::span(x_).subspan(first * row_elements(), n * row_elements());
    }

    /// run(first, n) with rows_[first, first + n) begun, as they stand before the layer.
    template <class Run>
    Status for_blocks(int layer, Run run) {
        const std::vector<TokenId> ids = context_->cache.tokens_of(rows_);
        const auto capacity = static_cast<std::size_t>(context_->activations.capacity);
        for (std::size_t first = 0; first < rows_.size(); first += capacity) {
            if (context_->stop.stop_requested())
                return fail(ErrorCode::kCancelled, "Reading was cancelled.");
            const std::size_t n = std::min(capacity, rows_.size() - first);
            context_->model.begin(context_->activations, std::span(ids).subspan(first, n),
                                  std::span(rows_).subspan(first, n));
            if (layer > 0)
                context_->model.backend().upload(
                    context_->activations.x.rows(static_cast<std::int64_t>(n)),
                    std::as_bytes(part(first, n)));
            run(first, n);
        }
        return {};
    }

    /// [rows still in]: of each, squared L2 between its values at the layer and the placed ones.
    Result<std::vector<float>> deviations(int layer) {
        std::vector<float> scores(rows_.size());
        Backend& backend = context_->model.backend();
        const Activations& activations = context_->activations;
        LECTERN_TRY(for_blocks(layer, [&](std::size_t first, std::size_t n) {
            const auto rows = static_cast<std::int64_t>(n);
            context_->model.project(layer, context_->activations, context_->cache);
            backend.value_deviation(deviation_.rows(rows), activations.v.rows(rows),
                                    context_->cache.layer(layer), activations.rows.rows(rows));
            backend.download(std::as_writable_bytes(std::span(scores).subspan(first, n)),
                             deviation_.rows(rows));
        }));
        return scores;
    }

    /// Leaves these rows, ascending, each with its x.
    void gather(const std::vector<std::int32_t>& kept) {
        std::size_t from = 0;
        for (std::size_t to = 0; to < kept.size(); ++to, ++from) {
            while (rows_[from] != kept[to]) ++from;
            const std::span<float> source = part(from, 1);
            std::copy(source.begin(), source.end(), part(to, 1).begin());
        }
        rows_ = kept;
        x_.resize(rows_.size() * row_elements());
    }

    const SelectionContext* context_;
    Tensor deviation_;  ///< f32[capacity]: scratch
    std::vector<std::int32_t> rows_;
    std::vector<float> x_;  ///< [rows_, hidden]: before the layer they come to
};

}  // namespace

Result<std::vector<std::int32_t>> filter_by_values(const SelectionContext& context,
                                                   std::span<const double> shares) {
    assert(!shares.empty() && shares.back() == 1.0);
    const int n_layers = context.model.config().n_layers;
    if (n_layers < 2)
        return fail(ErrorCode::kUnsupported,
                    "Values are compared from layer 1 on, which this model lacks.",
                    "Choose the selector \"question\".");
    if (context.budget == 0) return std::vector<std::int32_t>{};
    const int n_filters = std::min(static_cast<int>(shares.size()), n_layers - 1);
    LECTERN_ASSIGN(RisingRows rising, RisingRows::create(context));
    std::vector<std::int32_t> ranked;
    for (int i = 0; i < n_filters; ++i) {
        LECTERN_TRY(rising.advance(i));
        const double share = i + 1 == n_filters ? 1.0 : shares[static_cast<std::size_t>(i)];
        const double wanted = std::ceil(share * context.budget);
        const auto n = std::min(wanted, static_cast<double>(context.candidates.size()));
        LECTERN_ASSIGN(ranked, rising.keep(i + 1, static_cast<int>(n)));
    }
    for (int layer = 0; layer < n_filters; ++layer) LECTERN_TRY(context.placed.restore(layer));
    return ranked;
}

}  // namespace lectern
