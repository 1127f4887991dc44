#include "tests/backend/backend_fixture.h"
#include "tests/support/cache_rows.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// A filled cache layer, its positions, and rotated queries at scattered rows.
struct Scene {
    int n_heads, n_kv_heads, head_dim, capacity;
    DType dtype;
    std::vector<float> k, v;  ///< [n_kv_heads, capacity, head_dim], rounded to the cache's type
    std::vector<std::byte> k_bytes, v_bytes;
    std::vector<float> k_scale, v_scale;  ///< [n_kv_heads, capacity]
    std::vector<std::int32_t> positions, rows;
    std::vector<float> q;

    Scene(DType dtype, int n_heads, int n_kv_heads, int head_dim, int capacity,
          std::vector<std::int32_t> query_rows)
        : n_heads(n_heads),
          n_kv_heads(n_kv_heads),
          head_dim(head_dim),
          capacity((capacity + kCacheRowMultiple - 1) / kCacheRowMultiple * kCacheRowMultiple),
          dtype(dtype),
          rows(std::move(query_rows)) {
        const std::size_t n = std::size_t(n_kv_heads) * this->capacity * head_dim;
        k = random_values(n, 1, 1.5f);
        v = random_values(n, 2);
        fill_keys();
        fill_values();
        for (int r = 0; r < this->capacity; ++r)
            positions.push_back(r + r / 40);  // gaps between chunks
        q = random_values(rows.size() * n_heads * head_dim, 3, 1.5f);
    }

    void fill_keys() { fill(k, k_bytes, k_scale, key_at); }
    void fill_values() { fill(v, v_bytes, v_scale, value_at); }

    /// Rounds the values and lays them out; at: where an element lies.
    template <class At>
    void fill(std::vector<float>& values, std::vector<std::byte>& bytes, std::vector<float>& scales,
              const At& at) const {
        bytes.resize(values.size() * info(dtype).block_bytes);
        if (dtype == DType::kF32) {
            std::memcpy(bytes.data(), values.data(), bytes.size());
            return;
        }
        scales.clear();
        const TensorView tensor{
            bytes.data(), dtype, {n_kv_heads, capacity, head_dim}, Device::kCpu};
        for (int h = 0; h < n_kv_heads; ++h)
            for (int r = 0; r < capacity; ++r) {
                float* row = &values[(std::size_t(h) * capacity + r) * head_dim];
                double squares = 0;
                for (int d = 0; d < head_dim; ++d) squares += row[d] * row[d];
                const auto scale = static_cast<float>(std::sqrt(squares) / 16000);
                scales.push_back(scale);
                for (int d = 0; d < head_dim; ++d) {
                    const auto integer = static_cast<std::int16_t>(std::lround(row[d] / scale));
                    row[d] = scale * integer;
                    tensor.as<std::int16_t>()[at(tensor, h, r, d)] = integer;
                }
            }
    }
    /// Squared error that rounding queries and weights to 16 bits may leave: a weight is one of
    /// about 2,000 steps where 64 keys share a tile evenly.
    double tolerance() const { return dtype == DType::kF32 ? 1e-11 : 1e-7; }

    LayerKv cache() {
        const Shape shape{n_kv_heads, capacity, head_dim};
        const Shape rows{n_kv_heads, capacity};
        LayerKv kv{{k_bytes.data(), dtype, shape, Device::kCpu},
                   {v_bytes.data(), dtype, shape, Device::kCpu},
                   {},
                   {}};
        if (dtype == DType::kI16) {
            kv.k_scale = view(k_scale, rows);
            kv.v_scale = view(v_scale, rows);
        }
        return kv;
    }

    /// Queries [begin, begin + n) alone.
    std::vector<float> attend(Backend& backend, const AttentionOptions& options, std::size_t begin,
                              std::size_t n) {
        const std::size_t width = std::size_t(n_heads) * head_dim;
        const auto t = static_cast<std::int64_t>(n);
        std::vector<float> out(n * width);
        std::vector<float> part(q.begin() + begin * width, q.begin() + (begin + n) * width);
        std::vector<std::int32_t> at(rows.begin() + begin, rows.begin() + begin + n);
        backend.attention(view(out, {t, n_heads, head_dim}), view(part, {t, n_heads, head_dim}),
                          cache(), view(at), view(positions), options);
        return out;
    }

