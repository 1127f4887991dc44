#include "engine/gguf/safetensors_parser.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <unordered_set>

#include "engine/gguf/printable.h"

namespace lectern {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMaxHeaderBytes = 1U << 24;  // real ones take kilobytes
constexpr std::size_t kMaxDims = 4;
constexpr int kMaxDepth = 3;  // file, tensor, array

/// A type's name in the header; no dtype: its tensors are left out.
struct StoredType {
    std::string_view name;
    std::uint64_t n_bytes;
    std::optional<DType> dtype;
};

constexpr StoredType kTypes[] = {
    {"F32", 4, DType::kF32},  {"F16", 2, DType::kF16},  {"BF16", 2, DType::kBF16},
    {"I8", 1, DType::kI8},    {"I32", 4, DType::kI32},  {"I16", 2, std::nullopt},
    {"I64", 8, std::nullopt}, {"U8", 1, std::nullopt},  {"U16", 2, std::nullopt},
    {"U32", 4, std::nullopt}, {"U64", 8, std::nullopt}, {"BOOL", 1, std::nullopt},
};

struct Entry {
    GgufTensor tensor;
    std::uint64_t begin = 0;  ///< both from the start of the data
    std::uint64_t end = 0;
    bool left_out = false;
};

class Parser {
  public:
    Parser(std::span<const std::byte> file, const std::string& file_name)
        : file_(file), file_name_(file_name) {}

    /// In the order of their data.
    Result<std::vector<GgufTensor>> parse() {
        LECTERN_ASSIGN(const Json header, read_header());
        std::vector<Entry> entries;
        for (const auto& [name, fields] : header.items()) {
            if (name == "__metadata__") continue;
            LECTERN_ASSIGN(Entry entry, read_entry(name, fields));
            entries.push_back(std::move(entry));
        }
        LECTERN_TRY(place_tensors(entries));
        std::vector<GgufTensor> tensors;
        for (Entry& entry : entries)
            if (!entry.left_out) tensors.push_back(std::move(entry.tensor));
        return tensors;
    }

  private:
    Result<Json> read_header();
    Result<Json> read_json(std::string_view text) const;
    Result<Entry> read_entry(const std::string& name, const Json& fields) const;
    Result<std::vector<std::int64_t>> read_extents(const Json& shape,
                                                   const std::string& name) const;
    Status place_tensors(std::vector<Entry>& entries) const;

    tl::unexpected<Error> corrupt(const std::string& what) const {
        return fail(ErrorCode::kCorrupt,
                    file_name_ + " is not a valid safetensors file: " + what + ".",
                    "Download it again.");
    }
    tl::unexpected<Error> corrupt(const std::string& tensor, const std::string& what) const {
        return corrupt("in tensor " + printable(tensor) + ": " + what);
    }
    tl::unexpected<Error> unsupported(const std::string& tensor, const std::string& what) const {
        return fail(ErrorCode::kUnsupported,
                    "Tensor " + printable(tensor) + " of " + file_name_ + " " + what + ".");
    }

    std::span<const std::byte> file_;
    const std::string& file_name_;
    std::span<const std::byte> data_;
};

/// Cuts the file into header and data.
Result<Json> Parser::read_header() {
    std::uint64_t n_bytes = 0;
    if (file_.size() < sizeof(n_bytes)) return corrupt("it is shorter than a header");
    std::memcpy(&n_bytes, file_.data(), sizeof(n_bytes));
    const auto rest = file_.subspan(sizeof(n_bytes));
    if (n_bytes > kMaxHeaderBytes || n_bytes > rest.size())
        return corrupt("it announces a header of " + std::to_string(n_bytes) + " bytes");
    data_ = rest.subspan(n_bytes);
    LECTERN_ASSIGN(Json header, read_json({reinterpret_cast<const char*>(rest.data()), n_bytes}));
    if (!header.is_object()) return corrupt("its header is no JSON object");
    return header;
}

/// Strict: a key that occurs twice and deeper nesting than the format has are refused.
Result<Json> Parser::read_json(std::string_view text) const {
    std::vector<std::unordered_set<std::string>> keys(kMaxDepth + 1);  // by depth
    std::string problem;
    const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        const bool starts =
            event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
        if (depth > kMaxDepth || (starts && depth == kMaxDepth)) {
            problem = "its header is nested too deeply";
            return false;
        }
        if (event == Json::parse_event_t::object_start) keys[depth + 1].clear();
        if (event == Json::parse_event_t::key &&
            !keys[depth].insert(parsed.get<std::string>()).second)
            problem = "its header has the key " + printable(parsed.get<std::string>()) + " twice";
        return true;
    };
    Json json = Json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
    if (!problem.empty()) return corrupt(problem);
    if (json.is_discarded()) return corrupt("its header is no JSON");
    return json;
}

