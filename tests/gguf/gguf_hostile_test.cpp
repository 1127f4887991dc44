// GGUF files that lie. Parsed from memory of exactly their size, where the address sanitizer sees
// every byte read outside.
#include <cstring>
#include <functional>

#include "engine/gguf/gguf_parser.h"
#include "engine/quant/dequantize.h"
#include "tests/gguf/mutate.h"
#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using test::GgufWriter;

namespace {

using Bytes = std::vector<std::byte>;

/// Every kind of value, and tensors of a plain and of two quantised types.
GgufWriter sample() {
    GgufWriter writer;
    writer.alignment(32).set("general.architecture", "llama").set("n", 7U).set("flag", true);
    writer.set("wide", std::uint64_t{5}).set("theta", 1e4F).set("eps", 1e-5);
    writer.set("ids", std::vector<std::int32_t>{1, 2, 3}).set("scores", std::vector<float>{0.5F});
    writer.set("flags", std::vector<bool>{true, false});
    writer.set("big", std::vector<std::uint64_t>{1, 2});
    writer.set("tokens", std::vector<std::string>{"a", "", "bcd"});
    writer.add("norm", {3}, std::vector<float>{1, 2, 3});
    writer.add("wq", DType::kQ8_0, {2, 32}, Bytes(68, std::byte{1}));
    writer.add("wk", DType::kQ4K, {1, 256}, Bytes(144, std::byte{1}));
    return writer;
}

/// Offset behind the first occurrence of `name`.
std::size_t behind(const Bytes& bytes, std::string_view name) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t at = text.find(name);
    REQUIRE(at != std::string_view::npos);
    return at + name.size();
}

template <class T>
void put(Bytes& bytes, std::size_t offset, T value) {
    REQUIRE(offset + sizeof(T) <= bytes.size());
    std::memcpy(bytes.data() + offset, &value, sizeof(T));
}

/// A tensor's entry behind its name: u32 dimensions, u64 extents, u32 type, u64 offset.
struct EntryFields {
    std::size_t n_dims, extent, type, offset;
};
EntryFields entry_of(const Bytes& bytes, std::string_view name, std::size_t n_dims) {
    const std::size_t at = behind(bytes, name);
    return {at, at + 4, at + 4 + 8 * n_dims, at + 8 + 8 * n_dims};
}

void check_refused(const Bytes& bytes, ErrorCode code, std::string_view reason) {
    CAPTURE(reason);
    const auto contents = parse_gguf(bytes, "m.gguf");
    REQUIRE_FALSE(contents.has_value());
    CHECK(contents.error().code == code);
    CHECK_THAT(contents.error().message, Catch::Matchers::Contains(std::string(reason)));
    CHECK_THAT(contents.error().message, Catch::Matchers::Contains("m.gguf"));
}

void check_corrupt(const Bytes& bytes, std::string_view reason) {
    check_refused(bytes, ErrorCode::kCorrupt, reason);
}

/// The sample with one field changed.
template <class T>
Bytes patched(const std::function<std::size_t(const Bytes&)>& offset, T value) {
    Bytes bytes = sample().bytes();
    put(bytes, offset(bytes), value);
    return bytes;
}

std::function<std::size_t(const Bytes&)> at(std::size_t offset) {
    return [offset](const Bytes&) { return offset; };
}
std::function<std::size_t(const Bytes&)> behind_key(std::string_view key, std::size_t skip) {
    return [=](const Bytes& bytes) { return behind(bytes, key) + skip; };
}

/// What an error or a file must be after any damage.
void check_sane(const Bytes& bytes) {
    const auto contents = parse_gguf(bytes, "m.gguf");
    if (!contents) {
        const ErrorCode code = contents.error().code;
        if (code != ErrorCode::kCorrupt && code != ErrorCode::kUnsupported) FAIL("wrong code");
        if (contents.error().message.find("m.gguf") == std::string::npos) FAIL("unclear message");
        return;
    }
    const std::byte* end = bytes.data() + bytes.size();
    for (const GgufTensor& tensor : contents->tensors) {
        const auto n = tensor.shape.n_elements();
        if (tensor.bytes.data() < bytes.data() || tensor.bytes.size() > bytes.size() ||
            tensor.bytes.data() + tensor.bytes.size() > end)
            FAIL("a tensor lies outside of the file");
        if (n < 1 || tensor.bytes.size() != row_bytes(tensor.dtype, n)) FAIL("wrong size");
        if (tensor.dtype == DType::kI32) continue;
        std::vector<float> values(static_cast<std::size_t>(n));
        dequantize(tensor.dtype, tensor.bytes, values);
    }
}

}  // namespace