    /// Softmax weights of query t, head h over all cache rows, in double.
    std::vector<double> weights(std::size_t t, int h, const AttentionOptions& options) const {
        std::vector<double> w(capacity, 0.0);
        const std::int32_t row = rows[t];
        double total = 0;
        for (int r = 0; r <= row; ++r) {
            if (options.window > 0 && positions[r] <= positions[row] - options.window) continue;
            double s = 0;
            for (int d = 0; d < head_dim; ++d)
                s += double{q[(t * n_heads + h) * head_dim + d]} *
                     k[(std::size_t(h / (n_heads / n_kv_heads)) * capacity + r) * head_dim + d];
            s *= options.scale;
            if (options.softcap > 0) s = options.softcap * std::tanh(s / options.softcap);
            total += w[r] = std::exp(s);
        }
        for (double& x : w) x /= total;
        return w;
    }

    std::vector<float> expected(const AttentionOptions& options) const {
        std::vector<float> out(q.size());
        for (std::size_t t = 0; t < rows.size(); ++t)
            for (int h = 0; h < n_heads; ++h) {
                const auto w = weights(t, h, options);
                for (int d = 0; d < head_dim; ++d) {
                    double sum = 0;
                    for (int r = 0; r < capacity; ++r)
                        sum +=
                            w[r] *
                            v[(std::size_t(h / (n_heads / n_kv_heads)) * capacity + r) * head_dim +
                              d];
                    out[(t * n_heads + h) * head_dim + d] = static_cast<float>(sum);
                }
            }
        return out;
    }
};

std::vector<std::int32_t> every_row(int n) {
    std::vector<std::int32_t> rows(n);
    for (int i = 0; i < n; ++i) rows[i] = i;
    return rows;
}

const std::vector<std::int32_t> kScattered{0,   1,   5,   31,  32,  33,  64,  100,
                                           127, 128, 129, 130, 255, 256, 270, 299};

}  // namespace

TEST_CASE("each query attends to exactly the rows at or below its own, within its window") {
    for (const DType dtype : {DType::kI16, DType::kF32}) {
        for (const int head_dim : {8, 22, 64, 80, 88, 128}) {
            for (const AttentionOptions& options :
                 {AttentionOptions{.scale = 0.1f}, AttentionOptions{.scale = 0.1f, .window = 50},
                  AttentionOptions{.scale = 0.1f, .softcap = 2.0f},
                  AttentionOptions{.scale = 0.1f, .window = 1}}) {
                for (const auto& rows : {kScattered, every_row(70)}) {
                    Scene scene(dtype, 6, 2, head_dim, 300, rows);
                    const auto backend = make_backend(CpuIsa::kAvx512Vnni);
                    const auto out = scene.attend(*backend, options, 0, rows.size());
                    INFO("head_dim " << head_dim << " window " << options.window);
                    CHECK(nmse(out, scene.expected(options)) < scene.tolerance());
                }
            }
        }
    }
}

TEST_CASE(
    "a query's attention has the same bits whatever its company, threads and instruction set") {
    for (const DType dtype : {DType::kI16, DType::kF32}) {
        for (const auto& [n_heads, n_kv_heads] :
             std::vector<std::pair<int, int>>{{6, 2}, {4, 4}, {7, 1}}) {
            for (const int window : {0, 77}) {
                Scene scene(dtype, n_heads, n_kv_heads, 48, 300, kScattered);
                const AttentionOptions options{.scale = 0.15f, .window = window};
                const std::size_t n = scene.rows.size(), width = std::size_t(n_heads) * 48;
                std::vector<float> first;
                for (const CpuIsa isa : all_isas()) {
                    for (const int n_threads : {1, 4}) {
                        const auto backend = make_backend(isa, n_threads);
                        const auto all = scene.attend(*backend, options, 0, n);
                        if (first.empty()) first = all;
                        CHECK(same_bits(all, first));
                        for (const std::size_t step : {1, 3, 5})
                            for (std::size_t t = 0; t < n; t += step) {
                                const std::size_t m = std::min(step, n - t);
                                CHECK(same_bits(scene.attend(*backend, options, t, m),
                                                std::span(first).subspan(t * width, m * width)));
                            }
                        CHECK(scene.attend(*backend, options, 0, 0).empty());
                    }
                }
            }
        }
    }
}

