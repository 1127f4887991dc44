#include "engine/gguf/gguf_parser.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <string_view>
#include <unordered_set>

#include "engine/gguf/ggml_types.h"
#include "engine/gguf/printable.h"

namespace lectern {
namespace {

static_assert(std::endian::native == std::endian::little, "GGUF is read in place, little-endian");

// Far above what models have; they keep a hostile file from asking for much memory.
constexpr std::uint64_t kMaxKeys = 1U << 16;
constexpr std::uint64_t kMaxTensors = 1U << 17;
constexpr std::uint64_t kMaxKeyBytes = (1U << 16) - 1;  // the format's own limit
constexpr std::uint64_t kMaxTensorNameBytes = 255;
constexpr std::uint64_t kMaxArrayElements = 1U << 24;  // of all arrays together
constexpr std::uint64_t kMaxMetadataBytes = 1U << 28;
constexpr std::uint64_t kMaxDims = 4;
constexpr std::uint64_t kDefaultAlignment = 32;
constexpr std::int64_t kMaxAlignment = 1 << 20;

enum class ValueType : std::uint32_t {
    kU8,
    kI8,
    kU16,
    kI16,
    kU32,
    kI32,
    kF32,
    kBool,
    kString,
    kArray,
    kU64,
    kI64,
    kF64,
};

/// A tensor's entry, before the place of the data is known.
struct TensorEntry {
    GgufTensor tensor;
    std::uint64_t offset = 0;  ///< from the start of the data
    std::uint64_t n_bytes = 0;
};

class Parser {
  public:
    Parser(std::span<const std::byte> file, const std::string& file_name)
        : file_(file), file_name_(file_name) {}

    Result<GgufContents> parse() {
        LECTERN_TRY(read_header());
        for (std::uint64_t i = 0; i < n_keys_; ++i) {
            place_ = "metadata key " + std::to_string(i);
            LECTERN_TRY(read_key());
        }
        LECTERN_TRY(read_alignment());
        for (std::uint64_t i = 0; i < n_tensors_; ++i) {
            place_ = "tensor " + std::to_string(i);
            LECTERN_TRY(read_tensor_entry());
        }
        LECTERN_TRY(place_tensors());
        return std::move(contents_);
    }

  private:
    Status read_header();
    Status read_key();
    Result<GgufValue> read_value(ValueType type);
    Result<GgufValue> read_array();
    Status read_alignment();
    Status read_tensor_entry();
    Status read_extents(TensorEntry& entry);
    Status read_type(TensorEntry& entry);
    Status place_tensors();

