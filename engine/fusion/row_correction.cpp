#include "engine/fusion/row_correction.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <utility>

#include "engine/base/listed.h"

namespace lectern {
namespace {

struct NamedRule {
    std::string_view name;
    CorrectionRule rule;
};

/// Of rows: outweighs all that a reading recomputes.
constexpr float kAlone = 1e9f;

constexpr std::array kRules{
    NamedRule{"none", {}},
    NamedRule{"online-shift", {.strength = 0.5f, .pooling = 0.0f, .min_rows = 4, .slope = 0.0f}},
    NamedRule{"pooled-shift", {.strength = 1.0f, .pooling = 8.0f, .min_rows = 0, .slope = 0.0f}},
    NamedRule{"pooled-affine", {.strength = 1.0f, .pooling = 8.0f, .min_rows = 0, .slope = 0.5f}},
    NamedRule{"static-shift",
              {.strength = 1.0f, .pooling = kAlone, .min_rows = 0, .learnt_rows = kAlone}},
};

constexpr int kMomentPlanes = 4, kChangePlanes = 2;

/// One chunk's [planes, n_kv_heads, head_dim] of [chunks · planes, n_kv_heads, head_dim].
TensorView of_chunk(const TensorView& all, std::size_t c, int planes) {
    return all.slice(static_cast<std::int64_t>(c) * planes, planes);
}

}  // namespace

std::vector<std::string_view> correction_names() {
    std::vector<std::string_view> names;
    for (const NamedRule& named : kRules) names.push_back(named.name);
    return names;
}

Result<CorrectionRule> make_correction_rule(std::string_view correction) {
    for (const NamedRule& named : kRules)
        if (named.name == correction) return named.rule;
    return fail(ErrorCode::kInvalidArgument,
                "There is no correction named \"" + std::string(correction) + "\".",
                "Known corrections: " + listed(correction_names()) + ".");
}

Result<RowCorrection> RowCorrection::create(Correction how, KvCache& cache, PlacedChunks& placed,
                                            const CacheLayout& layout,
                                            std::span<const std::int32_t> candidates) {
    if (how.rule.learnt_rows == 0) how.learnt = nullptr;
    assert(how.rule.learnt_rows == 0 || how.learnt);
    if (how.learnt && how.learnt->shape != cache.shape())
        return fail(ErrorCode::kInvalidArgument, "The learnt shift is of another model.",
                    "lectern calibrate learns it anew.");
    RowCorrection correction(std::move(how), cache, placed);
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
    const auto allocate_planes = [&](int of_chunk) {
        const auto n = static_cast<std::int64_t>(chunks_.size()) * of_chunk;
        return backend.allocate(DType::kF32, Shape{n, shape.n_kv_heads, shape.head_dim});
    };
    LECTERN_ASSIGN(k_moments_, allocate_planes(kMomentPlanes));
    LECTERN_ASSIGN(v_moments_, allocate_planes(kMomentPlanes));
    LECTERN_ASSIGN(k_changes_, allocate_planes(kChangePlanes));
    LECTERN_ASSIGN(v_changes_, allocate_planes(kChangePlanes));
    is_fresh_.assign(static_cast<std::size_t>(cache_->size()), 0);
    LECTERN_ASSIGN(skip_, backend.allocate(DType::kI8, Shape{cache_->size()}));
    LECTERN_ASSIGN(tokens_, backend.allocate(DType::kI32, Shape{cache_->size()}));
    return {};
}

bool RowCorrection::leaves_rows(std::size_t n_recomputed) const {
    std::size_t n_rows = 0;
    for (const Chunk& chunk : chunks_) n_rows += static_cast<std::size_t>(chunk.n_rows);
    return is_active() && n_rows > n_recomputed;
}

void RowCorrection::begin_pass(std::span<const std::int32_t> rows) {
    std::vector<std::int32_t> tokens(rows.size(), 0);
    for (Chunk& chunk : chunks_) {
        const auto begin = std::lower_bound(rows.begin(), rows.end(), chunk.first_row);
        const auto end = std::lower_bound(begin, rows.end(), chunk.first_row + chunk.n_rows);
        chunk.first = static_cast<int>(begin - rows.begin());
        chunk.n = static_cast<int>(end - begin);
        for (auto row = begin; row != end; ++row) {
            tokens[static_cast<std::size_t>(row - rows.begin())] = *row - chunk.first_row;
            is_fresh_[static_cast<std::size_t>(*row)] = 1;
        }
    }
    Backend& backend = cache_->backend();
    backend.upload(tokens_.view().slice(0, static_cast<std::int64_t>(tokens.size())),
                   std::as_bytes(std::span(tokens)));
    backend.upload(skip_.view(), std::as_bytes(std::span(is_fresh_)));
}

Status RowCorrection::place(int layer, const Activations& activations) {
    LECTERN_ASSIGN(const std::span<const StoredKvLayer> stored, placed_->stored(layer));
    const TensorView k_moments = k_moments_.view(), v_moments = v_moments_.view();
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        const Chunk& chunk = chunks_[c];
        if (chunk.n == 0) continue;
        const auto of_pass = [&](const Tensor& tensor) {
            return tensor.view().slice(chunk.first, chunk.n);
        };
        cache_->backend().kv_moments(
            {of_chunk(k_moments, c, kMomentPlanes), of_chunk(v_moments, c, kMomentPlanes)},
            of_pass(activations.k), of_pass(activations.v), stored[chunk.index], of_pass(tokens_));
    }
    const TensorView k_changes = k_changes_.view(), v_changes = v_changes_.view();
    using Channels = std::span<const float>;
    update(k_moments, learnt_ ? learnt_->k_of(layer) : Channels{}, k_changes);
    update(v_moments, learnt_ ? learnt_->v_of(layer) : Channels{}, v_changes);
    std::vector<std::optional<KvPlacement>> placements(n_passages_);
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
        const Chunk& chunk = chunks_[c];
        KvPlacement& placement = placements[chunk.index].emplace();
        placement.change = {of_chunk(k_changes, c, kChangePlanes),
                            of_chunk(v_changes, c, kChangePlanes)};
        placement.skip = skip_.view().slice(chunk.first_row, chunk.n_rows);
    }
    return placed_->place(layer, placements);
}

