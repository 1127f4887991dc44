#include "engine/gguf/ggml_types.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <string_view>

namespace lectern {
namespace {

struct ReadableType {
    std::uint32_t number;
    DType dtype;
};

constexpr ReadableType kReadable[] = {
    {0, DType::kF32},  {1, DType::kF16},  {30, DType::kBF16}, {24, DType::kI8},
    {25, DType::kI16}, {26, DType::kI32}, {8, DType::kQ8_0},  {2, DType::kQ4_0},
    {3, DType::kQ4_1}, {6, DType::kQ5_0}, {7, DType::kQ5_1},  {10, DType::kQ2K},
    {11, DType::kQ3K}, {12, DType::kQ4K}, {13, DType::kQ5K},  {14, DType::kQ6K},
};

struct NamedType {
    std::uint32_t number;
    std::string_view name;
};

/// Known to exist, not read.
constexpr NamedType kOthers[] = {
    {4, "Q4_2"},        {5, "Q4_3"},        {9, "Q8_1"},        {15, "Q8_K"},   {16, "IQ2_XXS"},
    {17, "IQ2_XS"},     {18, "IQ3_XXS"},    {19, "IQ1_S"},      {20, "IQ4_NL"}, {21, "IQ3_S"},
    {22, "IQ2_S"},      {23, "IQ4_XS"},     {27, "I64"},        {28, "F64"},    {29, "IQ1_M"},
    {31, "Q4_0_4_4"},   {32, "Q4_0_4_8"},   {33, "Q4_0_8_8"},   {34, "TQ1_0"},  {35, "TQ2_0"},
    {36, "IQ4_NL_4_4"}, {37, "IQ4_NL_4_8"}, {38, "IQ4_NL_8_8"}, {39, "MXFP4"},
};

}  // namespace

std::optional<DType> dtype_of_ggml(std::uint32_t type) {
    for (const ReadableType& readable : kReadable)
        if (readable.number == type) return readable.dtype;
    return std::nullopt;
}

std::uint32_t ggml_of_dtype(DType dtype) {
    const auto* found = std::find_if(std::begin(kReadable), std::end(kReadable),
                                     [dtype](const ReadableType& r) { return r.dtype == dtype; });
    assert(found != std::end(kReadable));
    return found->number;
}

std::string ggml_type_name(std::uint32_t type) {
    if (const auto dtype = dtype_of_ggml(type)) return std::string(info(*dtype).name);
    for (const NamedType& other : kOthers)
        if (other.number == type) return std::string(other.name);
    return "number " + std::to_string(type);
}

std::string readable_types() {
    std::string names;
    for (const ReadableType& readable : kReadable) {
        if (!names.empty()) names += ", ";
        names += info(readable.dtype).name;
    }
    return names;
}

}  // namespace lectern
