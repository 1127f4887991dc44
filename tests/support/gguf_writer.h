// Builds GGUF files for tests: tiny random models, and files that are then broken on purpose.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lectern::test {

/// Little-endian fields, appended to bytes.
class ByteWriter {
  public:
    template <class T>
    requires std::is_arithmetic_v<T> ByteWriter& number(T value) {
        const auto* begin = reinterpret_cast<const std::byte*>(&value);
        bytes_.insert(bytes_.end(), begin, begin + sizeof(T));
        return *this;
    }
    /// Length (u64), then the bytes.
    ByteWriter& text(std::string_view value);
    ByteWriter& raw(std::span<const std::byte> bytes);
    ByteWriter& pad_to(std::size_t alignment);
    std::size_t size() const { return bytes_.size(); }
    const std::vector<std::byte>& bytes() const { return bytes_; }

  private:
    std::vector<std::byte> bytes_;
};

/// GgufWriter()
///     .set("general.architecture", "llama")
///     .set("llama.block_count", std::uint32_t{2})
///     .set("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b"})
///     .add("output_norm.weight", {64}, std::vector<float>(64, 1.0F))
///     .add("output.weight", DType::kQ8_0, {256, 64}, bytes)
///     .write(path);
///
/// Keys and tensors are written in the order in which they are given, nothing is checked.
class GgufWriter {
  public:
    /// The value's C++ type is its type in the file (bool, u8–u64, i8–i64, f32, f64).
    template <class T>
    requires std::is_arithmetic_v<T> GgufWriter& set(std::string_view key, T value) {
        begin_key(key, type_of<T>());
        keys_.number(value);
        return *this;
    }
    GgufWriter& set(std::string_view key, std::string_view value);
    template <class T>
    requires(std::is_arithmetic_v<T> &&
             !std::same_as<T, bool>) GgufWriter& set(std::string_view key,
                                                     const std::vector<T>& values) {
        begin_array(key, type_of<T>(), values.size());
        for (const T value : values) keys_.number(value);
        return *this;
    }
    GgufWriter& set(std::string_view key, const std::vector<bool>& values);
    GgufWriter& set(std::string_view key, const std::vector<std::string>& values);

    /// Shape as everywhere in the engine: outermost extent first.
    GgufWriter& add(std::string_view name, DType dtype, const Shape& shape,
                    std::span<const std::byte> bytes);
    /// As F32.
    GgufWriter& add(std::string_view name, const Shape& shape, std::span<const float> values);

    GgufWriter& version(std::uint32_t version);
    /// Of tensors' data; also sets general.alignment.
    GgufWriter& alignment(std::uint32_t alignment);

    std::vector<std::byte> bytes() const;
    void write(const std::filesystem::path& path) const;

  private:
    template <class T>
    static constexpr std::uint32_t type_of() {
        if constexpr (std::same_as<T, bool>) return 7;
        if constexpr (std::same_as<T, float>) return 6;
        if constexpr (std::same_as<T, double>) return 12;
        constexpr bool kSigned = std::is_signed_v<T>;
        if constexpr (sizeof(T) == 1) return kSigned ? 1 : 0;
        if constexpr (sizeof(T) == 2) return kSigned ? 3 : 2;
        if constexpr (sizeof(T) == 4) return kSigned ? 5 : 4;
        return kSigned ? 11 : 10;
    }
    void begin_key(std::string_view key, std::uint32_t type);
    void begin_array(std::string_view key, std::uint32_t type, std::size_t n);

    std::uint32_t version_ = 3;
    std::uint32_t alignment_ = 32;
    std::uint64_t n_keys_ = 0;
    std::uint64_t n_tensors_ = 0;
    ByteWriter keys_;
    ByteWriter entries_;
    ByteWriter data_;
};

void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace lectern::test