bool RowCorrection::is_corrected(const Chunk& chunk) const {
    if (chunk.n < rule_.min_rows) return false;
    return chunk.n > 0 || learnt_ != nullptr ||
           (rule_.pooling > 0 && std::any_of(chunks_.begin(), chunks_.end(),
                                             [](const Chunk& one) { return one.n > 0; }));
}

void RowCorrection::update(TensorView moments, std::span<const float> learnt,
                           TensorView changes) const {
    Backend& backend = cache_->backend();
    std::vector<float> host(static_cast<std::size_t>(moments.shape.n_elements()));
    backend.download(std::as_writable_bytes(std::span(host)), moments);
    host = changes_of(host, learnt, static_cast<std::size_t>(moments.shape.row_elements()));
    backend.upload(changes, std::as_bytes(std::span(host)));
}

std::vector<float> RowCorrection::changes_of(std::span<const float> moments,
                                             std::span<const float> learnt,
                                             std::size_t n_channels) const {
    const auto of = [&](std::size_t c, int plane, std::size_t d) {
        return moments[(c * kMomentPlanes + static_cast<std::size_t>(plane)) * n_channels + d];
    };
    std::vector<float> changes(chunks_.size() * kChangePlanes * n_channels);
    for (std::size_t d = 0; d < n_channels; ++d) {
        float n = 0, x = 0, y = 0, squares = 0, products = 0;
        for (std::size_t c = 0; c < chunks_.size(); ++c) {
            const auto own = static_cast<float>(chunks_[c].n);
            if (own == 0) continue;  // its moments have not been written
            n += own;
            x += own * of(c, 0, d);
            y += own * of(c, 1, d);
            squares += of(c, 2, d);
            products += of(c, 3, d);
        }
        const float mean_x = n > 0 ? x / n : 0;
        const float known = n + rule_.learnt_rows;
        const float expected = learnt.empty() ? 0 : rule_.learnt_rows * learnt[d];
        const float mean_y = known > 0 ? (y + expected) / known : 0;
        const float fitted = squares > 0 ? products / squares : 0;
        const float share = rule_.slope * n / (n + CorrectionRule::kSlopeRows);
        const float slope = std::clamp(share * fitted, -1.0f, 1.0f);
        for (std::size_t c = 0; c < chunks_.size(); ++c) {
            float* gain = &changes[c * kChangePlanes * n_channels + d];
            float* offset = gain + n_channels;
            *gain = 1;
            if (!is_corrected(chunks_[c])) continue;
            const auto own = static_cast<float>(chunks_[c].n);
            const float own_y = own > 0 ? own * of(c, 1, d) : 0;
            const float centre = own > 0 ? of(c, 0, d) : mean_x;
            const float shift =
                rule_.strength * (own_y + rule_.pooling * mean_y) / (own + rule_.pooling);
            *gain = 1 + slope;
            *offset = shift - slope * centre;
        }
    }
    return changes;
}

std::vector<std::int32_t> RowCorrection::corrected_rows() const {
    std::vector<std::int32_t> rows;
    if (!is_active()) return rows;
    for (const Chunk& chunk : chunks_) {
        if (!is_corrected(chunk)) continue;
        for (int row = chunk.first_row; row < chunk.first_row + chunk.n_rows; ++row)
            if (is_fresh_[static_cast<std::size_t>(row)] == 0) rows.push_back(row);
    }
    return rows;
}

}  // namespace lectern
