#include "engine/gguf/gguf_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <new>

#include "engine/gguf/gguf_parser.h"
#include "engine/gguf/printable.h"
#include "engine/gguf/tensor_hash.h"

namespace lectern {
namespace {

constexpr std::int64_t kMaxParts = 1000;

bool is_split_key(std::string_view key) { return key.starts_with("split."); }

struct AddValue {
    Hasher& hasher;

    void operator()(bool x) const { hasher.add(std::int64_t{x ? 1 : 0}); }
    void operator()(std::int64_t x) const { hasher.add(x); }
    void operator()(std::uint64_t x) const { hasher.add(static_cast<std::int64_t>(x)); }
    void operator()(double x) const { hasher.add(x); }
    void operator()(const std::string& x) const { hasher.add(std::string_view(x)); }
    template <class T>
    void operator()(const std::vector<T>& values) const {
        hasher.add(static_cast<std::int64_t>(values.size()));
        for (const T& value : values) (*this)(value);
    }
};

/// The same for a model in one file and in several parts.
Hash128 hash_contents(const GgufMetadata& metadata, const std::vector<GgufTensor>& tensors) {
    Hasher hasher;
    std::vector<const GgufMetadata::value_type*> sorted;
    for (const auto& entry : metadata)
        if (!is_split_key(entry.first)) sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    for (const auto* entry : sorted) {
        hasher.add(std::string_view(entry->first));
        hasher.add(static_cast<std::int64_t>(entry->second.index()));
        std::visit(AddValue{hasher}, entry->second);
    }
    add_tensors(hasher, tensors);
    return hasher.finish();
}

/// "-00002-of-00003.gguf"
std::string part_suffix(std::int64_t number, std::int64_t count) {
    std::array<char, 64> suffix{};
    std::snprintf(suffix.data(), suffix.size(), "-%05lld-of-%05lld.gguf",
                  static_cast<long long>(number) + 1, static_cast<long long>(count));
    return suffix.data();
}

tl::unexpected<Error> wrong_value(const std::filesystem::path& path, std::string_view key,
                                  std::string_view expected) {
    return fail(ErrorCode::kCorrupt, "Metadata key " + printable(key) + " of " + path.string() +
                                         " is not " + std::string(expected) + ".");
}

tl::unexpected<Error> missing(const std::filesystem::path& path, std::string_view key) {
    return fail(ErrorCode::kNotFound,
                path.string() + " has no metadata key " + printable(key) + ".");
}

/// A part's own number or the number of parts; in a file that is not split, 0 and 1.
Result<std::int64_t> split_value(const GgufMetadata& metadata, const std::filesystem::path& path,
                                 const std::string& key, std::int64_t fallback) {
    const auto found = metadata.find(key);
    if (found == metadata.end()) return fallback;
    const auto* value = std::get_if<std::int64_t>(&found->second);
    if (value == nullptr || *value < 0 || *value > kMaxParts)
        return wrong_value(path, key, "a number from 0 to " + std::to_string(kMaxParts));
    return *value;
}

/// Whether the file is part `number` of `count` of a split model.
Status check_part(const GgufMetadata& metadata, const std::filesystem::path& path,
                  std::int64_t number, std::int64_t count) {
    LECTERN_ASSIGN(const auto own_number, split_value(metadata, path, "split.no", 0));
    LECTERN_ASSIGN(const auto own_count, split_value(metadata, path, "split.count", 1));
    if (own_number == number && own_count == count) return {};
    return fail(ErrorCode::kCorrupt,
                path.string() + " says that it is part " + std::to_string(own_number + 1) + " of " +
                    std::to_string(own_count) + ", not part " + std::to_string(number + 1) +
                    " of " + std::to_string(count) + ".",
                number == 0 ? "Open the first part." : "Download all parts of the model again.");
}

}  // namespace

Result<std::shared_ptr<const GgufFile>> GgufFile::open(const std::filesystem::path& path) {
    try {
        std::shared_ptr<GgufFile> file(new GgufFile());
        file->path_ = path;
        LECTERN_ASSIGN(file->metadata_, file->add_part(path));
        LECTERN_TRY(file->add_other_parts());
        {
            std::vector<std::unique_ptr<SampledAccess>> sampled;
            for (const MappedFile& part : file->parts_)
                sampled.push_back(std::make_unique<SampledAccess>(part.bytes()));
            file->content_hash_ = hash_contents(file->metadata_, file->tensors_);
        }
        return file;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::kOutOfMemory,
                    "There is not enough memory to read the metadata of " + path.string() + ".");
    }
}

