#include <cstring>

#include "engine/gguf/safetensors_file.h"
#include "engine/gguf/safetensors_parser.h"
#include "engine/quant/dequantize.h"
#include "tests/gguf/mutate.h"
#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using Catch::Matchers::Contains;

namespace {

using Bytes = std::vector<std::byte>;

Bytes safetensors(std::string_view header, std::size_t data_bytes) {
    Bytes data(data_bytes);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::byte>(i);
    test::ByteWriter file;
    return file.text(header).raw(data).bytes();  // a length and its bytes, as in GGUF
}

std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
    return "\"" + name + R"(":{"dtype":")" + dtype + R"(","shape":)" + shape +
           R"(,"data_offsets":)" + offsets + "}";
}

Bytes sample() {
    return safetensors(R"({"__metadata__":{"format":"pt"},)" +
                           entry("ids", "I64", "[2]", "[0,16]") + "," +
                           entry("w", "F32", "[2,3]", "[16,40]") + "," +
                           entry("h", "BF16", "[2]", "[40,44]") + "}",
                       44);
}

Result<std::shared_ptr<const SafetensorsFile>> open(const Bytes& bytes) {
    const test::TempDir dir;
    test::write_file(dir / "m.safetensors", bytes);
    return SafetensorsFile::open(dir / "m.safetensors");
}

void check_refused(const Bytes& bytes, ErrorCode code, const std::string& reason) {
    CAPTURE(reason);
    const auto tensors = parse_safetensors(bytes, "m.safetensors");
    REQUIRE_FALSE(tensors.has_value());
    CHECK(tensors.error().code == code);
    CHECK_THAT(tensors.error().message, Contains(reason));
    CHECK_THAT(tensors.error().message, Contains("m.safetensors"));
}

/// One F32 tensor over 24 bytes of data.
void check_tensor_refused(const std::string& shape, const std::string& offsets,
                          const std::string& reason) {
    check_refused(safetensors("{" + entry("w", "F32", shape, offsets) + "}", 24),
                  ErrorCode::kCorrupt, reason);
}

/// What an error or a file must be after any damage. The bytes lie in memory of exactly their size,
/// where the address sanitizer sees every byte read outside.
void check_sane(const Bytes& bytes) {
    const auto tensors = parse_safetensors(bytes, "m.safetensors");
    if (!tensors) {
        const ErrorCode code = tensors.error().code;
        if (code != ErrorCode::kCorrupt && code != ErrorCode::kUnsupported) FAIL("wrong code");
        if (tensors.error().message.find("m.safetensors") == std::string::npos) FAIL("unclear");
        return;
    }
    for (const GgufTensor& tensor : *tensors) {
        const auto n = tensor.shape.n_elements();
        if (n < 1 || tensor.bytes.size() != row_bytes(tensor.dtype, n)) FAIL("wrong size");
        if (tensor.bytes.data() < bytes.data() ||
            tensor.bytes.data() + tensor.bytes.size() > bytes.data() + bytes.size())
            FAIL("a tensor lies outside of the file");
        if (tensor.dtype == DType::kI32) continue;
        std::vector<float> values(static_cast<std::size_t>(n));
        dequantize(tensor.dtype, tensor.bytes, values);
    }
}

}  // namespace

TEST_CASE("safetensors give shape, type and bytes, and leave position ids out") {
    const auto file = open(sample());
    REQUIRE(file.has_value());
    REQUIRE((*file)->tensors().size() == 2);
    const GgufTensor* w = (*file)->tensor("w");
    REQUIRE(w != nullptr);
    CHECK(w->dtype == DType::kF32);
    CHECK(w->shape == Shape{2, 3});
    REQUIRE(w->bytes.size() == 24);
    CHECK(w->bytes[0] == std::byte{16});
    CHECK((*file)->tensor("h")->dtype == DType::kBF16);
    CHECK((*file)->tensor("h")->bytes[3] == std::byte{43});
    CHECK((*file)->tensor("ids") == nullptr);
    CHECK((*file)->tensor("absent") == nullptr);
}

TEST_CASE("the content hash of safetensors follows its tensors") {
    Bytes bytes = sample();
    const Hash128 original = (*open(bytes))->content_hash();
    CHECK((*open(sample()))->content_hash() == original);
    bytes.back() ^= std::byte{1};
    CHECK((*open(bytes))->content_hash() != original);
}

TEST_CASE("a scalar is a tensor of one element, an empty file of no tensors is valid") {
    const auto file = open(safetensors("{" + entry("s", "F32", "[]", "[0,4]") + "}   ", 4));
    REQUIRE(file.has_value());
    CHECK((*file)->tensor("s")->shape == Shape{1});
    CHECK(open(safetensors("{}", 0)).has_value());
}