Result<Entry> Parser::read_entry(const std::string& name, const Json& fields) const {
    if (!fields.is_object()) return corrupt(name, "its entry is no JSON object");
    const auto dtype = fields.find("dtype"), shape = fields.find("shape"),
               offsets = fields.find("data_offsets");
    if (dtype == fields.end() || !dtype->is_string() || shape == fields.end() ||
        !shape->is_array() || offsets == fields.end() || !offsets->is_array())
        return corrupt(name, "its entry lacks a dtype, a shape or data_offsets");
    if (offsets->size() != 2 || !(*offsets)[0].is_number_unsigned() ||
        !(*offsets)[1].is_number_unsigned())
        return corrupt(name, "its data_offsets are not two positions");
    Entry entry;
    entry.begin = (*offsets)[0].get<std::uint64_t>();
    entry.end = (*offsets)[1].get<std::uint64_t>();

    const auto& type_name = dtype->get_ref<const std::string&>();
    const auto* type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                    [&](const StoredType& t) { return t.name == type_name; });
    if (type == std::end(kTypes))
        return unsupported(
            name, "has the element type " + printable(type_name) + "; F32, F16 and BF16 are read");
    entry.left_out = !type->dtype.has_value();
    entry.tensor.name = name;
    entry.tensor.dtype = type->dtype.value_or(DType::kI8);

    LECTERN_ASSIGN(auto extents, read_extents(*shape, name));
    std::uint64_t n_bytes = type->n_bytes;
    for (const std::int64_t extent : extents)
        if (__builtin_mul_overflow(n_bytes, static_cast<std::uint64_t>(extent), &n_bytes))
            return corrupt(name, "the product of its dimensions is too large");
    if (entry.begin > entry.end || entry.end > data_.size())
        return corrupt(name, "its data end behind the end of the file");
    if (entry.end - entry.begin != n_bytes)
        return corrupt(name, "its shape takes " + std::to_string(n_bytes) +
                                 " bytes, its data have " +
                                 std::to_string(entry.end - entry.begin));
    if (entry.left_out) return entry;
    if (extents.empty()) extents.push_back(1);
    if (extents.size() > kMaxDims) return unsupported(name, "has more than four dimensions");
    if (n_bytes == 0) return unsupported(name, "is empty");
    entry.tensor.shape = Shape(extents);
    return entry;
}

Result<std::vector<std::int64_t>> Parser::read_extents(const Json& shape,
                                                       const std::string& name) const {
    std::vector<std::int64_t> extents;
    for (const Json& extent : shape) {
        if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > (1ULL << 62))
            return corrupt(name, "its shape is not a list of sizes");
        extents.push_back(extent.get<std::int64_t>());
    }
    return extents;
}

/// The format's own rule: tensors cover the data without a gap and without sharing a byte.
Status Parser::place_tensors(std::vector<Entry>& entries) const {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t at = 0;
    for (Entry& entry : entries) {
        if (entry.begin != at)
            return corrupt(entry.tensor.name, entry.begin < at ? "its data overlap another tensor's"
                                                               : "there is a gap before its data");
        at = entry.end;
        entry.tensor.bytes = data_.subspan(entry.begin, entry.end - entry.begin);
    }
    if (at != data_.size()) return corrupt("there are bytes behind the last tensor");
    return {};
}

}  // namespace

Result<std::vector<GgufTensor>> parse_safetensors(std::span<const std::byte> file,
                                                  const std::string& file_name) {
    return Parser(file, file_name).parse();
}

}  // namespace lectern
