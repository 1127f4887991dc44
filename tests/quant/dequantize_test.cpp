#include "engine/quant/dequantize.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

struct Golden {
    std::vector<std::byte> bytes;
    std::vector<float> values;
};

template <class T>
T take(std::ifstream& in) {
    T value{};
    in.read(reinterpret_cast<char*>(&value), sizeof(T));
    return value;
}

/// tests/golden/quant.bin, by type name; written by make_quant_golden.py.
std::map<std::string, Golden> read_goldens() {
    std::ifstream in(std::string(LECTERN_SOURCE_DIR) + "/tests/golden/quant.bin", std::ios::binary);
    std::map<std::string, Golden> goldens;
    while (in.peek() != std::ifstream::traits_type::eof()) {
        const auto name = take<std::array<char, 8>>(in);
        const auto n_bytes = take<std::uint32_t>(in);
        const auto n_elements = take<std::uint32_t>(in);
        Golden golden{std::vector<std::byte>(n_bytes), std::vector<float>(n_elements)};
        in.read(reinterpret_cast<char*>(golden.bytes.data()), n_bytes);
        in.read(reinterpret_cast<char*>(golden.values.data()), n_elements * sizeof(float));
        REQUIRE(in.good());
        goldens[std::string(name.data(), strnlen(name.data(), name.size()))] = std::move(golden);
    }
    return goldens;
}

std::uint32_t bits_of(float value) { return std::bit_cast<std::uint32_t>(value); }

constexpr DType kAllTypes[] = {DType::kF32,  DType::kF16,  DType::kBF16, DType::kI8,   DType::kQ8_0,
                               DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ2K,
                               DType::kQ3K,  DType::kQ4K,  DType::kQ5K,  DType::kQ6K};

}  // namespace

TEST_CASE("every type dequantises to the reference's values, to the last bit") {
    const auto goldens = read_goldens();
    REQUIRE(goldens.size() == std::size(kAllTypes));
    for (const DType dtype : kAllTypes) {
        const std::string name(info(dtype).name);
        CAPTURE(name);
        const Golden& golden = goldens.at(name);
        REQUIRE(golden.values.size() >= 1024);
        // Shifted by one byte: blocks lie unaligned in a file.
        std::vector<std::byte> shifted(golden.bytes.size() + 1);
        std::copy(golden.bytes.begin(), golden.bytes.end(), shifted.begin() + 1);
        std::vector<float> out(golden.values.size());
        dequantize(dtype, std::span(shifted).subspan(1), out);
        std::size_t n_different = 0;
        for (std::size_t i = 0; i < out.size(); ++i)
            n_different += bits_of(out[i]) != bits_of(golden.values[i]) ? 1 : 0;
        CHECK(n_different == 0);
    }
}

TEST_CASE("a half becomes the number that its sign, exponent and mantissa say") {
    for (std::uint32_t half = 0; half < 0x10000; ++half) {
        const int exponent = static_cast<int>((half >> 10) & 31);
        const int mantissa = static_cast<int>(half & 0x3ff);
        const float value = f16_to_f32(static_cast<std::uint16_t>(half));
        if (exponent == 31) {
            if (mantissa == 0 ? !std::isinf(value) : !std::isnan(value)) FAIL("half " << half);
        } else {
            const double expected = exponent == 0 ? std::ldexp(mantissa, -24)
                                                  : std::ldexp(mantissa + 1024, exponent - 25);
            if (std::fabs(value) != expected) FAIL("half " << half << " gave " << value);
        }
        if (std::signbit(value) != ((half & 0x8000) != 0)) FAIL("sign of half " << half);
    }
}

TEST_CASE("rounding to half goes to the nearest, and to the even one in the middle") {
    // For each pair of neighbours: both ends, the middle and what lies just beside it.
    for (std::uint32_t low = 0; low < 0x7c00; ++low) {
        const std::uint32_t high = low + 1;
        const auto a = static_cast<double>(f16_to_f32(static_cast<std::uint16_t>(low)));
        const double b = high == 0x7c00 ? 65536.0 : f16_to_f32(static_cast<std::uint16_t>(high));
        const auto middle = static_cast<float>((a + b) / 2);  // exact: one more bit
        const std::uint32_t even = low % 2 == 0 ? low : high;
        const bool right = f32_to_f16(static_cast<float>(a)) == low && f32_to_f16(middle) == even &&
                           f32_to_f16(std::nextafter(middle, 0.0F)) == low &&
                           f32_to_f16(std::nextafter(middle, 1e9F)) == high &&
                           f32_to_f16(-middle) == (even | 0x8000);
        if (!right) FAIL("between halves " << low << " and " << high);
    }
    CHECK(f32_to_f16(std::numeric_limits<float>::infinity()) == 0x7c00);
    CHECK(f32_to_f16(-std::numeric_limits<float>::max()) == 0xfc00);
    CHECK(f32_to_f16(-0.0F) == 0x8000);
    CHECK(f32_to_f16(std::numeric_limits<float>::denorm_min()) == 0);
    CHECK(std::isnan(f16_to_f32(f32_to_f16(std::numeric_limits<float>::quiet_NaN()))));
    CHECK(std::isnan(f16_to_f32(f32_to_f16(std::bit_cast<float>(0x7f800001U)))));
}

TEST_CASE("bfloat16 is the upper half of a float") {
    CHECK(bf16_to_f32(0x3f80) == 1.0F);
    CHECK(bf16_to_f32(0xc049) == -3.140625F);
    CHECK(std::isinf(bf16_to_f32(0x7f80)));
}
