#include <numeric>

#include "engine/quant/dequantize.h"
#include "tests/backend/backend_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct TestWeight {
    WeightSource source;
    std::vector<std::byte> bytes;
    std::vector<float> values;  ///< [n_out, n_in], dequantised
};

bool is_f16_field(DType dtype, std::size_t at) {
    switch (dtype) {
        case DType::kQ8_0:
        case DType::kQ4_0:
        case DType::kQ5_0:
            return at == 0;
        case DType::kQ4_1:
        case DType::kQ5_1:
        case DType::kQ4K:
        case DType::kQ5K:
            return at == 0 || at == 2;
        case DType::kQ2K:
            return at == 80 || at == 82;
        case DType::kQ3K:
            return at == 108;
        case DType::kQ6K:
            return at == 208;
        default:
            return false;
    }
}

/// Random bits everywhere but in the f16 scales, which are small numbers of either sign.
TestWeight random_weight(DType dtype, std::int64_t n_out, std::int64_t n_in, unsigned seed) {
    TestWeight w;
    std::mt19937 random(seed);
    const std::size_t row = row_bytes(dtype, n_in);
    w.bytes.resize(row * n_out);
    std::normal_distribution<float> normal(0.0f, 0.05f);
    const std::size_t block = info(dtype).block_bytes;
    for (std::size_t at = 0; at < w.bytes.size(); at += block) {
        if (block == 4) {
            const float v = normal(random);
            std::memcpy(&w.bytes[at], &v, 4);
        } else if (block == 2) {
            const float v = normal(random);
            std::uint16_t half = f32_to_f16(v);
            if (dtype == DType::kBF16) {
                std::uint32_t bits;
                std::memcpy(&bits, &v, 4);
                half = static_cast<std::uint16_t>(bits >> 16);
            }
            std::memcpy(&w.bytes[at], &half, 2);
        } else {
            for (std::size_t i = 0; i < block; ++i) {
                w.bytes[at + i] = static_cast<std::byte>(random());
                if (!is_f16_field(dtype, i)) continue;
                const std::uint16_t half = f32_to_f16(normal(random) * 0.02f);
                std::memcpy(&w.bytes[at + i], &half, 2);
                ++i;
            }
        }
    }
    w.values.resize(n_out * n_in);
    dequantize(dtype, w.bytes, w.values);
    w.source = {dtype, n_out, n_in, w.bytes, nullptr};
    return w;
}

constexpr DType kAllTypes[] = {DType::kF32,  DType::kF16,  DType::kBF16, DType::kQ8_0, DType::kQ4_0,
                               DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ2K,  DType::kQ3K,
                               DType::kQ4K,  DType::kQ5K,  DType::kQ6K};

std::vector<float> reference(const TestWeight& w, std::span<const float> x, std::int64_t n_rows,
                             const std::vector<float>* bias) {
    const std::int64_t n_out = w.source.n_out, n_in = w.source.n_in;
    std::vector<float> out(n_rows * n_out);
    for (std::int64_t t = 0; t < n_rows; ++t)
        for (std::int64_t o = 0; o < n_out; ++o) {
            double sum = bias ? (*bias)[o] : 0.0;
            for (std::int64_t i = 0; i < n_in; ++i)
                sum += double{x[t * n_in + i]} * w.values[o * n_in + i];
            out[t * n_out + o] = static_cast<float>(sum);
        }
    return out;
}

std::vector<float> product(Backend& backend, const Weight& w, std::vector<float> x,
                           std::int64_t n_rows, std::vector<float>* bias = nullptr) {
    std::vector<float> out(n_rows * w.n_out(), -7.0f);
    TensorView b;
    if (bias) b = view(*bias, {w.n_out()});
    backend.matmul(view(out, {n_rows, w.n_out()}), view(x, {n_rows, w.n_in()}), w, b);
    return out;
}

/// Normalised mean square error of int8 activations in blocks of 32: uniform rounding error of
/// step amax / 127 with amax about 2.2 deviations gives (2.2 / 127)² / 12 = 2.5e-5 (double for
/// weights with an offset, whose rounding errors do not average out against it); f32 sums far less.
constexpr double kPlainTolerance = 1e-11;
constexpr double kQuantisedTolerance = 1e-4;

}  // namespace

