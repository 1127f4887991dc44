#include "tests/backend/backend_fixture.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/cache_rows.h"
#include "tests/support/catch.h"
#include "tests/support/stored_rows.h"

using namespace lectern;
using namespace lectern::test;

namespace {

Rope make_rope(RopeStyle style, int n_pairs, float theta = 10000.0f) {
    Rope rope{.style = style, .inverse_frequency = {}, .magnitude = 1.0f};
    for (int i = 0; i < n_pairs; ++i)
        rope.inverse_frequency.push_back(std::pow(theta, -float(i) / float(n_pairs)));
    return rope;
}

/// Head [head_dim] rotated by `position` in double.
std::vector<float> rotated(std::span<const float> x, const Rope& rope, int position) {
    std::vector<float> out(x.begin(), x.end());
    const std::size_t n = rope.inverse_frequency.size();
    for (std::size_t i = 0; i < n; ++i) {
        const bool is_halves = rope.style == RopeStyle::kHalves;
        const std::size_t a = is_halves ? i : 2 * i, b = is_halves ? i + n : 2 * i + 1;
        const double angle = static_cast<float>(position) * rope.inverse_frequency[i];
        out[a] = static_cast<float>(x[a] * std::cos(angle) - x[b] * std::sin(angle));
        out[b] = static_cast<float>(x[a] * std::sin(angle) + x[b] * std::cos(angle));
    }
    return out;
}

constexpr int kHeads = 3, kHeadDim = 64, kCapacity = 2 * kCacheRowMultiple;

struct Cache {
    std::vector<float> k = std::vector<float>(kHeads * kCapacity * kHeadDim, -9.0f), v = k;
    std::vector<std::int16_t> k16 = std::vector<std::int16_t>(k.size(), 0), v16 = k16;
    std::vector<float> k_scale = std::vector<float>(kHeads * kCapacity, -9.0f), v_scale = k_scale;
    DType dtype;

    explicit Cache(DType dtype) : dtype(dtype) {}
    LayerKv layer() {
        const Shape shape{kHeads, kCapacity, kHeadDim};
        const Shape rows{kHeads, kCapacity};
        if (dtype == DType::kF32) return {view(k, shape), view(v, shape), {}, {}};
        return {view(k16, dtype, shape), view(v16, dtype, shape), view(k_scale, rows),
                view(v_scale, rows)};
    }
};

std::vector<std::int32_t> sparse_positions() {
    std::vector<std::int32_t> positions;
    for (int r = 0; r < kCapacity; ++r) positions.push_back(r * 150);
    return positions;
}

}  // namespace

TEST_CASE("rope turns each pair by position times frequency") {
    for (const RopeStyle style : {RopeStyle::kHalves, RopeStyle::kInterleaved}) {
        for (const int n_pairs : {kHeadDim / 2, kHeadDim / 4}) {  // whole and partial rotation
            const Rope rope = make_rope(style, n_pairs);
            auto positions = sparse_positions();
            std::vector<std::int32_t> rows{0, 1, 17, 49};
            const auto x = random_values(4 * kHeads * kHeadDim, 1);
            std::vector<float> first;
            for (const CpuIsa isa : all_isas()) {
                auto out = x;
                make_backend(isa)->rope(view(out, {4, kHeads, kHeadDim}), view(rows),
                                        view(positions), rope);
                if (first.empty()) first = out;
                CHECK(same_bits(out, first));
            }
            for (int i = 0; i < 4 * kHeads; ++i) {
                const auto head = std::span(x).subspan(i * kHeadDim, kHeadDim);
                CHECK(nmse(std::span(first).subspan(i * kHeadDim, kHeadDim),
                           rotated(head, rope, positions[rows[i / kHeads]])) < 1e-13);
            }
        }
    }
}

