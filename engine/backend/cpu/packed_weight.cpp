#include "engine/backend/cpu/packed_weight.h"

#include <cassert>
#include <cstring>

#include "engine/backend/cpu/file_block.h"
#include "engine/quant/dequantize.h"

namespace lectern {
namespace {

using Step = std::uint8_t[kStepBytes];

/// Planes of kBits bits each, from bit kFrom on, of 8 unpacked steps. Returns the planes' end.
template <int kBits, int kFrom>
std::uint8_t* write_planes(const Step* steps, std::uint8_t* out) {
    constexpr int kSteps = 8 / kBits;  // of a plane, the first in its lowest bits
    for (int first = 0; first < kBlockSteps; first += kSteps, out += kStepBytes)
        for (int i = 0; i < kStepBytes; ++i) {
            unsigned bits = 0;
#pragma GCC unroll 8
            for (int s = 0; s < kSteps; ++s)
                bits |= ((steps[first + s][i] >> kFrom) & ((1u << kBits) - 1)) << (kBits * s);
            out[i] = static_cast<std::uint8_t>(bits);
        }
    return out;
}

template <int kLowBits, int kHighBits>
void write_block(const Step* steps, std::uint8_t* out) {
    out = write_planes<kLowBits, 0>(steps, out);
    if constexpr (kHighBits > 0) write_planes<kHighBits, kLowBits>(steps, out);
}

/// The bit planes of 8 unpacked steps, as quantised_format.h describes them.
void write_block(const QuantFormat& f, const Step* steps, std::uint8_t* out) {
    if (f.low_bits == 8) return write_block<8, 0>(steps, out);
    if (f.low_bits == 2 && f.high_bits == 0) return write_block<2, 0>(steps, out);
    if (f.low_bits == 2) return write_block<2, 1>(steps, out);
    if (f.high_bits == 0) return write_block<4, 0>(steps, out);
    if (f.high_bits == 1) return write_block<4, 1>(steps, out);
    write_block<4, 2>(steps, out);
}

/// Byte i of step s, from the planes.
int read_planes(const QuantFormat& f, const std::uint8_t* block, int s, int i) {
    const int n_low = 8 / f.low_bits;
    const int low = (block[kStepBytes * (s / n_low) + i] >> (f.low_bits * (s % n_low))) &
                    ((1 << f.low_bits) - 1);
    if (f.high_bits == 0) return low;
    const int n_high = 8 / f.high_bits;
    const int high =
        (block[kStepBytes * (f.low_bits + s / n_high) + i] >> (f.high_bits * (s % n_high))) &
        ((1 << f.high_bits) - 1);
    return low | high << f.low_bits;
}

/// Output `lane`'s scales of one unit.
void write_scales(const QuantFormat& f, const FileBlock& block, int lane, std::uint8_t* unit) {
    std::memcpy(unit + 2 * lane, &block.d, 2);
    if (f.has_offset) std::memcpy(unit + 2 * (kStripOutputs + lane), &block.dmin, 2);
    if (!f.is_super) return;
    for (int g = 0; g < kSuperBlocks * f.n_groups(); ++g) {
        unit[f.scale_at(g, lane)] = block.scale[g];
        if (f.has_offset) unit[f.min_at(g, lane)] = block.min[g];
    }
}

struct ScaleOffset {
    float scale;
    float offset;
};

/// What write_scales wrote for the unit's group g.
ScaleOffset read_scales(const QuantFormat& f, const std::uint8_t* unit, int lane, int g) {
    std::uint16_t d = 0, dmin = 0;
    std::memcpy(&d, unit + 2 * lane, 2);
    if (f.has_offset) std::memcpy(&dmin, unit + 2 * (kStripOutputs + lane), 2);
    ScaleOffset r{f16_to_f32(d), f16_to_f32(dmin)};
    if (!f.is_super) return r;
    const std::uint8_t scale = unit[f.scale_at(g, lane)];
    r.scale *= f.signed_scales ? static_cast<float>(static_cast<std::int8_t>(scale))
                               : static_cast<float>(scale);
    if (f.has_offset) r.offset *= -static_cast<float>(unit[f.min_at(g, lane)]);
    return r;
}

}  // namespace

Result<std::unique_ptr<Weight>> PackedWeight::create(const WeightSource& source, ThreadPool& pool) {
    const QuantFormat& f = *quant_format(source.dtype);
    const std::int64_t n_blocks = source.n_in / kBlockDepth;
    assert(n_blocks % f.unit_blocks() == 0);
    const std::size_t strip_bytes =
        n_blocks * f.block_bytes() + n_blocks / f.unit_blocks() * f.unit_bytes();
    const std::size_t n_bytes = (strip_bytes + 63) / 64 * 64 * ((source.n_out + 31) / 32 * 2);
    AlignedBytes bytes(allocate_aligned(n_bytes));
    if (!bytes)
        return fail(ErrorCode::kOutOfMemory, "There is not enough memory for the model's weights.",
                    "Close other applications or choose a smaller model.");
    std::unique_ptr<PackedWeight> weight(new PackedWeight(source, std::move(bytes)));
    pool.parallel_for(weight->n_strips(),
                      [&](std::int64_t strip, int) { weight->pack_strip(source, strip); });
    return weight;
}

PackedWeight::PackedWeight(const WeightSource& source, AlignedBytes bytes)
    : Weight(source.n_out, source.n_in),
      dtype_(source.dtype),
      n_parts_(source.fine_activations ? 2 : 1),
      format_(*quant_format(source.dtype)),
      quant_bytes_(n_blocks() * format_.block_bytes()),
      strip_bytes_((quant_bytes_ + n_blocks() / format_.unit_blocks() * format_.unit_bytes() + 63) /
                   64 * 64),
      bytes_(std::move(bytes)) {}

StripView PackedWeight::strip(std::int64_t i, std::int64_t first_block) const {
    const auto* strip = static_cast<const std::uint8_t*>(bytes_.get()) + i * strip_bytes_;
    return block_at(format_, {strip, strip + quant_bytes_}, first_block);
}

void PackedWeight::pack_strip(const WeightSource& source, std::int64_t strip) {
    auto* quants = static_cast<std::uint8_t*>(bytes_.get()) + strip * strip_bytes_;
    std::uint8_t* scales = quants + quant_bytes_;
    const std::size_t row = row_bytes(dtype_, n_in());
    const int unit_blocks = format_.unit_blocks();
    // Outputs behind the last keep zero quants and scales: their products are 0.
    std::memset(scales, 0, strip_bytes_ - quant_bytes_);
    Step steps[kSuperBlocks * kBlockSteps];
    FileBlock block;
    for (std::int64_t unit = 0; unit < n_blocks() / unit_blocks; ++unit) {
        std::memset(steps, 0, sizeof steps);
        for (int lane = 0; lane < kStripOutputs; ++lane) {
            const std::int64_t o = strip * kStripOutputs + lane;
            if (o >= n_out()) break;
            read_file_block(dtype_, source.bytes.data() + o * row + unit * info(dtype_).block_bytes,
                            block);
            for (int s = 0; s < unit_blocks * kBlockSteps; ++s)
                std::memcpy(&steps[s][4 * lane], &block.q[4 * s], 4);
            write_scales(format_, block, lane, scales);
        }
        for (int b = 0; b < unit_blocks; ++b, quants += format_.block_bytes())
            write_block(format_, steps + b * kBlockSteps, quants);
        scales += format_.unit_bytes();
    }
}

void PackedWeight::row(std::int64_t o, float* out) const {
    const StripView view = strip(o / kStripOutputs);
    const int lane = static_cast<int>(o % kStripOutputs);
    const int zero = format_.zero_shift < 0 ? 0 : 1 << format_.zero_shift;
    for (std::int64_t b = 0; b < n_blocks(); ++b) {
        const std::uint8_t* block = view.quants + b * format_.block_bytes();
        const std::uint8_t* unit = view.scales + b / format_.unit_blocks() * format_.unit_bytes();
        const int first_group = static_cast<int>(b % format_.unit_blocks()) * format_.n_groups();
        for (int i = 0; i < kBlockDepth; ++i) {
            const int q = read_planes(format_, block, i / 4, 4 * lane + i % 4) - zero;
            const ScaleOffset s = read_scales(format_, unit, lane, first_group + i / format_.group);
            const float value = s.scale * static_cast<float>(q);
            out[b * kBlockDepth + i] = format_.has_offset ? value + s.offset : value;
        }
    }
}

}  // namespace lectern
