#include "engine/gguf/gguf_file.h"

#include <cmath>
#include <limits>

#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using test::GgufWriter;

namespace {

std::shared_ptr<const GgufFile> open(const GgufWriter& writer, const std::filesystem::path& path) {
    writer.write(path);
    auto file = GgufFile::open(path);
    if (!file) FAIL(file.error().text());
    return *file;
}

GgufWriter with_one_tensor() {
    GgufWriter writer;
    writer.set("general.architecture", "llama");
    writer.add("a", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
    return writer;
}

template <class T>
T value(const GgufFile& file, std::string_view key) {
    const GgufValue* found = file.find(key);
    REQUIRE(found != nullptr);
    REQUIRE(std::holds_alternative<T>(*found));
    return std::get<T>(*found);
}

}  // namespace

TEST_CASE("metadata of every type come back as they were written") {
    test::TempDir dir;
    GgufWriter writer;
    writer.set("u8", std::uint8_t{255})
        .set("i8", std::int8_t{-128})
        .set("u16", std::uint16_t{65535});
    writer.set("i16", std::int16_t{-3}).set("u32", 4294967295U).set("i32", -7);
    writer.set("u64", std::uint64_t{1} << 40).set("i64", std::int64_t{-1} * (1LL << 40));
    writer.set("u64 max", std::numeric_limits<std::uint64_t>::max());
    writer.set("f32", 0.5F).set("f64", 0.1).set("yes", true).set("no", false).set("text", "äö");
    writer.set("u8s", std::vector<std::uint8_t>{1, 255})
        .set("i32s", std::vector<std::int32_t>{-1, 2});
    writer.set("f32s", std::vector<float>{0.25F}).set("bools", std::vector<bool>{true, false});
    writer.set("texts", std::vector<std::string>{"", "a", "bc"});
    writer.set("none", std::vector<std::int64_t>{});
    const auto file = open(writer, dir / "m.gguf");

    CHECK(value<std::int64_t>(*file, "u8") == 255);
    CHECK(value<std::int64_t>(*file, "i8") == -128);
    CHECK(value<std::int64_t>(*file, "u16") == 65535);
    CHECK(value<std::int64_t>(*file, "i16") == -3);
    CHECK(value<std::int64_t>(*file, "u32") == 4294967295);
    CHECK(value<std::int64_t>(*file, "i32") == -7);
    CHECK(value<std::int64_t>(*file, "u64") == 1LL << 40);
    CHECK(value<std::int64_t>(*file, "i64") == -(1LL << 40));
    CHECK(value<std::uint64_t>(*file, "u64 max") == std::numeric_limits<std::uint64_t>::max());
    CHECK(value<double>(*file, "f32") == 0.5);
    CHECK(value<double>(*file, "f64") == 0.1);
    CHECK(value<bool>(*file, "yes"));
    CHECK_FALSE(value<bool>(*file, "no"));
    CHECK(value<std::string>(*file, "text") == "äö");
    CHECK(value<std::vector<std::int64_t>>(*file, "u8s") == std::vector<std::int64_t>{1, 255});
    CHECK(value<std::vector<std::int64_t>>(*file, "i32s") == std::vector<std::int64_t>{-1, 2});
    CHECK(value<std::vector<double>>(*file, "f32s") == std::vector<double>{0.25});
    CHECK(value<std::vector<std::int64_t>>(*file, "bools") == std::vector<std::int64_t>{1, 0});
    CHECK(value<std::vector<std::string>>(*file, "texts") ==
          std::vector<std::string>{"", "a", "bc"});
    CHECK(value<std::vector<std::int64_t>>(*file, "none").empty());
    CHECK(file->find("absent") == nullptr);
    CHECK(file->tensors().empty());
}

TEST_CASE("typed look-ups tell an absent key from a wrong one") {
    test::TempDir dir;
    GgufWriter writer;
    writer.set("int", 3U).set("real", 1.5F).set("text", "x").set("yes", true);
    writer.set("nan", std::nanf("")).set("huge", std::numeric_limits<std::uint64_t>::max());
    const auto file = open(writer, dir / "m.gguf");

    CHECK(file->integer("int") == 3);
    CHECK(file->number("real") == 1.5);
    CHECK(file->number("int") == 3.0);
    CHECK(file->text("text") == std::string("x"));
    CHECK(file->boolean_or("yes", false) == true);
    CHECK(file->integer("absent").error().code == ErrorCode::kNotFound);
    CHECK(file->integer("absent").error().message.find("\"absent\"") != std::string::npos);
    CHECK(file->number("absent").error().code == ErrorCode::kNotFound);
    CHECK(file->text("absent").error().code == ErrorCode::kNotFound);
    CHECK(file->integer_or("absent", 9) == 9);
    CHECK(file->number_or("absent", 9.5) == 9.5);
    CHECK(file->boolean_or("absent", true) == true);
    CHECK(file->integer("text").error().code == ErrorCode::kCorrupt);
    CHECK(file->integer("huge").error().code == ErrorCode::kCorrupt);
    CHECK(file->integer_or("real", 9).error().code == ErrorCode::kCorrupt);
    CHECK(file->number("nan").error().code == ErrorCode::kCorrupt);
    CHECK(file->number_or("text", 1).error().code == ErrorCode::kCorrupt);
    CHECK(file->text("int").error().code == ErrorCode::kCorrupt);
    CHECK(file->boolean_or("int", true).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("tensors have their shape outermost first and their own bytes, in versions 2 and 3") {
    test::TempDir dir;
    for (const std::uint32_t version : {2U, 3U}) {
        for (const std::uint32_t alignment : {8U, 32U, 4096U}) {
            GgufWriter writer;
            writer.version(version).alignment(alignment);
            writer.add("norm", {3}, std::vector<float>{1, 2, 3});
            writer.add("q", DType::kQ8_0, {2, 64}, std::vector<std::byte>(136, std::byte{7}));
            writer.add("deep", {1, 2, 1, 3}, std::vector<float>{1, 2, 3, 4, 5, 6});
            const auto file = open(writer, dir / "m.gguf");

            REQUIRE(file->tensors().size() == 3);
            const GgufTensor* norm = file->tensor("norm");
            REQUIRE(norm != nullptr);
            CHECK(norm->shape == Shape{3});
            REQUIRE(norm->bytes.size() == 12);
            CHECK(norm->bytes[7] == std::byte{0x40});  // of 2.0f
            const GgufTensor* q = file->tensor("q");
            CHECK(q->dtype == DType::kQ8_0);
            CHECK(q->shape == Shape{2, 64});
            CHECK(q->bytes.size() == 136);
            CHECK(q->bytes[135] == std::byte{7});
            CHECK(file->tensor("deep")->shape == Shape{1, 2, 1, 3});
            CHECK(file->tensor("absent") == nullptr);
            CHECK(file->n_bytes() == writer.bytes().size());
        }
    }
}

TEST_CASE("the content hash changes with a value, a name, a shape and a byte") {
    test::TempDir dir;
    const std::vector<float> data{1, 2, 3, 4, 5, 6};
    const auto hash = [&](const GgufWriter& writer) {
        return open(writer, dir / "m.gguf")->content_hash();
    };
    const Hash128 original = hash(with_one_tensor());
    CHECK(hash(with_one_tensor()) == original);
    CHECK(hash(with_one_tensor().set("more", 1)) != original);
    CHECK(hash(GgufWriter().set("general.architecture", "llamb").add("a", {2, 3}, data)) !=
          original);
    CHECK(hash(GgufWriter().set("general.architecture", "llama").add("b", {2, 3}, data)) !=
          original);
    CHECK(hash(GgufWriter().set("general.architecture", "llama").add("a", {3, 2}, data)) !=
          original);
    CHECK(hash(GgufWriter()
                   .set("general.architecture", "llama")
                   .add("a", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 7})) != original);
}

TEST_CASE("the content hash of a large tensor sees its first and its last byte") {
    test::TempDir dir;
    std::vector<std::byte> bytes(1 << 20);
    const auto hash = [&] {
        return open(GgufWriter().add("a", DType::kI8, {1 << 20}, bytes), dir / "m")->content_hash();
    };
    const Hash128 original = hash();
    bytes.back() = std::byte{1};
    const Hash128 last = hash();
    bytes.front() = std::byte{1};
    CHECK(last != original);
    CHECK(hash() != last);
}

TEST_CASE("a missing file, a folder, an empty file and other formats are told apart") {
    test::TempDir dir;
    CHECK(GgufFile::open(dir / "missing.gguf").error().code == ErrorCode::kNotFound);
    CHECK(GgufFile::open(dir.path()).error().code == ErrorCode::kIo);
    test::write_file(dir / "empty", {});
    CHECK(GgufFile::open(dir / "empty").error().code == ErrorCode::kCorrupt);
    const std::string text = "<!DOCTYPE html><html>not found</html>";
    test::write_file(dir / "html", std::as_bytes(std::span(text)));
    const auto error = GgufFile::open(dir / "html").error();
    CHECK(error.code == ErrorCode::kCorrupt);
    CHECK(error.message.find("does not begin with \"GGUF\"") != std::string::npos);
}

TEST_CASE("bytes behind the last tensor and gaps between tensors are allowed") {
    test::TempDir dir;
    auto bytes = with_one_tensor().bytes();
    bytes.resize(bytes.size() + 100);
    test::write_file(dir / "m", bytes);
    CHECK(GgufFile::open(dir / "m").has_value());
}