TEST_CASE("the sample that the tests break is valid") {
    const Bytes bytes = sample().bytes();
    const auto contents = parse_gguf(bytes, "m.gguf");
    REQUIRE(contents.has_value());
    CHECK(contents->metadata.size() == 12);
    CHECK(contents->tensors.size() == 3);
}

TEST_CASE("a wrong magic, version, byte order or count is refused") {
    check_corrupt(patched(at(0), 'X'), "does not begin with \"GGUF\"");
    check_refused(patched(at(4), 1U), ErrorCode::kUnsupported, "GGUF version 1");
    check_refused(patched(at(4), 4U), ErrorCode::kUnsupported, "GGUF version 4");
    check_refused(patched(at(4), 0U), ErrorCode::kUnsupported, "GGUF version 0");
    check_refused(patched(at(4), 0x03000000U), ErrorCode::kUnsupported, "big-endian");
    for (const std::uint64_t n :
         {std::uint64_t{1} << 20, std::uint64_t{1} << 60, ~std::uint64_t{0}}) {
        check_corrupt(patched(at(8), n), std::to_string(n) + " tensors");
        check_corrupt(patched(at(16), n), std::to_string(n) + " metadata keys");
    }
    check_corrupt(patched(at(8), std::uint64_t{4}), "tensor 3");    // reads the padding
    check_corrupt(patched(at(16), std::uint64_t{13}), "tensor 0");  // takes "norm" for a key
}

TEST_CASE("broken metadata are refused") {
    check_corrupt(patched(behind_key("theta", 0), 13U), "type 13 does not exist");
    check_corrupt(patched(behind_key("ids", 4), 13U), "elements' type 13 does not exist");
    check_corrupt(patched(behind_key("ids", 4), 9U), "arrays of arrays");
    check_corrupt(patched(behind_key("flag", 4), std::uint8_t{2}), "neither 0 nor 1");
    check_corrupt(patched(behind_key("flags", 17), std::uint8_t{2}), "neither 0 nor 1");
    check_corrupt(patched(behind_key("big", 16), ~std::uint64_t{0}), "beyond the range");
    for (const std::uint64_t n : {std::uint64_t{1000}, std::uint64_t{1} << 24})
        check_corrupt(patched(behind_key("ids", 8), n), "\"ids\"");
    check_corrupt(patched(behind_key("ids", 8), ~std::uint64_t{0}), "too long");
    check_corrupt(patched(behind_key("ids", 8), (std::uint64_t{1} << 62) + 1), "too long");
    check_corrupt(patched(behind_key("tokens", 8), std::uint64_t{1} << 20), "ends too early");
    check_corrupt(patched(behind_key("tokens", 16), ~std::uint64_t{0}), "ends too early");
    check_corrupt(patched(behind_key("general.architecture", 4), std::uint64_t{1} << 63),
                  "ends too early");
    const auto key_length = [](const Bytes& bytes) { return behind(bytes, "theta") - 13; };
    check_corrupt(patched(key_length, ~std::uint64_t{0}), "ends too early");
    check_corrupt(patched(key_length, std::uint64_t{0}), "the key is empty");
    check_corrupt(GgufWriter().set("k", 1).set("k", 2).bytes(), "the key occurs twice");
    check_corrupt(GgufWriter().set(std::string(70000, 'k'), 1).bytes(), "70000 bytes is too long");
}

TEST_CASE("an alignment that is no power of two, or absurd, is refused") {
    for (const std::uint32_t alignment : {0U, 1U, 4U, 24U, 33U, 1U << 21, 1U << 31, ~0U})
        check_corrupt(GgufWriter().set("general.alignment", alignment).bytes(),
                      "not a power of two");
    check_corrupt(GgufWriter().set("general.alignment", "32").bytes(), "not a power of two");
}

