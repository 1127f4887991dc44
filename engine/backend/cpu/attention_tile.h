// The body of attention: lines (one query head each) that share a key head pass over tiles of 64
// keys with an online softmax. The tile's type says how keys and values are kept (float_tile.h,
// integer_tile.h).
//
// Tiles begin at multiples of 64 rows and a chunk of 512 rows starts a fresh state, merged into the
// line's total in ascending order: so a line's sums have one order whatever other lines share the
// call. A key that a line does not see gets the weight 0 exactly, which changes none of its sums.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/backend/cpu/kernels.h"
#include "engine/backend/cpu/row_kernels.h"

namespace lectern {

template <class L, class Tile>
struct AttentionTile {
    using F = typename L::F;
    using Math = LaneMath<L>;

    static constexpr int kVectors = kTileKeys / 16;
    static constexpr float kLowest = -3.0e38f;

    static int clamp(std::int64_t x, int most) {
        return static_cast<int>(x < 0 ? 0 : x > most ? most : x);
    }

    /// To base 2: e^s = 2^(s / ln 2), and 2^x is cheaper.
    static F finished_score(F dot, const AttentionPass& pass) {
        constexpr float kPerLn2 = 1.44269504f;
        if (pass.softcap <= 0.0f) return L::mul(dot, L::set1(pass.scale * kPerLn2));
        const F s = L::mul(dot, L::set1(pass.scale));
        return L::mul(RowKernels<L>::capped(s, pass.softcap), L::set1(kPerLn2));
    }

    /// What a line sees of a tile: keys [from, to).
    struct Seen {
        int from;
        int to;

        Seen(const QueryLine& line, const Tile& tile)
            : from(clamp(line.first - tile.first_row, kTileKeys)),
              to(clamp(line.end - tile.first_row, kTileKeys)) {}
        bool is_all() const { return from == 0 && to == kTileKeys; }
        F select(F a, int i, float other) const {
            return L::select_range(a, from - 16 * i, to - 16 * i, L::set1(other));
        }
    };

    /// Finishes a line's scores; the largest.
    static float finish_scores(float* scores, const Seen& seen, const AttentionPass& pass) {
        F most = L::set1(kLowest);
        for (int i = 0; i < kVectors; ++i) {
            F s = finished_score(L::load(scores + 16 * i), pass);
            if (!seen.is_all()) s = seen.select(s, i, kLowest);
            L::store(scores + 16 * i, s);
            most = L::max(most, s);
        }
        return L::largest(most);
    }

    /// scores → 2^(score − largest), 0 where the line sees nothing; their sum.
    static float weigh(float* scores, const Seen& seen, float largest) {
        F total = L::zero();
        for (int i = 0; i < kVectors; ++i) {
            F e = Math::exp2(L::sub(L::load(scores + 16 * i), L::set1(largest)));
            if (!seen.is_all()) e = seen.select(e, i, 0.0f);
            total = L::add(total, e);
            L::store(scores + 16 * i, e);
        }
        return L::sum(total);
    }

    /// Scores of kRows lines → their weights, unnormalised; updates the lines' largest scores and
    /// sums. shrink: by how much each line's earlier sums shrink.
    template <int kRows>
    static void weigh_lines(float* scores, float* shrink, const QueryLine* lines, LineState* states,
                            const Tile& tile, const AttentionPass& pass) {
        static_assert(kRows <= 16, "one vector holds a number of every line");
        alignas(64) float before[16] = {}, largest[16] = {};
        for (int r = 0; r < kRows; ++r) {
            const float most = finish_scores(scores + r * kTileKeys, Seen(lines[r], tile), pass);
            before[r] = states[r].largest;
            largest[r] = before[r] > most ? before[r] : most;
        }
        L::store(shrink, Math::exp2(L::sub(L::load(before), L::load(largest))));
        for (int r = 0; r < kRows; ++r) {
            const float sum = weigh(scores + r * kTileKeys, Seen(lines[r], tile), largest[r]);
            states[r].sum = states[r].sum * shrink[r] + sum;
            states[r].largest = largest[r];
        }
    }

    template <int kRows>
    static void lines_over_tile(const QueryLine* lines, LineState* states, const Tile& tile,
                                const AttentionPass& pass) {
        alignas(64) float scores[kRows * kTileKeys];
        tile.template dot<kRows>(scores, lines);
        alignas(64) float shrink[16];
        weigh_lines<kRows>(scores, shrink, lines, states, tile, pass);
        if (!tile.values) return;
        float* acc[kRows];
        for (int r = 0; r < kRows; ++r) acc[r] = states[r].values;
        const typename Tile::template Weights<kRows> weights(tile, scores);
        for (int d = 0; d < pass.head_dim;) {
            // By whole vectors; a last one that is part of one goes alone.
            const int n = std::clamp((pass.head_dim - d) / 16, 1, 4);
            if (n == 4)
                tile.template accumulate<kRows, 4>(acc, shrink, weights, d);
            else if (n == 3)
                tile.template accumulate<kRows, 3>(acc, shrink, weights, d);
            else if (n == 2)
                tile.template accumulate<kRows, 2>(acc, shrink, weights, d);
            else
                tile.template accumulate<kRows, 1>(acc, shrink, weights, d);
            for (int r = 0; r < kRows; ++r) acc[r] += 16 * n;
            d += 16 * n;
        }
    }