TEST_CASE("rotating there and back changes nothing beyond 1e-6") {
    for (const RopeStyle style : {RopeStyle::kHalves, RopeStyle::kInterleaved}) {
        const Rope there = make_rope(style, kHeadDim / 2);
        Rope back = there;
        for (float& f : back.inverse_frequency) f = -f;
        std::vector<std::int32_t> positions, rows;
        for (int i = 0; i < 200; ++i) {
            positions.push_back(i * 163);
            rows.push_back(i);
        }
        const auto x = random_values(200 * kHeadDim, 2);
        auto y = x;
        const auto backend = make_backend(CpuIsa::kAvx512Vnni);
        backend->rope(view(y, {200, 1, kHeadDim}), view(rows), view(positions), there);
        CHECK(nmse(y, x) > 0.1);
        backend->rope(view(y, {200, 1, kHeadDim}), view(rows), view(positions), back);
        CHECK(std::sqrt(nmse(y, x)) < 1e-6);
    }
}

TEST_CASE("write_kv rotates keys and writes only its rows") {
    for (const DType dtype : {DType::kF32, DType::kI16}) {
        Cache cache(dtype);
        const Rope rope = make_rope(RopeStyle::kHalves, kHeadDim / 2);
        auto positions = sparse_positions();
        std::vector<std::int32_t> rows{3, 20, 49};
        auto k = random_values(3 * kHeads * kHeadDim, 4), v = random_values(k.size(), 5);
        const auto backend = make_backend(CpuIsa::kAvx512Vnni);
        backend->write_kv(cache.layer(), view(k, {3, kHeads, kHeadDim}),
                          view(v, {3, kHeads, kHeadDim}), view(rows), view(positions), rope);
        for (int t = 0; t < 3; ++t)
            for (int h = 0; h < kHeads; ++h) {
                const auto head = std::span(k).subspan((t * kHeads + h) * kHeadDim, kHeadDim);
                const auto expected = rotated(head, rope, positions[rows[t]]);
                for (int d = 0; d < kHeadDim; ++d) {
                    CHECK(key(cache.layer(), h, rows[t], d) ==
                          Approx(expected[d]).epsilon(1e-3).margin(1e-3));
                    const float given = v[(t * kHeads + h) * kHeadDim + d];
                    if (dtype == DType::kF32)
                        CHECK(value(cache.layer(), h, rows[t], d) == given);
                    else  // half a step of the row's scale
                        CHECK(std::abs(value(cache.layer(), h, rows[t], d) - given) <=
                              0.501f * cache.v_scale[h * kCapacity + rows[t]]);
                    CHECK(key(cache.layer(), h, 4, d) == (dtype == DType::kF32 ? -9.0f : 0.0f));
                }
            }
    }
}

TEST_CASE("placing a stored chunk of any format equals writing its plainly dequantised rows") {
    const int first_row = 11;
    const Rope rope = make_rope(RopeStyle::kInterleaved, kHeadDim / 2);
    auto positions = sparse_positions();
    const KvShape shape{.n_layers = 1, .n_kv_heads = kHeads, .head_dim = kHeadDim};
    for (const KvFormat format : all_kv_formats()) {
        for (const int n_tokens : {1, 7, 65}) {  // the last in three groups of 4-bit keys
            INFO(name_of(format) << ", " << n_tokens << " tokens");
            const auto chunk = sample_chunk(6, n_tokens, format, shape);
            const StoredKvLayer stored = chunk->layer(0).value();
            auto k = stored_numbers(stored.k, true, kHeadDim);
            auto v = stored_numbers(stored.v, false, kHeadDim);
            std::vector<std::int32_t> rows;
            for (int t = 0; t < n_tokens; ++t) rows.push_back(first_row + t);
            const Shape all{n_tokens, kHeads, kHeadDim};
            for (const CpuIsa isa : all_isas()) {
                const auto backend = make_backend(isa);
                Cache placed(DType::kI16), written(DType::kI16);
                backend->place_kv(placed.layer(), stored,
                                  {.first_row = first_row, .change = {}, .skip = {}},
                                  view(positions), rope);
                backend->write_kv(written.layer(), view(k, all), view(v, all), view(rows),
                                  view(positions), rope);
                CHECK(placed.k16 == written.k16);
                CHECK(placed.v16 == written.v16);
                CHECK(same_bits(placed.k_scale, written.k_scale));
                CHECK(same_bits(placed.v_scale, written.v_scale));
                CHECK(std::count(placed.k16.begin(), placed.k16.end(), 0) <
                      kHeads * kCapacity * kHeadDim);
            }
        }
    }
}

