#include "engine/fusion/learnt_shift.h"

#include <cassert>
#include <cstddef>

#include "engine/fusion/chunk_forms.h"
#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

/// sums += a − b, summed over tokens; both f16 [n_tokens, elements].
void add_difference(std::span<double> sums, const StoredRows& a, const StoredRows& b) {
    const auto* x = a.values.as<std::uint16_t>();
    const auto* y = b.values.as<std::uint16_t>();
    const auto n_tokens = static_cast<std::size_t>(a.values.shape[0]);
    for (std::size_t t = 0; t < n_tokens; ++t)
        for (std::size_t i = 0; i < sums.size(); ++i, ++x, ++y)
            sums[i] += double{f16_to_f32(*x)} - double{f16_to_f32(*y)};
}

std::vector<float> means_of(const std::vector<double>& sums, std::int64_t n) {
    std::vector<float> means;
    means.reserve(sums.size());
    for (const double sum : sums)
        means.push_back(n == 0 ? 0.0f : static_cast<float>(sum / static_cast<double>(n)));
    return means;
}

}  // namespace

ShiftLearner::ShiftLearner(const KvShape& shape)
    : shape_(shape),
      k_(static_cast<std::size_t>(shape.n_layers * shape.row_elements())),
      v_(k_.size()) {}

Status ShiftLearner::add(Transformer& model, Activations& activations, KvCache& cache,
                         const PromptSegments& segments, const std::stop_token& stop) {
    const KvFormat f16 = KvPrecision::kF16;
    LECTERN_ASSIGN(
        const std::vector<ChunkForms> in_full,
        capture_full_read(model, activations, cache, segments, std::span(&f16, 1), stop));
    std::size_t i = 0;
    for (const PromptSegment& segment : segments) {
        if (segment.kind != SegmentKind::kPassage || i++ == 0) continue;
        LECTERN_ASSIGN(
            const ChunkForms alone,
            compute_chunk_forms(model, activations, cache, segment.ids, std::span(&f16, 1), stop));
        LECTERN_TRY(add_chunk(*in_full[i - 1].front(), *alone.front()));
    }
    return {};
}

Status ShiftLearner::add_chunk(const ChunkKv& in_full, const ChunkKv& alone) {
    assert(in_full.n_tokens() == alone.n_tokens() && in_full.shape() == shape_);
    const auto n = static_cast<std::size_t>(shape_.row_elements());
    for (int layer = 0; layer < shape_.n_layers; ++layer) {
        LECTERN_ASSIGN(const StoredKvLayer a, in_full.layer(layer));
        LECTERN_ASSIGN(const StoredKvLayer b, alone.layer(layer));
        const auto of_layer = [&](std::vector<double>& sums) {
            return std::span(sums).subspan(static_cast<std::size_t>(layer) * n, n);
        };
        add_difference(of_layer(k_), a.k, b.k);
        add_difference(of_layer(v_), a.v, b.v);
    }
    n_rows_ += in_full.n_tokens();
    return {};
}

LearntShift ShiftLearner::shift() const {
    return {shape_, means_of(k_, n_rows_), means_of(v_, n_rows_)};
}

}  // namespace lectern
