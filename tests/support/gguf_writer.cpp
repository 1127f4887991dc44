#include "tests/support/gguf_writer.h"

#include <fstream>
#include <stdexcept>

#include "engine/gguf/ggml_types.h"

namespace lectern::test {
namespace {

constexpr std::uint32_t kString = 8;
constexpr std::uint32_t kArray = 9;

}  // namespace

ByteWriter& ByteWriter::text(std::string_view value) {
    number(static_cast<std::uint64_t>(value.size()));
    return raw(std::as_bytes(std::span(value)));
}

ByteWriter& ByteWriter::raw(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
}

ByteWriter& ByteWriter::pad_to(std::size_t alignment) {
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
    return *this;
}

GgufWriter& GgufWriter::set(std::string_view key, std::string_view value) {
    begin_key(key, kString);
    keys_.text(value);
    return *this;
}

GgufWriter& GgufWriter::set(std::string_view key, const std::vector<bool>& values) {
    begin_array(key, type_of<bool>(), values.size());
    for (const bool value : values) keys_.number(value);
    return *this;
}

GgufWriter& GgufWriter::set(std::string_view key, const std::vector<std::string>& values) {
    begin_array(key, kString, values.size());
    for (const std::string& value : values) keys_.text(value);
    return *this;
}

GgufWriter& GgufWriter::add(std::string_view name, DType dtype, const Shape& shape,
                            std::span<const std::byte> bytes) {
    data_.pad_to(alignment_);
    entries_.text(name).number(static_cast<std::uint32_t>(shape.n_dims()));
    for (int i = shape.n_dims() - 1; i >= 0; --i) entries_.number(shape[i]);
    entries_.number(ggml_of_dtype(dtype)).number(static_cast<std::uint64_t>(data_.size()));
    data_.raw(bytes);
    ++n_tensors_;
    return *this;
}

GgufWriter& GgufWriter::add(std::string_view name, const Shape& shape,
                            std::span<const float> values) {
    return add(name, DType::kF32, shape, std::as_bytes(values));
}

GgufWriter& GgufWriter::version(std::uint32_t version) {
    version_ = version;
    return *this;
}

GgufWriter& GgufWriter::alignment(std::uint32_t alignment) {
    if (n_tensors_ > 0) throw std::logic_error("the alignment comes before the tensors");
    alignment_ = alignment;
    return set("general.alignment", alignment);
}

std::vector<std::byte> GgufWriter::bytes() const {
    ByteWriter file;
    file.raw(std::as_bytes(std::span(std::string_view("GGUF"))));
    file.number(version_).number(n_tensors_).number(n_keys_);
    file.raw(keys_.bytes()).raw(entries_.bytes());
    if (n_tensors_ > 0) file.pad_to(alignment_).raw(data_.bytes());
    return file.bytes();
}

void GgufWriter::write(const std::filesystem::path& path) const { write_file(path, bytes()); }

void GgufWriter::begin_key(std::string_view key, std::uint32_t type) {
    keys_.text(key).number(type);
    ++n_keys_;
}

void GgufWriter::begin_array(std::string_view key, std::uint32_t type, std::size_t n) {
    begin_key(key, kArray);
    keys_.number(type).number(static_cast<std::uint64_t>(n));
}

void write_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    std::ofstream out(path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace lectern::test
