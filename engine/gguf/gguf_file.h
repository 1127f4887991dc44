// A GGUF model file (v2, v3, also split into several files): metadata and a tensor table over
// mappings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/mapped_file.h"
#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lectern {

/// Integers of every width arrive as int64; only one beyond its range is a uint64. Arrays of
/// integers and booleans arrive as int64, of floats as double.
using GgufValue =
    std::variant<bool, std::int64_t, std::uint64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;
using GgufMetadata = std::unordered_map<std::string, GgufValue>;

/// A tensor in the file. Shape is row-major (outermost first: [n_out, n_in]), the reverse of the
/// file's order.
struct GgufTensor {
    std::string name;
    DType dtype = DType::kF32;
    Shape shape;
    std::span<const std::byte> bytes;  ///< inside the mapping
};

/// Immutable after open(); any thread. Owns the mappings: tensors' bytes are valid while a
/// shared_ptr to it lives.
class GgufFile {
  public:
    /// Checks every size, offset, count and type against the file before use. kCorrupt says what is
    /// wrong and where, kUnsupported names the type or version. For split files, `path` is the
    /// first part; the others lie beside it.
    static Result<std::shared_ptr<const GgufFile>> open(const std::filesystem::path& path);

    /// nullptr where the key is absent.
    const GgufValue* find(std::string_view key) const;
    /// Typed look-ups: kNotFound names the key, kCorrupt its wrong type or a value that does not
    /// fit (an integer beyond int64, a number that is not finite). number() takes integers too.
    Result<std::int64_t> integer(std::string_view key) const;
    Result<double> number(std::string_view key) const;
    Result<std::string> text(std::string_view key) const;
    /// The same, with a default for an absent key only.
    Result<std::int64_t> integer_or(std::string_view key, std::int64_t fallback) const;
    Result<double> number_or(std::string_view key, double fallback) const;
    Result<bool> boolean_or(std::string_view key, bool fallback) const;

    const GgufTensor* tensor(std::string_view name) const;
    const std::vector<GgufTensor>& tensors() const { return tensors_; }
    const std::filesystem::path& path() const { return path_; }
    std::uint64_t n_bytes() const { return n_bytes_; }
    /// Identifies the model: hash of all metadata and of every tensor's name, type, shape and
    /// sampled bytes (the whole of small tensors, evenly spaced pages of large ones), so that it
    /// costs milliseconds.
    const Hash128& content_hash() const { return content_hash_; }

  private:
    GgufFile() = default;
    Result<GgufMetadata> add_part(const std::filesystem::path& path);
    Status add_other_parts();

    std::filesystem::path path_;
    std::vector<MappedFile> parts_;
    GgufMetadata metadata_;  ///< of the first part
    std::vector<GgufTensor> tensors_;
    std::unordered_map<std::string, std::size_t> tensor_index_;
    std::uint64_t n_bytes_ = 0;
    Hash128 content_hash_;
};

}  // namespace lectern
