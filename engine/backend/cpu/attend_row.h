// The plain body of attention: one query head over its visible keys, in two passes.
#pragma once

#include <cstdint>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L>
struct AttendRow {
    using F = typename L::F;
    using Rows = RowKernels<L>;

    template <class T>
    static void run(float* out, const AttentionRow& row, float* weights) {
        const T* k = static_cast<const T*>(row.k);
        for (std::int64_t j = 0; j < row.n_keys; ++j)
            weights[j] = row.scale * dot(row.q, k + j * row.head_dim, row.head_dim);
        if (row.softcap > 0.0f) Rows::softcap(weights, row.n_keys, row.softcap);
        softmax(weights, row.n_keys);
        if (!out) return;
        const T* v = static_cast<const T*>(row.v);
        for (int d = 0; d < row.head_dim; d += 16) {
            const int n = Rows::left(row.head_dim, d);
            F sum = L::zero();
            for (std::int64_t j = 0; j < row.n_keys; ++j)
                sum = L::fma(L::set1(weights[j]), L::load_n(v + j * row.head_dim + d, n), sum);
            L::store_n(out + d, sum, n);
        }
    }

    template <class T>
    static float dot(const float* a, const T* b, int n) {
        F sum = L::zero();
        for (int i = 0; i < n; i += 16) {
            const int m = Rows::left(n, i);
            sum = L::fma(L::load_n(a + i, m), L::load_n(b + i, m), sum);
        }
        return L::sum(sum);
    }

    static void softmax(float* x, std::int64_t n) {
        float largest = x[0];
        for (std::int64_t i = 1; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
        float total = 0.0f;
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = Rows::left(n, i);
            const F e = LaneMath<L>::exp(L::sub(L::load_n(x + i, m), L::set1(largest)));
            L::store_n(x + i, e, m);
            for (int j = 0; j < m; ++j) total += x[i + j];
        }
        const F inverse = L::set1(1.0f / total);
        for (std::int64_t i = 0; i < n; i += 16) {
            const int m = Rows::left(n, i);
            L::store_n(x + i, L::mul(L::load_n(x + i, m), inverse), m);
        }
    }
};

}  // namespace lectern