TEST_CASE("placing changes every row but those it is told to skip") {
    const int n_tokens = 9, first_row = 5;
    const Rope rope = make_rope(RopeStyle::kHalves, kHeadDim / 2);
    auto positions = sparse_positions();
    const auto chunk = sample_chunk(6, n_tokens, KvPrecision::kInt8,
                                    {.n_layers = 1, .n_kv_heads = kHeads, .head_dim = kHeadDim});
    const StoredKvLayer stored = chunk->layer(0).value();
    auto k = stored_numbers(stored.k, true, kHeadDim),
         v = stored_numbers(stored.v, false, kHeadDim);
    const std::size_t width = kHeads * kHeadDim;
    auto k_change = random_values(2 * width, 21), v_change = random_values(2 * width, 22);
    for (std::size_t i = 0; i < k.size(); ++i) {
        k[i] = k_change[i % width] * k[i] + k_change[width + i % width];
        v[i] = v_change[i % width] * v[i] + v_change[width + i % width];
    }
    std::vector<std::int8_t> skip(n_tokens, 0);
    skip[0] = skip[4] = skip[8] = 1;
    std::vector<std::int32_t> rows;
    for (int t = 0; t < n_tokens; ++t) rows.push_back(first_row + t);
    const Shape all{n_tokens, kHeads, kHeadDim}, planes{2, kHeads, kHeadDim};
    for (const CpuIsa isa : all_isas()) {
        const auto backend = make_backend(isa);
        Cache placed(DType::kF32), written(DType::kF32);
        backend->place_kv(placed.layer(), stored,
                          {.first_row = first_row,
                           .change = {view(k_change, planes), view(v_change, planes)},
                           .skip = view(skip, DType::kI8, {n_tokens})},
                          view(positions), rope);
        backend->write_kv(written.layer(), view(k, all), view(v, all), view(rows), view(positions),
                          rope);
        for (int t = 0; t < n_tokens; ++t)
            for (int h = 0; h < kHeads; ++h)
                for (int d = 0; d < kHeadDim; ++d) {
                    const bool skipped = skip[t] != 0;
                    CHECK(key(placed.layer(), h, first_row + t, d) ==
                          (skipped ? -9.0f : key(written.layer(), h, first_row + t, d)));
                    CHECK(value(placed.layer(), h, first_row + t, d) ==
                          (skipped ? -9.0f : value(written.layer(), h, first_row + t, d)));
                }
    }
}

TEST_CASE("moments of rows are what their definition says") {
    const int n_tokens = 40;
    const auto chunk = sample_chunk(7, n_tokens, KvFormat{KvPrecision::kInt8, KvPrecision::kInt4},
                                    {.n_layers = 1, .n_kv_heads = kHeads, .head_dim = kHeadDim});
    const StoredKvLayer stored = chunk->layer(0).value();
    const auto k = stored_numbers(stored.k, true, kHeadDim);
    std::vector<std::int32_t> tokens{0, 7, 8, 30, 39};
    const std::size_t width = kHeads * kHeadDim;
    auto fresh = random_values(tokens.size() * width, 23);
    for (float& x : fresh) x += 50.0f;  // a mean that dwarfs what varies about it
    std::vector<float> first;
    for (const CpuIsa isa : all_isas()) {
        std::vector<float> k_moments(4 * width, -7.0f), v_moments = k_moments;
        const Shape planes{4, kHeads, kHeadDim};
        const TensorView rows = view(fresh, {5, kHeads, kHeadDim});
        make_backend(isa)->kv_moments({view(k_moments, planes), view(v_moments, planes)}, rows,
                                      rows, stored, view(tokens));
        if (first.empty()) first = k_moments;
        CHECK(same_bits(k_moments, first));
    }
    for (std::size_t d = 0; d < width; ++d) {
        double x = 0, y = 0, squares = 0, products = 0;
        const auto stored_at = [&](std::size_t i) { return double{k[tokens[i] * width + d]}; };
        const auto change_at = [&](std::size_t i) { return fresh[i * width + d] - stored_at(i); };
        for (std::size_t i = 0; i < 5; ++i) {
            x += stored_at(i) / 5;
            y += change_at(i) / 5;
        }
        for (std::size_t i = 0; i < 5; ++i) {
            squares += (stored_at(i) - x) * (stored_at(i) - x);
            products += (stored_at(i) - x) * (change_at(i) - y);
        }
        CHECK(first[d] == Approx(x).margin(1e-5));
        CHECK(first[width + d] == Approx(y).margin(1e-4));
        CHECK(first[2 * width + d] == Approx(squares).epsilon(1e-4).margin(1e-4));
        CHECK(first[3 * width + d] == Approx(products).epsilon(1e-4).margin(1e-3));
    }
}