    /// Calls each<kRows>(first line) over lines whose visible rows meet the tile.
    template <class Each>
    static void for_line_tiles(int n_lines, const Each& each) {
        int i = 0;
        for (; i + L::kLineTile <= n_lines; i += L::kLineTile) each(Rows<L::kLineTile>{}, i);
        if constexpr (L::kLineTile > 3)
            for (; i + 3 <= n_lines; i += 3) each(Rows<3>{}, i);
        for (; i < n_lines; ++i) each(Rows<1>{}, i);
    }
    template <int n>
    struct Rows {
        static constexpr int value = n;
    };

    static bool meets(const QueryLine* lines, int n, std::int64_t begin, std::int64_t end) {
        for (int i = 0; i < n; ++i)
            if (lines[i].first < end && lines[i].end > begin) return true;
        return false;
    }

    static void reset(LineState* states, int n_lines, int width) {
        for (int i = 0; i < n_lines; ++i) {
            states[i].largest = kLowest;
            states[i].sum = 0.0f;
            if (states[i].values)
                for (int d = 0; d < width; d += 16) L::store(states[i].values + d, L::zero());
        }
    }

    static void chunk(const QueryLine* lines, LineState* states, int n_lines,
                      const AttentionPass& pass, std::int64_t begin, std::int64_t end,
                      float* room) {
        reset(states, n_lines, padded(pass.head_dim));
        for (std::int64_t row = begin; row < end; row += kTileKeys) {
            const int n_rows = clamp(end - row, kTileKeys);
            if (!meets(lines, n_lines, row, row + n_rows)) continue;
            const Tile tile = Tile::load(pass, row, n_rows, n_lines, room);
            for_line_tiles(n_lines, [&](auto rows, int i) {
                constexpr int n = decltype(rows)::value;
                if (meets(lines + i, n, row, row + n_rows))
                    lines_over_tile<n>(lines + i, states + i, tile, pass);
            });
        }
    }

    /// total = total ⊕ part, line by line.
    static void merge(LineState* total, const LineState* part, int n_lines, int head_dim) {
        const int width = padded(head_dim);
        for (int i = 0; i < n_lines; ++i) {
            LineState& a = total[i];
            const LineState& b = part[i];
            if (b.sum == 0.0f) continue;  // saw nothing there
            const float most = a.largest > b.largest ? a.largest : b.largest;
            const float keep = L::first_lane(Math::exp2(L::set1(a.largest - most)));
            const float take = L::first_lane(Math::exp2(L::set1(b.largest - most)));
            a.sum = a.sum * keep + b.sum * take;
            a.largest = most;
            if (!a.values) continue;
            for (int d = 0; d < width; d += 16)
                L::store(a.values + d, L::fma(L::load(b.values + d), L::set1(take),
                                              L::mul(L::load(a.values + d), L::set1(keep))));
        }
    }

    /// out[head_dim] of each line from its total.
    static void finish(const QueryLine* lines, const LineState* total, int n_lines, int head_dim) {
        for (int i = 0; i < n_lines; ++i) {
            const F inverse = L::set1(1.0f / total[i].sum);
            for (int d = 0; d < head_dim; d += 16)
                L::store_n(lines[i].out + d, L::mul(L::load(total[i].values + d), inverse),
                           RowKernels<L>::left(head_dim, d));
        }
    }

    /// mass[0 … end − begin) += every line's normalised weight on rows begin …, lines in order.
    static void mass(float* mass, const QueryLine* lines, const LineState* total, int n_lines,
                     const AttentionPass& pass, std::int64_t begin, std::int64_t end, float* room) {
        for (std::int64_t row = begin; row < end; row += kTileKeys) {
            const int n_rows = clamp(end - row, kTileKeys);
            if (!meets(lines, n_lines, row, row + n_rows)) continue;
            const Tile tile = Tile::load(pass, row, n_rows, n_lines, room);
            for_line_tiles(n_lines, [&](auto rows, int i) {
                constexpr int n = decltype(rows)::value;
                alignas(64) float scores[n * kTileKeys];
                tile.template dot<n>(scores, lines + i);
                for (int r = 0; r < n; ++r)
                    add_weights(mass + (row - begin), scores + r * kTileKeys, lines[i + r],
                                total[i + r], row, n_rows, pass);
            });
        }
    }

    static void add_weights(float* mass, const float* scores, const QueryLine& line,
                            const LineState& total, std::int64_t row, int n_rows,
                            const AttentionPass& pass) {
        const int from = clamp(line.first - row, n_rows), to = clamp(line.end - row, n_rows);
        const F inverse = L::set1(1.0f / total.sum), largest = L::set1(total.largest);
        for (int i = 0; i < n_rows; i += 16) {
            const F s = finished_score(L::load(scores + i), pass);
            const F w = L::mul(Math::exp2(L::sub(s, largest)), inverse);
            const int n = RowKernels<L>::left(n_rows, i);
            L::store_n(
                mass + i,
                L::add(L::load_n(mass + i, n), L::select_range(w, from - i, to - i, L::zero())), n);
        }
    }
};

}  // namespace lectern
