#include "engine/quant/dequantize.h"
#include "tests/backend/backend_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Runs op(backend, values) on every instruction set: all must give the same bits; returns them.
template <class Op>
std::vector<float> on_every_isa(const std::vector<float>& input, const Op& op) {
    std::vector<float> first;
    for (const CpuIsa isa : all_isas()) {
        for (const int n_threads : {1, 3}) {
            const auto backend = make_backend(isa, n_threads);
            std::vector<float> values = input;
            op(*backend, values);
            if (first.empty()) first = values;
            INFO(backend->description());
            CHECK(same_bits(values, first));
        }
    }
    return first;
}

}  // namespace

TEST_CASE("RMS norm divides each row by its root mean square") {
    for (const std::int64_t d : {1, 15, 64, 576, 1537}) {
        const std::int64_t n_rows = 37;
        const auto x = random_values(n_rows * d, 1, 3.0f);
        auto weight = random_values(d, 2);
        const auto out = on_every_isa(x, [&](Backend& b, std::vector<float>& v) {
            b.rms_norm(view(v, {n_rows, d}), view(v, {n_rows, d}), view(weight, {d}), 1e-5f);
        });
        for (std::int64_t r = 0; r < n_rows; ++r) {
            double squares = 0;
            for (std::int64_t i = 0; i < d; ++i) squares += double{x[r * d + i]} * x[r * d + i];
            const double scale = 1.0 / std::sqrt(squares / d + 1e-5);
            for (std::int64_t i = 0; i < d; ++i)
                CHECK(out[r * d + i] ==
                      Approx(x[r * d + i] * scale * weight[i]).epsilon(1e-5).margin(1e-6));
        }
    }
}

TEST_CASE("layer norm centres and scales each row") {
    for (const std::int64_t d : {7, 384, 400}) {
        const std::int64_t n_rows = 5;
        const auto x = random_values(n_rows * d, 3, 2.0f);
        auto weight = random_values(d, 4), bias = random_values(d, 5);
        const auto out = on_every_isa(x, [&](Backend& b, std::vector<float>& v) {
            b.layer_norm(view(v, {n_rows, d}), view(v, {n_rows, d}), view(weight, {d}),
                         view(bias, {d}), 1e-12f);
        });
        for (std::int64_t r = 0; r < n_rows; ++r) {
            double mean = 0, variance = 0;
            for (std::int64_t i = 0; i < d; ++i) mean += x[r * d + i] / double(d);
            for (std::int64_t i = 0; i < d; ++i)
                variance += (x[r * d + i] - mean) * (x[r * d + i] - mean) / double(d);
            for (std::int64_t i = 0; i < d; ++i)
                CHECK(out[r * d + i] ==
                      Approx((x[r * d + i] - mean) / std::sqrt(variance) * weight[i] + bias[i])
                          .epsilon(1e-4)
                          .margin(1e-5));
        }
    }
}

TEST_CASE("activations follow their formulas") {
    auto x = random_values(50000, 6, 4.0f);
    x[0] = 0.0f;
    x[1] = -100.0f;
    x[2] = 100.0f;
    x[3] = 1e-6f;
    for (int i = 0; i < 4000; ++i) x[4 + i] = 0.004f * static_cast<float>(i - 2000);
    auto up = random_values(x.size(), 7);
    const auto n = static_cast<std::int64_t>(x.size());
    const auto formula = [](Activation activation, double v) {
        if (activation == Activation::kSilu) return v / (1.0 + std::exp(-v));
        if (activation == Activation::kGeluErf) return 0.5 * v * (1.0 + std::erf(v * M_SQRT1_2));
        return 0.5 * v * (1.0 + std::tanh(std::sqrt(2.0 / M_PI) * (v + 0.044715 * v * v * v)));
    };
    for (const Activation activation :
         {Activation::kSilu, Activation::kGeluTanh, Activation::kGeluErf}) {
        const auto out = on_every_isa(
            x, [&](Backend& b, std::vector<float>& v) { b.activate(view(v, {n}), activation); });
        const auto gated = on_every_isa(x, [&](Backend& b, std::vector<float>& v) {
            b.gated_activate(view(v, {1, n}), view(up, {1, n}), activation);
        });
        double worst = 0;
        for (std::int64_t i = 0; i < n; ++i) {
            const double expected = formula(activation, x[i]);
            worst =
                std::max(worst, std::abs(out[i] - expected) / std::max(1.0, std::abs(expected)));
            CHECK(gated[i] == out[i] * up[i]);
        }
        CHECK(worst < 1e-6);
    }
}

TEST_CASE("softcap bends values below its cap and keeps small ones") {
    const auto x = random_values(1000, 8, 20.0f);
    const auto out = on_every_isa(x, [&](Backend& b, std::vector<float>& v) {
        b.softcap(view(v, {1, 1000}), 30.0f);
    });
    for (int i = 0; i < 1000; ++i)
        CHECK(out[i] == Approx(30.0 * std::tanh(x[i] / 30.0)).epsilon(2e-6).margin(1e-7));
}

TEST_CASE("add sums elementwise, gather copies rows, zero rows do nothing") {
    auto y = random_values(40000, 9);
    const auto x = random_values(40000, 10);
    const auto out = on_every_isa(x, [&](Backend& b, std::vector<float>& v) {
        b.add(view(v, {100, 400}), view(y, {100, 400}));
        b.add(view(v, {0, 400}), view(y, {0, 400}));
    });
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(out[i] == x[i] + y[i]);

    const auto backend = make_backend(CpuIsa::kScalar);
    std::vector<std::int32_t> rows{99, 0, 42};
    std::vector<float> gathered(1200), source = x;
    backend->gather_rows(view(gathered, {3, 400}), view(source, {100, 400}), view(rows));
    for (int r = 0; r < 3; ++r)
        CHECK(same_bits(std::span(gathered).subspan(r * 400, 400),
                        std::span(x).subspan(rows[r] * 400, 400)));
}