TEST_CASE("value norms are rows' lengths over their head's mean") {
    for (const DType dtype : {DType::kF32, DType::kI16}) {
        Cache cache(dtype);
        const Rope rope = make_rope(RopeStyle::kHalves, kHeadDim / 2);
        auto positions = sparse_positions();
        const int n = 20;
        std::vector<std::int32_t> rows;
        for (int r = 0; r < n; ++r) rows.push_back(r);
        auto k = random_values(n * kHeads * kHeadDim, 41), v = random_values(k.size(), 42);
        const Shape shape{n, kHeads, kHeadDim};
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            const auto backend = make_backend(isa);
            backend->write_kv(cache.layer(), view(k, shape), view(v, shape), view(rows),
                              view(positions), rope);
            std::vector<float> norms(kHeads * n);
            backend->value_norms(view(norms, {kHeads, n}), cache.layer());
            if (first.empty()) first = norms;
            CHECK(same_bits(norms, first));
        }
        for (int h = 0; h < kHeads; ++h) {
            std::vector<double> lengths;
            double mean = 0;
            for (int r = 0; r < n; ++r) {
                double sum = 0;
                for (int d = 0; d < kHeadDim; ++d) {
                    const double x = v[(r * kHeads + h) * kHeadDim + d];
                    sum += x * x;
                }
                lengths.push_back(std::sqrt(sum));
                mean += lengths.back() / n;
            }
            for (int r = 0; r < n; ++r)
                CHECK(first[h * n + r] == Approx(lengths[r] / mean).epsilon(1e-3));
        }
    }
}

TEST_CASE("value deviation is the squared distance to the cached values") {
    for (const DType dtype : {DType::kF32, DType::kI16}) {
        Cache cache(dtype);
        const Rope rope = make_rope(RopeStyle::kHalves, kHeadDim / 2);
        auto positions = sparse_positions();
        std::vector<std::int32_t> rows{3, 20, 49};
        auto k = random_values(3 * kHeads * kHeadDim, 14), v = random_values(k.size(), 15);
        auto fresh = random_values(k.size(), 16);
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            const auto backend = make_backend(isa);
            backend->write_kv(cache.layer(), view(k, {3, kHeads, kHeadDim}),
                              view(v, {3, kHeads, kHeadDim}), view(rows), view(positions), rope);
            std::vector<float> deviation(3);
            backend->value_deviation(view(deviation, {3}), view(fresh, {3, kHeads, kHeadDim}),
                                     cache.layer(), view(rows));
            if (first.empty()) first = deviation;
            CHECK(same_bits(deviation, first));
        }
        for (int t = 0; t < 3; ++t) {
            double expected = 0;
            for (int i = 0; i < kHeads * kHeadDim; ++i) {
                const double difference = double{fresh[t * kHeads * kHeadDim + i]} -
                                          value(cache.layer(), i / kHeadDim, rows[t], i % kHeadDim);
                expected += difference * difference;
            }
            CHECK(first[t] == Approx(expected).epsilon(1e-5));
        }
    }
}