    /// The next sizeof(T) bytes. T is a plain number.
    template <class T>
    Result<T> read() {
        if (remaining() < sizeof(T)) return truncated();
        T value;
        std::memcpy(&value, file_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    Result<std::string> read_string(std::uint64_t max_bytes);
    Result<bool> read_bool();

    /// A scalar or an array of T, widened to Wide.
    template <class T, class Wide>
    Result<GgufValue> read_number() {
        LECTERN_ASSIGN(const T value, read<T>());
        return GgufValue(static_cast<Wide>(value));
    }
    template <class T, class Wide>
    Result<GgufValue> read_numbers(std::uint64_t n);
    Result<GgufValue> read_bools(std::uint64_t n);
    Result<GgufValue> read_strings(std::uint64_t n);

    std::uint64_t remaining() const { return file_.size() - at_; }
    tl::unexpected<Error> corrupt(const std::string& what) const;
    tl::unexpected<Error> truncated() const { return corrupt("the file ends too early"); }

    std::span<const std::byte> file_;
    const std::string& file_name_;
    std::size_t at_ = 0;  ///< ≤ file_.size()
    std::string place_ = "the header";
    std::uint64_t n_keys_ = 0;
    std::uint64_t n_tensors_ = 0;
    std::uint64_t n_array_elements_ = 0;
    std::uint64_t alignment_ = kDefaultAlignment;
    std::vector<TensorEntry> entries_;
    std::unordered_set<std::string> tensor_names_;
    GgufContents contents_;
};

tl::unexpected<Error> Parser::corrupt(const std::string& what) const {
    return fail(ErrorCode::kCorrupt,
                file_name_ + " is not a valid GGUF file: in " + place_ + ", before byte " +
                    std::to_string(at_) + ": " + what + ".",
                "Download or convert it again.");
}

Status Parser::read_header() {
    constexpr std::array<char, 4> kMagic = {'G', 'G', 'U', 'F'};
    if (file_.size() < 4 || std::memcmp(file_.data(), kMagic.data(), 4) != 0)
        return fail(ErrorCode::kCorrupt,
                    file_name_ + " is not a GGUF file: it does not begin with \"GGUF\".",
                    "Choose a model file in the GGUF format.");
    at_ = 4;
    LECTERN_ASSIGN(const auto version, read<std::uint32_t>());
    if (version != 0 && (version & 0xffff) == 0)
        return fail(ErrorCode::kUnsupported, file_name_ + " is a big-endian GGUF file.",
                    "Choose a little-endian one.");
    if (version != 2 && version != 3)
        return fail(ErrorCode::kUnsupported,
                    file_name_ + " has GGUF version " + std::to_string(version) +
                        "; versions 2 and 3 are read.",
                    "Convert the model with a current converter.");
    LECTERN_ASSIGN(n_tensors_, read<std::uint64_t>());
    LECTERN_ASSIGN(n_keys_, read<std::uint64_t>());
    // The smallest key takes 14 bytes, the smallest tensor entry 33.
    if (n_keys_ > kMaxKeys || n_keys_ > remaining() / 14)
        return corrupt("it announces " + std::to_string(n_keys_) + " metadata keys");
    if (n_tensors_ > kMaxTensors || n_tensors_ > remaining() / 33)
        return corrupt("it announces " + std::to_string(n_tensors_) + " tensors");
    return {};
}

Status Parser::read_key() {
    LECTERN_ASSIGN(std::string key, read_string(kMaxKeyBytes));
    if (key.empty()) return corrupt("the key is empty");
    place_ = "metadata key " + printable(key);
    if (contents_.metadata.contains(key)) return corrupt("the key occurs twice");
    LECTERN_ASSIGN(const auto type, read<std::uint32_t>());
    LECTERN_ASSIGN(GgufValue value, read_value(static_cast<ValueType>(type)));
    if (at_ > kMaxMetadataBytes)
        return corrupt("the metadata take more than " + std::to_string(kMaxMetadataBytes) +
                       " bytes");
    contents_.metadata.emplace(std::move(key), std::move(value));
    return {};
}

Result<GgufValue> Parser::read_value(ValueType type) {
    switch (type) {
        case ValueType::kU8:
            return read_number<std::uint8_t, std::int64_t>();
        case ValueType::kI8:
            return read_number<std::int8_t, std::int64_t>();
        case ValueType::kU16:
            return read_number<std::uint16_t, std::int64_t>();
        case ValueType::kI16:
            return read_number<std::int16_t, std::int64_t>();
        case ValueType::kU32:
            return read_number<std::uint32_t, std::int64_t>();
        case ValueType::kI32:
            return read_number<std::int32_t, std::int64_t>();
        case ValueType::kI64:
            return read_number<std::int64_t, std::int64_t>();
        case ValueType::kU64: {
            LECTERN_ASSIGN(const auto value, read<std::uint64_t>());
            if (value > std::numeric_limits<std::int64_t>::max()) return GgufValue(value);
            return GgufValue(static_cast<std::int64_t>(value));
        }
        case ValueType::kF32:
            return read_number<float, double>();
        case ValueType::kF64:
            return read_number<double, double>();
        case ValueType::kBool: {
            LECTERN_ASSIGN(const bool value, read_bool());
            return GgufValue(value);
        }
        case ValueType::kString: {
            LECTERN_ASSIGN(std::string value, read_string(kMaxMetadataBytes));
            return GgufValue(std::move(value));
        }
        case ValueType::kArray:
            return read_array();
    }
    return corrupt("the value's type " + std::to_string(static_cast<std::uint32_t>(type)) +
                   " does not exist");
}

Result<GgufValue> Parser::read_array() {
    LECTERN_ASSIGN(const auto type, read<std::uint32_t>());
    LECTERN_ASSIGN(const auto n, read<std::uint64_t>());
    if (n > kMaxArrayElements - n_array_elements_)
        return corrupt("an array of " + std::to_string(n) + " elements is too long");
    n_array_elements_ += n;
    switch (static_cast<ValueType>(type)) {
        case ValueType::kU8:
            return read_numbers<std::uint8_t, std::int64_t>(n);
        case ValueType::kI8:
            return read_numbers<std::int8_t, std::int64_t>(n);
        case ValueType::kU16:
            return read_numbers<std::uint16_t, std::int64_t>(n);
        case ValueType::kI16:
            return read_numbers<std::int16_t, std::int64_t>(n);
        case ValueType::kU32:
            return read_numbers<std::uint32_t, std::int64_t>(n);
        case ValueType::kI32:
            return read_numbers<std::int32_t, std::int64_t>(n);
        case ValueType::kU64:
            return read_numbers<std::uint64_t, std::int64_t>(n);
        case ValueType::kI64:
            return read_numbers<std::int64_t, std::int64_t>(n);
        case ValueType::kF32:
            return read_numbers<float, double>(n);
        case ValueType::kF64:
            return read_numbers<double, double>(n);
        case ValueType::kBool:
            return read_bools(n);
        case ValueType::kString:
            return read_strings(n);
        case ValueType::kArray:
            return corrupt("arrays of arrays are not read");
    }
    return corrupt("the elements' type " + std::to_string(type) + " does not exist");
}

template <class T, class Wide>
Result<GgufValue> Parser::read_numbers(std::uint64_t n) {
    if (n > remaining() / sizeof(T)) return truncated();
    std::vector<Wide> values(n);
    for (Wide& wide : values) {
        LECTERN_ASSIGN(const T value, read<T>());
        wide = static_cast<Wide>(value);
        if constexpr (std::is_same_v<T, std::uint64_t>)
            if (wide < 0) return corrupt("an element is beyond the range of 64-bit integers");
    }
    return GgufValue(std::move(values));
}

Result<GgufValue> Parser::read_bools(std::uint64_t n) {
    if (n > remaining()) return truncated();
    std::vector<std::int64_t> values(n);
    for (std::int64_t& value : values) {
        LECTERN_ASSIGN(value, read_bool());
    }
    return GgufValue(std::move(values));
}

Result<GgufValue> Parser::read_strings(std::uint64_t n) {
    if (n > remaining() / sizeof(std::uint64_t)) return truncated();
    std::vector<std::string> values(n);
    for (std::string& value : values) {
        LECTERN_ASSIGN(value, read_string(kMaxMetadataBytes));
    }
    return GgufValue(std::move(values));
}

Result<std::string> Parser::read_string(std::uint64_t max_bytes) {
    LECTERN_ASSIGN(const auto n_bytes, read<std::uint64_t>());
    if (n_bytes > remaining()) return truncated();
    if (n_bytes > max_bytes)
        return corrupt("a text of " + std::to_string(n_bytes) + " bytes is too long");
    std::string text(reinterpret_cast<const char*>(file_.data() + at_), n_bytes);
    at_ += n_bytes;
    return text;
}

Result<bool> Parser::read_bool() {
    LECTERN_ASSIGN(const auto value, read<std::uint8_t>());
    if (value > 1) return corrupt("a boolean is neither 0 nor 1");
    return value == 1;
}

Status Parser::read_alignment() {
    const auto found = contents_.metadata.find("general.alignment");
    if (found == contents_.metadata.end()) return {};
    place_ = "metadata key \"general.alignment\"";
    const auto* value = std::get_if<std::int64_t>(&found->second);
    if (value == nullptr || *value < 8 || *value > kMaxAlignment ||
        !std::has_single_bit(static_cast<std::uint64_t>(*value)))
        return corrupt("the alignment is not a power of two between 8 and " +
                       std::to_string(kMaxAlignment));
    alignment_ = static_cast<std::uint64_t>(*value);
    return {};
}

Status Parser::read_tensor_entry() {
    TensorEntry entry;
    LECTERN_ASSIGN(entry.tensor.name, read_string(kMaxTensorNameBytes));
    if (entry.tensor.name.empty()) return corrupt("the tensor has no name");
    place_ = "tensor " + printable(entry.tensor.name);
    if (!tensor_names_.insert(entry.tensor.name).second) return corrupt("the name occurs twice");
    LECTERN_TRY(read_extents(entry));
    LECTERN_TRY(read_type(entry));
    LECTERN_ASSIGN(entry.offset, read<std::uint64_t>());
    if (entry.offset % alignment_ != 0)
        return corrupt("its offset " + std::to_string(entry.offset) + " is not a multiple of " +
                       std::to_string(alignment_));
    entries_.push_back(std::move(entry));
    return {};
}

Status Parser::read_extents(TensorEntry& entry) {
    LECTERN_ASSIGN(const auto n_dims, read<std::uint32_t>());
    if (n_dims < 1 || n_dims > kMaxDims)
        return corrupt("it has " + std::to_string(n_dims) + " dimensions");
    std::vector<std::int64_t> extents(n_dims);
    std::int64_t n_elements = 1;
    for (auto extent = extents.rbegin(); extent != extents.rend(); ++extent) {  // innermost first
        LECTERN_ASSIGN(*extent, read<std::int64_t>());
        if (*extent < 1) return corrupt("it has a dimension of " + std::to_string(*extent));
        if (__builtin_mul_overflow(n_elements, *extent, &n_elements))
            return corrupt("the product of its dimensions is too large");
    }
    entry.tensor.shape = Shape(extents);
    return {};
}

Status Parser::read_type(TensorEntry& entry) {
    LECTERN_ASSIGN(const auto type, read<std::uint32_t>());
    const auto dtype = dtype_of_ggml(type);
    if (!dtype)
        return fail(ErrorCode::kUnsupported,
                    "Tensor " + printable(entry.tensor.name) + " of " + file_name_ +
                        " has the element type " + ggml_type_name(type) + ", which is not read.",
                    "Choose a file with these types: " + readable_types() + ".");
    const DTypeInfo& storage = info(*dtype);
    const Shape& shape = entry.tensor.shape;
    if (shape[shape.n_dims() - 1] % storage.block_elements != 0)
        return corrupt("its rows of " + std::to_string(shape[shape.n_dims() - 1]) +
                       " elements are no multiple of the block of " + std::string(storage.name));
    const auto n_blocks = static_cast<std::uint64_t>(shape.n_elements() / storage.block_elements);
    if (n_blocks > file_.size() / static_cast<std::uint64_t>(storage.block_bytes))
        return corrupt("it is larger than the file");
    entry.tensor.dtype = *dtype;
    entry.n_bytes = n_blocks * static_cast<std::uint64_t>(storage.block_bytes);
    return {};
}

/// Gives every tensor its bytes: behind the header, inside the file, none shared.
Status Parser::place_tensors() {
    if (entries_.empty()) return {};
    const std::uint64_t padding = (alignment_ - at_ % alignment_) % alignment_;
    if (padding > remaining()) return truncated();
    const std::span<const std::byte> data = file_.subspan(at_ + padding);
    for (TensorEntry& entry : entries_) {
        place_ = "tensor " + printable(entry.tensor.name);
        if (entry.offset > data.size() || entry.n_bytes > data.size() - entry.offset)
            return corrupt("its data end behind the end of the file");
        entry.tensor.bytes = data.subspan(entry.offset, entry.n_bytes);
    }
    std::vector<const TensorEntry*> by_offset;
    for (const TensorEntry& entry : entries_) by_offset.push_back(&entry);
    std::sort(by_offset.begin(), by_offset.end(),
              [](const TensorEntry* a, const TensorEntry* b) { return a->offset < b->offset; });
    for (std::size_t i = 1; i < by_offset.size(); ++i) {
        const TensorEntry &before = *by_offset[i - 1], &entry = *by_offset[i];
        place_ = "tensor " + printable(entry.tensor.name);
        if (entry.offset < before.offset + before.n_bytes)
            return corrupt("its data overlap those of tensor " + printable(before.tensor.name));
    }
    for (TensorEntry& entry : entries_) contents_.tensors.push_back(std::move(entry.tensor));
    return {};
}

}  // namespace

Result<GgufContents> parse_gguf(std::span<const std::byte> file, const std::string& file_name) {
    return Parser(file, file_name).parse();
}

}  // namespace lectern