/// Maps and parses one file and takes its tensors; returns its metadata.
Result<GgufMetadata> GgufFile::add_part(const std::filesystem::path& path) {
    LECTERN_ASSIGN(MappedFile mapping, MappedFile::open(path));
    LECTERN_ASSIGN(GgufContents contents, parse_gguf(mapping.bytes(), path.string()));
    for (GgufTensor& tensor : contents.tensors) {
        if (!tensor_index_.emplace(tensor.name, tensors_.size()).second)
            return fail(ErrorCode::kCorrupt, "Tensor " + printable(tensor.name) + " of " +
                                                 path.string() + " is in an earlier part too.");
        tensors_.push_back(std::move(tensor));
    }
    n_bytes_ += mapping.bytes().size();
    parts_.push_back(std::move(mapping));
    return std::move(contents.metadata);
}

/// NAME-00002-of-00003.gguf and so on beside NAME-00001-of-00003.gguf; nothing where the model is
/// not split.
Status GgufFile::add_other_parts() {
    LECTERN_ASSIGN(const auto count, split_value(metadata_, path_, "split.count", 1));
    LECTERN_TRY(check_part(metadata_, path_, 0, count));
    if (count <= 1) return {};
    const std::string first = path_.filename().string();
    const std::string suffix = part_suffix(0, count);
    if (!first.ends_with(suffix))
        return fail(ErrorCode::kInvalidArgument,
                    path_.string() + " is the first of " + std::to_string(count) +
                        " parts, but its name does not end in " + suffix + ".",
                    "Give the parts the names they were published with.");
    const std::string stem = first.substr(0, first.size() - suffix.size());
    for (std::int64_t number = 1; number < count; ++number) {
        const auto part = path_.parent_path() / (stem + part_suffix(number, count));
        auto metadata = add_part(part);
        if (!metadata && metadata.error().code == ErrorCode::kNotFound)
            metadata.error().hint =
                "Put all " + std::to_string(count) + " parts of the model into one folder.";
        LECTERN_TRY(metadata);
        LECTERN_TRY(check_part(*metadata, part, number, count));
    }
    LECTERN_ASSIGN(const auto n_tensors,
                   integer_or("split.tensors.count", static_cast<std::int64_t>(tensors_.size())));
    if (n_tensors != static_cast<std::int64_t>(tensors_.size()))
        return fail(ErrorCode::kCorrupt,
                    path_.string() + " announces " + std::to_string(n_tensors) +
                        " tensors, but its parts hold " + std::to_string(tensors_.size()) + ".");
    return {};
}

const GgufValue* GgufFile::find(std::string_view key) const {
    const auto found = metadata_.find(std::string(key));
    return found == metadata_.end() ? nullptr : &found->second;
}

Result<std::int64_t> GgufFile::integer(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) return missing(path_, key);
    if (const auto* number = std::get_if<std::int64_t>(value)) return *number;
    return wrong_value(path_, key, "an integer in the range of 64 bits");
}

Result<double> GgufFile::number(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) return missing(path_, key);
    if (const auto* integer = std::get_if<std::int64_t>(value))
        return static_cast<double>(*integer);
    const auto* number = std::get_if<double>(value);
    if (number == nullptr || !std::isfinite(*number))
        return wrong_value(path_, key, "a finite number");
    return *number;
}

Result<std::string> GgufFile::text(std::string_view key) const {
    const GgufValue* value = find(key);
    if (value == nullptr) return missing(path_, key);
    if (const auto* text = std::get_if<std::string>(value)) return *text;
    return wrong_value(path_, key, "a text");
}

Result<std::int64_t> GgufFile::integer_or(std::string_view key, std::int64_t fallback) const {
    if (find(key) == nullptr) return fallback;
    return integer(key);
}

Result<double> GgufFile::number_or(std::string_view key, double fallback) const {
    if (find(key) == nullptr) return fallback;
    return number(key);
}

Result<bool> GgufFile::boolean_or(std::string_view key, bool fallback) const {
    const GgufValue* value = find(key);
    if (value == nullptr) return fallback;
    if (const auto* boolean = std::get_if<bool>(value)) return *boolean;
    return wrong_value(path_, key, "a boolean");
}

const GgufTensor* GgufFile::tensor(std::string_view name) const {
    const auto found = tensor_index_.find(std::string(name));
    return found == tensor_index_.end() ? nullptr : &tensors_[found->second];
}

}  // namespace lectern