TEST_CASE("attention is right and batch-invariant over chunks of keys") {
    const std::vector<std::int32_t> rows{0,   63,  64,   510,  511,  512,  513, 575,
                                         576, 900, 1023, 1024, 1025, 1200, 1299};
    for (const AttentionOptions& options :
         {AttentionOptions{.scale = 0.1f}, AttentionOptions{.scale = 0.1f, .window = 600}}) {
        Scene scene(DType::kI16, 3, 1, 64, 1300, rows);
        const std::size_t n = rows.size(), width = 3 * 64;
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            for (const int n_threads : {1, 2}) {
                const auto backend = make_backend(isa, n_threads);
                const auto all = scene.attend(*backend, options, 0, n);
                if (first.empty()) first = all;
                CHECK(same_bits(all, first));
                for (std::size_t t = 0; t < n; ++t)
                    CHECK(same_bits(scene.attend(*backend, options, t, 1),
                                    std::span(first).subspan(t * width, width)));
            }
        }
        CHECK(nmse(first, scene.expected(options)) < scene.tolerance());
        // Enough queries that they go by tiles of lines instead of by chunks of keys.
        Scene whole(DType::kI16, 3, 1, 64, 1300, every_row(1300));
        const auto backend = make_backend(CpuIsa::kAvx512Vnni);
        const auto all = whole.attend(*backend, options, 0, 1300);
        for (const std::int32_t row : rows)
            CHECK(same_bits(whole.attend(*backend, options, row, 1),
                            std::span(all).subspan(row * width, width)));
    }
}

TEST_CASE("no row above a query changes its attention") {
    Scene scene(DType::kI16, 4, 2, 64, 200, every_row(100));
    const auto backend = make_backend(CpuIsa::kAvx512Vnni);
    const auto before = scene.attend(*backend, {.scale = 0.1f}, 0, 100);
    for (int h = 0; h < 2; ++h)
        for (int r = 50; r < scene.capacity; ++r) {
            const LayerKv kv = scene.cache();
            for (int d = 0; d < 64; ++d) {
                kv.k.as<std::int16_t>()[key_at(kv.k, h, r, d)] = 0x7c7c;
                kv.v.as<std::int16_t>()[value_at(kv.v, h, r, d)] = 0x7c7c;
            }
            scene.k_scale[h * scene.capacity + r] = scene.v_scale[h * scene.capacity + r] = 1e30f;
        }
    const auto after = scene.attend(*backend, {.scale = 0.1f}, 0, 50);
    CHECK(same_bits(after, std::span(before).first(50 * 4 * 64)));
}

TEST_CASE("attention mass is the sum of softmax weights over queries and heads") {
    for (const DType dtype : {DType::kI16, DType::kF32}) {
        Scene scene(dtype, 6, 2, 64, 300, kScattered);
        const AttentionOptions options{.scale = 0.1f, .window = 120};
        const std::int64_t n_rows = 260;
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            for (const int n_threads : {1, 3}) {
                const auto backend = make_backend(isa, n_threads);
                std::vector<float> mass(n_rows, 0.5f);
                const auto t = static_cast<std::int64_t>(scene.rows.size());
                backend->attention_mass(view(mass, {n_rows}), view(scene.q, {t, 6, 64}),
                                        scene.cache(), view(scene.rows), view(scene.positions),
                                        options, {});
                if (first.empty()) first = mass;
                CHECK(same_bits(mass, first));
            }
        }
        std::vector<float> expected(n_rows, 0.5f);
        for (std::size_t t = 0; t < scene.rows.size(); ++t)
            for (int h = 0; h < 6; ++h) {
                const auto w = scene.weights(t, h, options);
                for (int r = 0; r < n_rows; ++r) expected[r] += static_cast<float>(w[r]);
            }
        CHECK(nmse(first, expected) < scene.tolerance());
    }
}

TEST_CASE("attention mass counts as much as the weights of rows say, head by head") {
    for (const DType dtype : {DType::kI16, DType::kF32}) {
        Scene scene(dtype, 6, 2, 64, 700, kScattered);
        const AttentionOptions options{.scale = 0.1f};
        const std::int64_t n_rows = 650, t = static_cast<std::int64_t>(scene.rows.size());
        auto weights = random_values(2 * n_rows, 31);
        std::vector<float> mass(n_rows, 0.25f), expected = mass;
        make_backend(CpuIsa::kAvx512Vnni, 2)
            ->attention_mass(view(mass, {n_rows}), view(scene.q, {t, 6, 64}), scene.cache(),
                             view(scene.rows), view(scene.positions), options,
                             view(weights, {2, n_rows}));
        for (std::int64_t q = 0; q < t; ++q)
            for (int h = 0; h < 6; ++h) {
                const auto w = scene.weights(static_cast<std::size_t>(q), h, options);
                for (int r = 0; r < n_rows; ++r)
                    expected[r] += static_cast<float>(w[r]) * weights[h / 3 * n_rows + r];
            }
        CHECK(nmse(mass, expected) < scene.tolerance());
    }
}