TEST_CASE("a product is x times the transposed weight plus bias, for every type") {
    for (const DType dtype : kAllTypes) {
        for (const std::int64_t n_out : {1, 33, 100}) {
            const std::int64_t n_in = 768;
            const TestWeight w = random_weight(dtype, n_out, n_in, 11 + n_out);
            const std::int64_t n_rows = 9;
            const auto x = random_values(n_rows * n_in, 12);
            auto bias = random_values(n_out, 13);
            for (const CpuNumerics numerics : {CpuNumerics::kPlainF32, CpuNumerics::kQuantised}) {
                const auto backend = make_backend(CpuIsa::kAvx512Vnni, 2, numerics);
                const auto packed = backend->pack(w.source);
                REQUIRE(packed);
                const bool is_exact = numerics == CpuNumerics::kPlainF32 || dtype <= DType::kBF16;
                const auto out = product(*backend, **packed, x, n_rows, &bias);
                INFO(info(dtype).name << " n_out " << n_out);
                CHECK(nmse(out, reference(w, x, n_rows, &bias)) <
                      (is_exact ? kPlainTolerance : kQuantisedTolerance));
                CHECK(
                    nmse(product(*backend, **packed, x, n_rows), reference(w, x, n_rows, nullptr)) <
                    (is_exact ? kPlainTolerance : kQuantisedTolerance));
            }
        }
    }
}

TEST_CASE("fine activations err as two int8 parts do, with the same bits in any company") {
    for (const DType dtype : kAllTypes) {
        const std::int64_t n_in = 768, n_out = 70, most = 131;
        TestWeight w = random_weight(dtype, n_out, n_in, 31);
        w.source.fine_activations = true;
        const auto x = random_values(most * n_in, 32);
        auto bias = random_values(n_out, 33);
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            const auto backend = make_backend(isa, 2, CpuNumerics::kQuantised);
            const auto packed = backend->pack(w.source);
            REQUIRE(packed);
            INFO(info(dtype).name << " " << backend->description());
            for (const std::int64_t n_rows : {131, 1, 2, 4, 5, 9}) {
                const auto part = std::vector<float>(x.begin(), x.begin() + n_rows * n_in);
                const auto out = product(*backend, **packed, part, n_rows, &bias);
                if (first.empty()) first = out;
                CHECK(std::equal(out.begin(), out.end(), first.begin()));
            }
        }
        // What the first part leaves is at most half its step: the second's error is 254 times
        // less. K types round a group's sum to i16 besides, some hundreds of steps to its size.
        const bool is_super = info(dtype).block_elements == 256;
        const double less = is_super ? 14.0 : 100.0;
        CHECK(nmse(first, reference(w, x, most, &bias)) < kQuantisedTolerance / (less * less));
    }
}

TEST_CASE("products of 16-bit integers err by their rounding, with the same bits in any company") {
    for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16}) {
        const std::int64_t n_in = 772, n_out = 70, most = 131;
        TestWeight w = random_weight(dtype, n_out, n_in, 41);
        w.source.as_int16 = true;
        auto x = random_values(most * n_in, 42);
        std::fill_n(x.begin() + n_in, n_in, 0.0f);
        x[0] = 1000.0f;  // reaches 16 bits where the others need few
        auto bias = random_values(n_out, 43);
        std::vector<float> first;
        for (const CpuIsa isa : all_isas()) {
            for (const int n_threads : {1, 3}) {
                const auto backend = make_backend(isa, n_threads, CpuNumerics::kQuantised);
                const auto packed = backend->pack(w.source);
                REQUIRE(packed);
                INFO(info(dtype).name << " " << backend->description());
                for (const std::int64_t n_rows : {131, 1, 2, 5, 100}) {
                    const auto part = std::vector<float>(x.begin(), x.begin() + n_rows * n_in);
                    const auto out = product(*backend, **packed, part, n_rows, &bias);
                    if (first.empty()) first = out;
                    CHECK(std::equal(out.begin(), out.end(), first.begin()));
                }
            }
        }
        CHECK(std::equal(bias.begin(), bias.end(), first.begin() + n_out));
        // Rounding to a step of 1 at a root mean square of 32500 / √772 = 1170 errs by 6e-8 of the
        // square, for weights and activations each.
        const auto rest = std::span(first).subspan(2 * n_out);
        const auto expected = reference(w, x, most, &bias);
        CHECK(nmse(rest, std::span(expected).subspan(2 * n_out)) < 2e-7);
    }
}