TEST_CASE("broken headers are refused") {
    check_refused({}, ErrorCode::kCorrupt, "shorter than a header");
    check_refused(Bytes(7), ErrorCode::kCorrupt, "shorter than a header");
    Bytes bytes = sample();
    for (const std::uint64_t n :
         {std::uint64_t{1} << 20, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
        std::memcpy(bytes.data(), &n, sizeof(n));
        check_refused(bytes, ErrorCode::kCorrupt, std::to_string(n) + " bytes");
    }
    for (const char* header : {"", "{", "{]", "nonsense", "{\"a\":1e999}", "{\"\xff\":1}", "{} {}"})
        check_refused(safetensors(header, 0), ErrorCode::kCorrupt, "no JSON");
    for (const char* header : {"[]", "null", "3", "\"a\""})
        check_refused(safetensors(header, 0), ErrorCode::kCorrupt, "no JSON object");
    check_refused(safetensors(std::string(100000, '['), 0), ErrorCode::kCorrupt, "nested");
    std::string deep;
    for (int i = 0; i < 50000; ++i) deep += "{\"a\":";
    check_refused(safetensors(deep, 0), ErrorCode::kCorrupt, "nested");
    check_refused(safetensors(R"({"a":{"b":{"c":{"d":1}}}})", 0), ErrorCode::kCorrupt, "nested");
}

TEST_CASE("broken entries are refused") {
    for (const char* entry : {"1", "[]", "null"})
        check_refused(safetensors("{\"w\":" + std::string(entry) + "}", 0), ErrorCode::kCorrupt,
                      "no JSON object");
    for (const char* entry :
         {"{}", R"({"dtype":"F32","shape":[1]})", R"({"dtype":3,"shape":[1],"data_offsets":[0,4]})",
          R"({"dtype":"F32","shape":{},"data_offsets":[0,4]})",
          R"({"dtype":"F32","shape":[1],"data_offsets":4})"})
        check_refused(safetensors("{\"w\":" + std::string(entry) + "}", 4), ErrorCode::kCorrupt,
                      "lacks");
    const std::string w = entry("w", "F32", "[1]", "[0,4]");
    check_refused(safetensors("{" + w + "," + w + "}", 4), ErrorCode::kCorrupt, "\"w\" twice");
    check_refused(
        safetensors(R"({"w":{"dtype":"F32","dtype":"F16","shape":[1],"data_offsets":[0,4]}})", 4),
        ErrorCode::kCorrupt, "\"dtype\" twice");
}

TEST_CASE("wrong shapes and offsets are refused") {
    check_tensor_refused("[6]", "[0]", "two positions");
    check_tensor_refused("[6]", "[0,24,24]", "two positions");
    check_tensor_refused("[6]", "[-1,24]", "two positions");
    check_tensor_refused("[6]", "[0,24.0]", "two positions");
    check_tensor_refused("[6]", "[0,\"24\"]", "two positions");
    check_tensor_refused("[6]", "[0,18446744073709551616]", "two positions");
    check_tensor_refused("[6]", "[24,0]", "behind the end");
    check_tensor_refused("[6]", "[0,25]", "behind the end");
    check_tensor_refused("[6]", "[18446744073709551600,18446744073709551615]", "behind the end");
    check_tensor_refused("[7]", "[0,24]", "takes 28 bytes");
    check_tensor_refused("[0]", "[0,24]", "takes 0 bytes");
    check_tensor_refused("[-6]", "[0,24]", "not a list of sizes");
    check_tensor_refused("[6.0]", "[0,24]", "not a list of sizes");
    check_tensor_refused("[[6]]", "[0,24]", "nested");
    check_tensor_refused("[18446744073709551615]", "[0,24]", "not a list of sizes");
    check_tensor_refused("[4611686018427387904,4]", "[0,24]", "too large");
    check_tensor_refused("[4294967296,4294967296,6]", "[0,24]", "too large");
    check_tensor_refused("[5]", "[0,20]", "behind the last tensor");
    check_tensor_refused("[5]", "[4,24]", "gap");
}

TEST_CASE("overlapping tensors are refused") {
    const std::string a = entry("a", "F32", "[3]", "[0,12]");
    check_refused(safetensors("{" + a + "," + entry("b", "F32", "[3]", "[8,20]") + "}", 20),
                  ErrorCode::kCorrupt, "overlap");
    check_refused(safetensors("{" + a + "," + entry("b", "F32", "[3]", "[0,12]") + "}", 12),
                  ErrorCode::kCorrupt, "overlap");
    // Left out, but its place counts.
    check_refused(safetensors("{" + a + "," + entry("b", "I64", "[1]", "[4,12]") + "}", 12),
                  ErrorCode::kCorrupt, "overlap");
}

TEST_CASE("types that are not read are named") {
    for (const char* type : {"F64", "F8_E4M3", "f32", ""})
        check_refused(safetensors("{" + entry("w", type, "[1]", "[0,8]") + "}", 8),
                      ErrorCode::kUnsupported, "\"" + std::string(type) + "\"");
    check_refused(safetensors("{" + entry("w", "F32", "[1,1,1,1,1]", "[0,4]") + "}", 4),
                  ErrorCode::kUnsupported, "four dimensions");
    check_refused(safetensors("{" + entry("w", "F32", "[0,3]", "[0,0]") + "}", 0),
                  ErrorCode::kUnsupported, "empty");
}

TEST_CASE("safetensors cut off at any byte are refused") {
    const Bytes whole = sample();
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(n));
        check_sane(cut);
        if (parse_safetensors(cut, "m").has_value()) FAIL("accepted when cut at " << n);
    }
}

TEST_CASE("randomly damaged safetensors are refused or still mean something") {
    std::mt19937 random(20240608);
    const Bytes whole = sample();
    int n_accepted = 0;
    for (int i = 0; i < 20000; ++i) {
        const Bytes damaged = test::mutate(whole, random);
        check_sane(damaged);
        n_accepted += parse_safetensors(damaged, "m").has_value() ? 1 : 0;
    }
    CHECK(n_accepted > 200);
    CHECK(n_accepted < 18000);
}

TEST_CASE("a missing safetensors file and a folder are told apart") {
    const test::TempDir dir;
    CHECK(SafetensorsFile::open(dir / "missing").error().code == ErrorCode::kNotFound);
    CHECK(SafetensorsFile::open(dir.path()).error().code == ErrorCode::kIo);
    test::write_file(dir / "broken", Bytes(20));
    CHECK(SafetensorsFile::open(dir / "broken").error().code == ErrorCode::kCorrupt);
}