TEST_CASE("encoder attention stays inside each sequence") {
    const std::vector<std::int32_t> offsets{0, 5, 5, 22, 60, 660};
    const int n_heads = 3, head_dim = 32, n = 660;
    auto q = random_values(n * n_heads * head_dim, 5), k = random_values(q.size(), 6),
         v = random_values(q.size(), 7);
    const Shape shape{n, n_heads, head_dim};
    std::vector<float> expected(q.size()), first;
    for (std::size_t s = 0; s + 1 < offsets.size(); ++s)
        for (int i = offsets[s]; i < offsets[s + 1]; ++i)
            for (int h = 0; h < n_heads; ++h) {
                std::vector<double> w;
                double total = 0;
                for (int j = offsets[s]; j < offsets[s + 1]; ++j) {
                    double dot = 0;
                    for (int d = 0; d < head_dim; ++d)
                        dot += double{q[(i * n_heads + h) * head_dim + d]} *
                               k[(j * n_heads + h) * head_dim + d];
                    w.push_back(std::exp(dot * 0.2));
                    total += w.back();
                }
                for (int d = 0; d < head_dim; ++d) {
                    double sum = 0;
                    for (int j = offsets[s]; j < offsets[s + 1]; ++j)
                        sum += w[j - offsets[s]] / total * v[(j * n_heads + h) * head_dim + d];
                    expected[(i * n_heads + h) * head_dim + d] = static_cast<float>(sum);
                }
            }
    for (const CpuIsa isa : all_isas()) {
        for (const int n_threads : {1, 3}) {
            std::vector<float> out(q.size());
            make_backend(isa, n_threads)
                ->encoder_attention(view(out, shape), view(q, shape), view(k, shape),
                                    view(v, shape), offsets, 0.2f);
            if (first.empty()) first = out;
            CHECK(same_bits(out, first));
        }
    }
    CHECK(nmse(first, expected) < 1e-11);
}

TEST_CASE("heavy keys in one tile leave the others' weights and values fine") {
    // One key takes nearly all of the weight, and its value is nothing: what is left is a sum of
    // many light weights.
    Scene scene(DType::kI16, 1, 1, 64, 700, {699});
    for (int d = 0; d < 64; ++d) {
        scene.q[d] = 0.1f;
        scene.k[5 * 64 + d] = 1.5f;
        scene.v[5 * 64 + d] = 0.0f;
    }
    scene.fill_keys();
    scene.v[5 * 64] = 1e-6f;  // no row is all zeros: the test divides by its length
    scene.fill_values();
    const AttentionOptions options{.scale = 1.0f};
    REQUIRE(scene.weights(0, 0, options)[5] > 0.9);
    const auto backend = make_backend(CpuIsa::kAvx512Vnni);
    CHECK(nmse(scene.attend(*backend, options, 0, 1), scene.expected(options)) < 1e-5);
}

TEST_CASE("the largest integers overflow nowhere") {
    // Elements as far out as they go, one of them alone in its row or all alike; queries enough for
    // products by halves, and few.
    for (const bool is_flat : {false, true}) {
        for (const int head_dim : {4, 64, 128}) {
            Scene scene(DType::kI16, 2, 1, head_dim, 128, every_row(128));
            for (int r = 0; r < 128; ++r)
                for (int d = 0; d < head_dim; ++d) {
                    const float sign = (r * 7 + d * 3) % 5 < 2 ? -1.0f : 1.0f;
                    const float element = is_flat || d == r % head_dim ? sign : 1e-3f;
                    scene.k[r * head_dim + d] = scene.v[r * head_dim + d] = element;
                    for (int h = 0; h < 2; ++h)
                        scene.q[(r * 2 + h) * head_dim + d] = 3.0f * element;
                }
            // As the backend itself rounds them.
            std::vector<std::int32_t> rows = every_row(128);
            const Shape shape{128, 1, head_dim};
            Rope none{.style = RopeStyle::kHalves, .inverse_frequency = {0.0f}, .magnitude = 1.0f};
            std::vector<float> first;
            for (const CpuIsa isa : all_isas()) {
                const auto backend = make_backend(isa);
                backend->write_kv(scene.cache(), view(scene.k, shape), view(scene.v, shape),
                                  view(rows), view(scene.positions), none);
                const AttentionOptions options{.scale = 0.3f};
                const auto all = scene.attend(*backend, options, 0, 128);
                if (first.empty()) first = all;
                CHECK(same_bits(all, first));
                for (int t = 0; t < 128; t += 9)
                    CHECK(same_bits(
                        scene.attend(*backend, options, t, 1),
                        std::span(first).subspan(t * 2 * head_dim, std::size_t(2) * head_dim)));
            }
            for (int r = 0; r < 128; ++r)
                for (int d = 0; d < head_dim; ++d) {
                    scene.k[r * head_dim + d] = key(scene.cache(), 0, r, d);
                    scene.v[r * head_dim + d] = value(scene.cache(), 0, r, d);
                }
            CHECK(nmse(first, scene.expected({.scale = 0.3f})) < 1e-6);
        }
    }
}