TEST_CASE("products of 16-bit integers hold their sums at every extreme of what they multiply") {
    for (const std::int64_t n_in : {4, 8, 68, 1536}) {
        // Rows that reach the limits of one element, of the length, and of each half's sums.
        std::vector<float> rows;
        const auto add = [&](const auto& value) {
            for (std::int64_t k = 0; k < n_in; ++k) rows.push_back(value(k));
        };
        add([](std::int64_t) { return 1.0f; });
        add([](std::int64_t) { return -1.0f; });
        add([&](std::int64_t k) { return k < n_in / 2 ? 1.0f : 0.0f; });
        add([&](std::int64_t k) { return k < n_in / 2 ? 1.0f : -1.0f; });
        add([](std::int64_t k) { return k == 0 ? 1.0f : 0.0f; });
        add([&](std::int64_t k) { return k == n_in / 2 ? -1.0f : 0.0f; });
        add([](std::int64_t k) { return k % 2 == 0 ? 1e-3f : -1e3f; });
        add([](std::int64_t) { return 0.0f; });
        const auto n_rows = static_cast<std::int64_t>(rows.size()) / n_in;
        TestWeight w;
        w.values = rows;
        w.bytes.resize(rows.size() * sizeof(float));
        std::memcpy(w.bytes.data(), rows.data(), w.bytes.size());
        w.source = {DType::kF32, n_rows, n_in, w.bytes, nullptr};
        w.source.as_int16 = true;
        const auto expected = reference(w, rows, n_rows, nullptr);
        for (const CpuIsa isa : all_isas()) {
            const auto backend = make_backend(isa, 1, CpuNumerics::kQuantised);
            const auto packed = backend->pack(w.source);
            REQUIRE(packed);
            INFO(n_in << " " << backend->description());
            const auto out = product(*backend, **packed, rows, n_rows);
            for (std::int64_t i = 0; i < n_rows * n_rows; ++i) {
                double squares[2] = {};
                for (std::int64_t k = 0; k < n_in; ++k) {
                    squares[0] += std::pow(rows[i / n_rows * n_in + k], 2);
                    squares[1] += std::pow(rows[i % n_rows * n_in + k], 2);
                }
                // Each errs by at most √n / 2 steps, at a length of 16383 steps or more.
                const double lengths = std::sqrt(squares[0] * squares[1]);
                CHECK(std::abs(out[i] - expected[i]) <= 2.5e-3 * lengths);
            }
        }
    }
}

TEST_CASE("a row's product has the same bits whatever its company, threads and instruction set") {
    for (const CpuNumerics numerics : {CpuNumerics::kQuantised, CpuNumerics::kPlainF32}) {
        for (const DType dtype : kAllTypes) {
            const std::int64_t n_in = 512 + 256, n_out = 70, most = 257;
            const TestWeight w = random_weight(dtype, n_out, n_in, 21);
            const auto x = random_values(most * n_in, 22, 2.0f);
            std::vector<float> first;  // all rows in one call
            for (const CpuIsa isa : all_isas()) {
                for (const int n_threads : {1, 2, 5}) {
                    const auto backend = make_backend(isa, n_threads, numerics);
                    const auto packed = backend->pack(w.source);
                    REQUIRE(packed);
                    INFO(info(dtype).name << " " << backend->description());
                    for (const std::int64_t n_rows : {257, 0, 1, 2, 3, 5, 8, 17, 33}) {
                        if (isa == CpuIsa::kScalar && n_rows > 40 && n_threads > 1) continue;
                        const auto part = std::vector<float>(x.begin(), x.begin() + n_rows * n_in);
                        const auto out = product(*backend, **packed, part, n_rows);
                        if (first.empty()) first = out;
                        INFO("rows " << n_rows);
                        CHECK(same_bits(out, std::span(first).first(n_rows * n_out)));
                    }
                }
            }
        }
    }
}

