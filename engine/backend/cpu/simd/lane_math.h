// exp, exp2, sigmoid, tanh and erf over sixteen lanes, the same polynomials on every instruction
// set.
#pragma once

namespace lectern {

template <class L>
struct LaneMath {
    using F = typename L::F;

    /// e^x, relative error below 2e-7; x is clamped to [−87.3, 88.3].
    static F exp(F x) {
        x = L::max(L::min(x, L::set1(88.3f)), L::set1(-87.3f));
        const F n = L::round(L::mul(x, L::set1(1.44269504f)));
        // x − n ln 2, ln 2 in two parts whose first has few bits.
        F r = L::fma(n, L::set1(-0.693145752f), x);
        r = L::fma(n, L::set1(-1.42860677e-6f), r);
        // Taylor's series to r^7 on |r| ≤ ln 2 / 2: the rest is below 6e-9.
        F p = L::set1(1.0f / 5040.0f);
        p = L::fma(p, r, L::set1(1.0f / 720.0f));
        p = L::fma(p, r, L::set1(1.0f / 120.0f));
        p = L::fma(p, r, L::set1(1.0f / 24.0f));
        p = L::fma(p, r, L::set1(1.0f / 6.0f));
        p = L::fma(p, r, L::set1(0.5f));
        p = L::fma(p, r, L::set1(1.0f));
        p = L::fma(p, r, L::set1(1.0f));
        return L::scale_by_power(p, n);
    }

    /// 2^x for x ≤ 0, relative error below 2e-7, exactly 1 at 0; x is clamped to −126.
    static F exp2(F x) {
        x = L::max(x, L::set1(-126.0f));
        const F n = L::round(x);
        const F r = L::sub(x, n);
        // 1 + r q(r), fitted to the least largest relative error on |r| ≤ 1/2 (1e-7).
        F p = L::set1(1.3264727e-3f);
        p = L::fma(p, r, L::set1(9.671513e-3f));
        p = L::fma(p, r, L::set1(5.5507336e-2f));
        p = L::fma(p, r, L::set1(0.24022242f));
        p = L::fma(p, r, L::set1(0.693147f));
        p = L::fma(p, r, L::set1(1.0f));
        return L::scale_by_power(p, n);
    }

    /// x / (1 + e^(−s)): x times the logistic function of s.
    static F gate(F x, F s) {
        const F one = L::set1(1.0f);
        return L::div(x, L::add(one, exp(L::sub(L::zero(), s))));
    }

    /// 1 − 2 / (e^(2|x|) + 1), sign of x.
    static F tanh(F x) {
        const F one = L::set1(1.0f);
        const F a = L::abs(x);
        const F t = L::sub(one, L::div(L::set1(2.0f), L::add(exp(L::add(a, a)), one)));
        // Below 0.1 the difference cancels: the series x − x³/3 + 2x⁵/15 − 17x⁷/315 does not.
        const F s = L::mul(a, a);
        F p = L::set1(-17.0f / 315.0f);
        p = L::fma(p, s, L::set1(2.0f / 15.0f));
        p = L::fma(p, s, L::set1(-1.0f / 3.0f));
        p = L::fma(L::mul(p, s), a, a);
        return L::copysign(L::select_less(a, L::set1(0.1f), p, t), x);
    }

    /// Error below 4e-7; exactly ±1 from |x| = 4 on. x P(x²) / Q(x²), fitted to the least largest
    /// error on [0, 4] (2e-8 before rounding).
    static F erf(F x) {
        const F a = L::min(L::abs(x), L::set1(4.0f));
        const F s = L::mul(a, a);
        F p = L::set1(1.974722181330435e-6f);
        p = L::fma(p, s, L::set1(2.8801365988329053e-4f));
        p = L::fma(p, s, L::set1(4.003102891147137e-3f));
        p = L::fma(p, s, L::set1(5.34658282995224e-2f));
        p = L::fma(p, s, L::set1(0.19623848795890808f));
        p = L::fma(p, s, L::set1(1.128378987312317f));
        F q = L::set1(3.747825758182444e-5f);
        q = L::fma(q, s, L::set1(1.2161973863840103e-3f));
        q = L::fma(q, s, L::set1(1.5443376265466213e-2f));
        q = L::fma(q, s, L::set1(0.11647184193134308f));
        q = L::fma(q, s, L::set1(0.5072429776191711f));
        q = L::fma(q, s, L::set1(1.0f));
        return L::copysign(L::min(L::div(L::mul(a, p), q), L::set1(1.0f)), x);
    }
};

}  // namespace lectern
