#include "engine/kv/round_kv.h"

#include <algorithm>
#include <cassert>
#include <cstdint>

#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

constexpr float kLargestF16 = 65504.0f;

float storable(float x) { return x == x ? std::clamp(x, -kLargestF16, kLargestF16) : 0.0f; }

/// The largest f16 that is not above x, and the smallest that is not below.
std::uint16_t f16_at_most(float x) {
    const std::uint16_t nearest = f32_to_f16(x);
    if (f16_to_f32(nearest) <= x) return nearest;
    const bool negative = (nearest & 0x8000) != 0;
    return static_cast<std::uint16_t>(negative ? nearest + 1 : nearest - 1);
}
std::uint16_t f16_at_least(float x) { return static_cast<std::uint16_t>(f16_at_most(-x) ^ 0x8000); }

/// x[i · stride] for i < n: what shares a step and a minimum.
struct Run {
    const float* x = nullptr;
    int n = 0;
    std::size_t stride = 1;

    float operator[](int i) const { return storable(x[static_cast<std::size_t>(i) * stride]); }
};

/// x ≈ minimum + step · q, q in 0 … levels. Both are rounded outwards, so that the group's values
/// lie between the minimum and its last level.
struct Group {
    std::uint16_t step = 0, minimum = 0;

    Group(const Run& run, int levels) {
        float low = run[0], high = run[0];
        for (int i = 1; i < run.n; ++i) {
            low = std::min(low, run[i]);
            high = std::max(high, run[i]);
        }
        minimum = f16_at_most(low);
        step = f16_at_least((high - f16_to_f32(minimum)) / static_cast<float>(levels));
    }
};

std::uint8_t nearest_level(float x, float step, float minimum, int levels) {
    if (step == 0.0f) return 0;
    constexpr float kRound = 12582912.0f;  // 1.5 · 2^23: adding it leaves the nearest integer
    const float q = ((x - minimum) / step + kRound) - kRound;
    return static_cast<std::uint8_t>(std::clamp(q, 0.0f, static_cast<float>(levels)));
}

/// One part of a layer being written.
class Part {
  public:
    Part(std::span<std::byte> layer, const StoredPartLayout& layout, const KvShape& shape)
        : layout_(layout),
          head_dim_(shape.head_dim),
          values_(reinterpret_cast<std::uint8_t*>(layer.data() + layout.values)),
          groups_(reinterpret_cast<std::uint16_t*>(layer.data() + layout.groups)) {}

    void copy_f16(std::span<const float> x) {
        auto* half = reinterpret_cast<std::uint16_t*>(values_);
        for (std::size_t i = 0; i < x.size(); ++i) half[i] = f32_to_f16(storable(x[i]));
    }

    /// Rounds a run and enters its group: the step at groups[at], the minimum at groups[at +
    /// n_steps]. Its i-th value is channel `channel(i)` of head `head(i)`, counted over tokens.
    template <class Head, class Channel>
    void add(const Run& run, std::size_t at, std::size_t n_steps, Head head, Channel channel) {
        const int levels = (1 << layout_.bits) - 1;
        const Group group(run, levels);
        groups_[at] = group.step;
        groups_[at + n_steps] = group.minimum;
        const float step = f16_to_f32(group.step), minimum = f16_to_f32(group.minimum);
        for (int i = 0; i < run.n; ++i)
            put(head(i), channel(i), nearest_level(run[i], step, minimum, levels));
    }

  private:
    void put(std::size_t head, int channel, std::uint8_t q) {
        std::uint8_t* out = values_ + head * layout_.head_bytes;
        if (layout_.bits == 8) {
            out[channel] = q;
            return;
        }
        const int half = (head_dim_ + 1) / 2;
        if (channel < half)
            out[channel] = static_cast<std::uint8_t>(out[channel] | q);
        else
            out[channel - half] = static_cast<std::uint8_t>(out[channel - half] | q << 4);
    }

    const StoredPartLayout& layout_;
    int head_dim_;
    std::uint8_t* values_;
    std::uint16_t* groups_;
};

}  // namespace

void round_keys(std::span<std::byte> layer, const StoredPartLayout& part, const KvShape& shape,
                std::span<const float> x) {
    Part out(layer, part, shape);
    if (part.bits == 16) return out.copy_f16(x);
    const auto row = static_cast<std::size_t>(shape.row_elements());
    const auto head_dim = static_cast<std::size_t>(shape.head_dim);
    const auto n_heads = static_cast<std::size_t>(shape.n_kv_heads);
    const auto n_tokens = static_cast<int>(x.size() / row);
    for (int first = 0; first < n_tokens; first += part.group) {
        const auto group = static_cast<std::size_t>(first / part.group);
        for (std::size_t c = 0; c < row; ++c) {
            const std::size_t head = c / head_dim, channel = c % head_dim;
            const Run run{x.data() + static_cast<std::size_t>(first) * row + c,
                          std::min(part.group, n_tokens - first), row};
            out.add(
                run, (group * n_heads + head) * 2 * head_dim + channel, head_dim,
                [&](int i) { return static_cast<std::size_t>(first + i) * n_heads + head; },
                [&](int) { return static_cast<int>(channel); });
        }
    }
}

void round_values(std::span<std::byte> layer, const StoredPartLayout& part, const KvShape& shape,
                  std::span<const float> x) {
    Part out(layer, part, shape);
    if (part.bits == 16) return out.copy_f16(x);
    const auto n_groups = static_cast<std::size_t>(part.n_groups);
    const std::size_t n_heads = x.size() / static_cast<std::size_t>(shape.head_dim);
    for (std::size_t head = 0; head < n_heads; ++head) {
        const float* values = x.data() + head * static_cast<std::size_t>(shape.head_dim);
        for (std::size_t group = 0; group < n_groups; ++group) {
            const int first = static_cast<int>(group) * part.group;
            out.add(
                {values + first, std::min(part.group, shape.head_dim - first)},
                head * 2 * n_groups + group, n_groups, [&](int) { return head; },
                [&](int i) { return first + i; });
        }
    }
}

}  // namespace lectern