TEST_CASE("absurd dimensions are refused") {
    const auto dims = [](const Bytes& b) { return entry_of(b, "wq", 2).n_dims; };
    const auto inner = [](const Bytes& b) { return entry_of(b, "wq", 2).extent; };
    const auto outer = [](const Bytes& b) { return entry_of(b, "wq", 2).extent + 8; };
    check_corrupt(patched(dims, 0U), "0 dimensions");
    check_corrupt(patched(dims, 5U), "5 dimensions");
    check_corrupt(patched(dims, ~0U), "4294967295 dimensions");
    check_corrupt(patched(inner, std::int64_t{0}), "a dimension of 0");
    check_corrupt(patched(outer, std::int64_t{-1}), "a dimension of -1");
    check_corrupt(patched(outer, std::int64_t{1} << 62), "too large");
    check_corrupt(patched(inner, std::int64_t{1} << 62), "too large");
    check_corrupt(patched(inner, std::int64_t{1} << 61), "larger than the file");
    check_corrupt(patched(inner, std::int64_t{33}), "no multiple of the block of Q8_0");
    check_corrupt(patched(outer, std::int64_t{1000}), "larger than the file");
}

TEST_CASE("element types that are not read are named") {
    const auto type = [](const Bytes& b) { return entry_of(b, "wq", 2).type; };
    check_refused(patched(type, 17U), ErrorCode::kUnsupported, "IQ2_XS");
    check_refused(patched(type, 39U), ErrorCode::kUnsupported, "MXFP4");
    check_refused(patched(type, 28U), ErrorCode::kUnsupported, "F64");
    check_refused(patched(type, 99U), ErrorCode::kUnsupported, "number 99");
    check_refused(patched(type, ~0U), ErrorCode::kUnsupported, "number 4294967295");
}

TEST_CASE("tensors outside of the file, misaligned or over one another are refused") {
    const auto offset = [](const Bytes& b) { return entry_of(b, "wk", 2).offset; };
    check_corrupt(patched(offset, std::uint64_t{1}), "not a multiple of 32");
    check_corrupt(patched(offset, std::uint64_t{0}), "overlap");
    check_corrupt(patched(offset, std::uint64_t{32}), "overlap those of tensor");
    check_corrupt(patched(offset, std::uint64_t{160}), "behind the end of the file");
    check_corrupt(patched(offset, std::uint64_t{1} << 40), "behind the end of the file");
    check_corrupt(patched(offset, ~std::uint64_t{0} - 31), "behind the end of the file");
}

TEST_CASE("a tensor without a name, with a long one or with another's is refused") {
    const std::vector<float> x{1};
    check_corrupt(GgufWriter().add("", {1}, x).bytes(), "has no name");
    check_corrupt(GgufWriter().add(std::string(300, 't'), {1}, x).bytes(), "300 bytes is too long");
    check_corrupt(GgufWriter().add("t", {1}, x).add("t", {1}, x).bytes(), "the name occurs twice");
}

TEST_CASE("names from a file cannot put control characters into a message") {
    const auto bytes = GgufWriter().set("a\x1b[2J\n", 1).set("a\x1b[2J\n", 1).bytes();
    const auto contents = parse_gguf(bytes, "m.gguf");
    REQUIRE_FALSE(contents.has_value());
    CHECK_THAT(contents.error().message, Catch::Matchers::Contains("\"a\\x1b[2J\\x0a\""));
    CHECK(contents.error().message.find('\n') == std::string::npos);
}

TEST_CASE("a file cut off at any byte is refused") {
    const Bytes whole = sample().bytes();
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n));
        if (parse_gguf(cut, "m.gguf").has_value()) FAIL("accepted when cut at " << n);
        check_sane(cut);
    }
}

TEST_CASE("a file with any single bit flipped is refused or still means something") {
    Bytes bytes = sample().bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            bytes[i] ^= static_cast<std::byte>(1 << bit);
            check_sane(bytes);
            bytes[i] ^= static_cast<std::byte>(1 << bit);
        }
    }
}

TEST_CASE("randomly damaged files are refused or still mean something") {
    std::mt19937 random(20240607);
    const Bytes whole = sample().bytes();
    int n_accepted = 0;
    for (int i = 0; i < 20000; ++i) {
        const Bytes damaged = test::mutate(whole, random);
        check_sane(damaged);
        n_accepted += parse_gguf(damaged, "m.gguf").has_value() ? 1 : 0;
    }
    // Neither always the first check nor none at all.
    CHECK(n_accepted > 200);
    CHECK(n_accepted < 18000);
}