TEST_CASE("products that share their rows have the bits of single ones") {
    constexpr std::int64_t kIn = 768;
    const DType types[] = {DType::kQ4K, DType::kF16, DType::kQ6K, DType::kQ8_0};
    const std::int64_t outputs[] = {100, 40, 33, 64};
    for (const CpuIsa isa : {CpuIsa::kScalar, CpuIsa::kAvx512Vnni}) {
        const auto backend = make_backend(isa);
        std::vector<std::unique_ptr<Weight>> weights;
        for (int i = 0; i < 4; ++i) {
            TestWeight w = random_weight(types[i], outputs[i], kIn, 61 + i);
            w.source.fine_activations = i >= 2;
            weights.push_back(backend->pack(w.source).value());
        }
        for (const std::int64_t n_rows : {1, 4, 6, 40}) {  // 6 rows: few for some, many for others
            auto x = random_values(n_rows * kIn, 65);
            std::vector<std::vector<float>> outs;
            std::vector<Product> products;
            for (int i = 0; i < 4; ++i)
                outs.emplace_back(static_cast<std::size_t>(n_rows * outputs[i]), -7.0f);
            for (int i = 0; i < 4; ++i)
                products.push_back(
                    {view(outs[i], {n_rows, outputs[i]}), weights[i].get(), TensorView{}});
            backend->multiply(view(x, {n_rows, kIn}), products);
            for (int i = 0; i < 4; ++i) {
                INFO("rows " << n_rows << ", product " << i);
                CHECK(same_bits(outs[i], product(*backend, *weights[i], x, n_rows)));
            }
        }
    }
}

TEST_CASE("depths that are no multiple of a panel give the right product") {
    for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16, DType::kQ8_0, DType::kQ4_0,
                              DType::kQ4_1, DType::kQ5_0, DType::kQ5_1}) {
        for (const std::int64_t n_in : {32, 96, 288, 576}) {
            const TestWeight w = random_weight(dtype, 48, n_in, 31);
            const auto x = random_values(3 * n_in, 32);
            const auto backend = make_backend(CpuIsa::kAvx512Vnni);
            const auto packed = backend->pack(w.source);
            REQUIRE(packed);
            INFO(info(dtype).name << " n_in " << n_in);
            CHECK(nmse(product(*backend, **packed, x, 3), reference(w, x, 3, nullptr)) <
                  (dtype <= DType::kBF16 ? kPlainTolerance : kQuantisedTolerance));
        }
    }
    // Plain types may have any depth.
    const TestWeight w = random_weight(DType::kF32, 5, 37, 33);
    const auto x = random_values(2 * 37, 34);
    const auto backend = make_backend(CpuIsa::kAvx512Vnni);
    const auto packed = backend->pack(w.source);
    REQUIRE(packed);
    CHECK(nmse(product(*backend, **packed, x, 2), reference(w, x, 2, nullptr)) < kPlainTolerance);
}

TEST_CASE("embedding rows are the table's dequantised rows, scaled") {
    const std::int64_t n_in = 512;
    for (const CpuNumerics numerics : {CpuNumerics::kQuantised, CpuNumerics::kPlainF32}) {
        for (const DType dtype : kAllTypes) {
            for (const std::int64_t n_out : {1, 16, 17, 32, 75}) {
                const TestWeight w = random_weight(dtype, n_out, n_in, 41 + n_out);
                const auto backend = make_backend(CpuIsa::kAvx512Vnni, 2, numerics);
                const auto packed = backend->pack(w.source);
                REQUIRE(packed);
                std::vector<std::int32_t> ids(n_out);
                std::iota(ids.rbegin(), ids.rend(), 0);
                std::vector<float> out(n_out * n_in);
                backend->embed(view(out, {n_out, n_in}), **packed, view(ids), 3.0f);
                std::vector<float> expected(n_out * n_in);
                for (std::int64_t t = 0; t < n_out; ++t)
                    for (std::int64_t i = 0; i < n_in; ++i)
                        expected[t * n_in + i] = w.values[ids[t] * n_in + i] * 3.0f;
                INFO(info(dtype).name << " n_out " << n_out);
                CHECK(out == expected);
            }
        }
    }
}

TEST_CASE("a weight whose bytes do not fit its shape is refused") {
    TestWeight w = random_weight(DType::kQ8_0, 4, 64, 51);
    w.source.bytes = w.source.bytes.first(w.source.bytes.size() - 1);
    for (const CpuNumerics numerics : {CpuNumerics::kQuantised, CpuNumerics::kPlainF32}) {
        const auto packed = make_backend(CpuIsa::kScalar, 1, numerics)->pack(w.source);
        REQUIRE_FALSE(packed);
        CHECK(packed.error().code == ErrorCode::kCorrupt);
    }
}
