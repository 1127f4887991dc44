#include "engine/fusion/row_correction.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace lectern {
namespace {

struct NamedRule {
    std::string_view name;
    ShiftRule rule;
};

constexpr std::array kRules{
    NamedRule{"none", {}},
    NamedRule{"online-shift", {.strength = 0.5f, .pooling = 0.0f, .min_rows = 4}},
    NamedRule{"pooled-shift", {.strength = 1.0f, .pooling = 8.0f, .min_rows = 0}},
};

/// One chunk's [n_kv_heads, head_dim] of a tensor [chunks, n_kv_heads, head_dim].
TensorView of_chunk(const Tensor& tensor, std::size_t c) {
    TensorView view = tensor.view().slice(static_cast<std::int64_t>(c), 1);
    view.shape = Shape{tensor.shape()[1], tensor.shape()[2]};
    return view;
}

}  // namespace

std::vector<std::string_view> correction_names() {
    std::vector<std::string_view> names;
    for (const NamedRule& named : kRules) names.push_back(named.name);
    return names;
}

Result<ShiftRule> make_shift_rule(std::string_view correction) {
    std::string known;
    for (const NamedRule& named : kRules) {
        if (named.name == correction) return named.rule;
        known += (known.empty() ? "" : ", ") + std::string(named.name);
    }
    return fail(ErrorCode::kInvalidArgument,
                "There is no correction named \"" + std::string(correction) + "\".",
                "Known corrections: " + known + ".");
}

Result<RowCorrection> RowCorrection::create(const ShiftRule& rule, KvCache& cache,
                                            PlacedChunks& placed, const CacheLayout& layout,
                                            std::span<const std::int32_t> candidates) {
    RowCorrection correction(rule, cache, placed);
    const std::vector<int>& begins = layout.passage_begins;
    correction.n_passages_ = begins.size();
    for (std::size_t i = 0; i < begins.size(); ++i) {
        const int end = i + 1 < begins.size() ? begins[i + 1] : layout.question.front();
        const bool can_change = std::binary_search(candidates.begin(), candidates.end(), begins[i]);
        if (can_change && end > begins[i])
            correction.chunks_.push_back(
                {.index = i, .first_row = begins[i], .n_rows = end - begins[i]});
    }
    if (correction.chunks_.empty()) correction.rule_ = {};
    if (correction.is_active()) LECTERN_TRY(correction.allocate());
    return correction;
}

Status RowCorrection::allocate() {
    Backend& backend = cache_->backend();
    const KvShape& shape = cache_->shape();
    const Shape extents{static_cast<std::int64_t>(chunks_.size()), shape.n_kv_heads,
                        shape.head_dim};
    const std::vector<float> zeros(static_cast<std::size_t>(extents.n_elements()));
    for (std::vector<Tensor>* sums : {&k_sum_, &v_sum_})
        for (int layer = 0; layer < shape.n_layers; ++layer) {
            LECTERN_ASSIGN(Tensor sum, backend.allocate(DType::kF32, extents));
            backend.upload(sum.view(), std::as_bytes(std::span(zeros)));
            sums->push_back(std::move(sum));
        }
    LECTERN_ASSIGN(k_shift_, backend.allocate(DType::kF32, extents));
    LECTERN_ASSIGN(v_shift_, backend.allocate(DType::kF32, extents));
    is_fresh_.assign(static_cast<std::size_t>(cache_->size()), 0);
    LECTERN_ASSIGN(skip_, backend.allocate(DType::kI8, Shape{cache_->size()}));
    LECTERN_ASSIGN(tokens_, backend.allocate(DType::kI32, Shape{cache_->size()}));
    return {};
}

Status RowCorrection::begin_pass(std::span<const std::int32_t> rows) {
    std::vector<std::int32_t> tokens(rows.size(), 0);
    for (Chunk& chunk : chunks_) {
        const auto begin = std::lower_bound(rows.begin(), rows.end(), chunk.first_row);
        const auto end = std::lower_bound(begin, rows.end(), chunk.first_row + chunk.n_rows);
        chunk.pass_first = static_cast<int>(begin - rows.begin());
        chunk.pass_n = static_cast<int>(end - begin);
        chunk.n_known += chunk.pass_n;
        for (auto row = begin; row != end; ++row) {
            tokens[static_cast<std::size_t>(row - rows.begin())] = *row - chunk.first_row;
            is_fresh_[static_cast<std::size_t>(*row)] = 1;
        }
    }
    Backend& backend = cache_->backend();
    backend.upload(tokens_.view().slice(0, static_cast<std::int64_t>(tokens.size())),
                   std::as_bytes(std::span(tokens)));
    backend.upload(skip_.view(), std::as_bytes(std::span(is_fresh_)));
    return {};
}

Status RowCorrection::place(int layer, const Activations& activations) {
    LECTERN_ASSIGN(const std::span<const StoredKvLayer> stored, placed_->stored(layer));
    const Tensor& k_sum = k_sum_[static_cast<std::size_t>(layer)];
    const Tensor& v_sum = v_sum_[static_cast<std::size_t>(layer)];
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        const Chunk& chunk = chunks_[c];
        if (chunk.pass_n == 0) continue;
        const auto of_pass = [&](const Tensor& tensor) {
            return tensor.view().slice(chunk.pass_first, chunk.pass_n);
        };
        cache_->backend().add_kv_difference({of_chunk(k_sum, c), of_chunk(v_sum, c)},
                                            of_pass(activations.k), of_pass(activations.v),
                                            stored[chunk.index], of_pass(tokens_));
    }
    update(k_sum, k_shift_);
    update(v_sum, v_shift_);
    std::vector<std::optional<KvPlacement>> changes(n_passages_);
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        const Chunk& chunk = chunks_[c];
        changes[chunk.index] =
            KvPlacement{.first_row = chunk.first_row,
                        .shift = {of_chunk(k_shift_, c), of_chunk(v_shift_, c)},
                        .skip = skip_.view().slice(chunk.first_row, chunk.n_rows)};
    }
    return placed_->place(layer, changes);
}

bool RowCorrection::is_shifted(const Chunk& chunk) const {
    if (chunk.n_known < rule_.min_rows) return false;
    return chunk.n_known > 0 ||
           (rule_.pooling > 0 && std::any_of(chunks_.begin(), chunks_.end(),
                                             [](const Chunk& one) { return one.n_known > 0; }));
}

std::vector<float> RowCorrection::shifts_from(const std::vector<float>& sums) const {
    const std::size_t width = sums.size() / chunks_.size();
    std::vector<float> mean(width, 0.0f);
    int n = 0;
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        n += chunks_[c].n_known;
        for (std::size_t d = 0; d < width; ++d) mean[d] += sums[c * width + d];
    }
    for (float& value : mean) value /= static_cast<float>(std::max(n, 1));

    std::vector<float> shifts(sums.size(), 0.0f);
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        if (!is_shifted(chunks_[c])) continue;
        const float scale =
            rule_.strength / (static_cast<float>(chunks_[c].n_known) + rule_.pooling);
        for (std::size_t d = 0; d < width; ++d)
            shifts[c * width + d] = scale * (sums[c * width + d] + rule_.pooling * mean[d]);
    }
    return shifts;
}

void RowCorrection::update(const Tensor& sums, const Tensor& shifts) {
    Backend& backend = cache_->backend();
    std::vector<float> host(static_cast<std::size_t>(sums.shape().n_elements()));
    backend.download(std::as_writable_bytes(std::span(host)), sums.view());
    host = shifts_from(host);
    backend.upload(shifts.view(), std::as_bytes(std::span(host)));
}

std::vector<std::int32_t> RowCorrection::corrected_rows() const {
    std::vector<std::int32_t> rows;
    if (!is_active()) return rows;
    for (const Chunk& chunk : chunks_) {
        if (!is_shifted(chunk)) continue;
        for (int row = chunk.first_row; row < chunk.first_row + chunk.n_rows; ++row)
            if (is_fresh_[static_cast<std::size_t>(row)] == 0) rows.push_back(row);
    }
    return rows;
}

}  // namespace lectern
