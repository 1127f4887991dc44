#include <cstring>

#include "engine/gguf/gguf_file.h"
#include "tests/support/catch.h"
#include "tests/support/gguf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using Catch::Matchers::Contains;
using test::GgufWriter;

namespace {

constexpr std::uint16_t kParts = 3;

std::string part_name(int number) {
    return "model-0000" + std::to_string(number + 1) + "-of-0000" + std::to_string(kParts) +
           ".gguf";
}

GgufWriter part(std::uint16_t number, const std::string& tensor) {
    GgufWriter writer;
    if (number == 0) writer.set("general.architecture", "llama");
    writer.set("split.no", number).set("split.count", kParts);
    writer.set("split.tensors.count", std::int32_t{kParts});
    writer.add(tensor, {2}, std::vector<float>{1.0F * number, 2});
    return writer;
}

void write_parts(const test::TempDir& dir) {
    for (std::uint16_t i = 0; i < kParts; ++i)
        part(i, "t" + std::to_string(i)).write(dir / part_name(i));
}

void check_refused(const std::filesystem::path& path, ErrorCode code, const std::string& reason) {
    const auto file = GgufFile::open(path);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().code == code);
    CHECK_THAT(file.error().text(), Contains(reason));
}

}  // namespace

TEST_CASE("a split model opens from its first part and has the hash of the whole one") {
    test::TempDir dir;
    write_parts(dir);
    const auto file = GgufFile::open(dir / part_name(0));
    REQUIRE(file.has_value());
    REQUIRE((*file)->tensors().size() == 3);
    float first = 0;
    std::memcpy(&first, (*file)->tensor("t2")->bytes.data(), sizeof(first));
    CHECK(first == 2.0F);
    CHECK((*file)->n_bytes() == part(0, "t0").bytes().size() + 2 * part(1, "t1").bytes().size());

    GgufWriter whole;
    whole.set("general.architecture", "llama");
    for (int i = 0; i < kParts; ++i)
        whole.add("t" + std::to_string(i), {2}, std::vector<float>{1.0F * i, 2});
    whole.write(dir / "whole.gguf");
    CHECK((*GgufFile::open(dir / "whole.gguf"))->content_hash() == (*file)->content_hash());
}

TEST_CASE("a later part, a missing part and a renamed first part are refused with the way out") {
    test::TempDir dir;
    write_parts(dir);
    check_refused(dir / part_name(1), ErrorCode::kCorrupt, "Open the first part.");
    std::filesystem::copy(dir / part_name(0), dir / "renamed.gguf");
    check_refused(dir / "renamed.gguf", ErrorCode::kInvalidArgument, "-00001-of-00003.gguf");
    std::filesystem::remove(dir / part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kNotFound, part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kNotFound, "into one folder");
}

TEST_CASE("parts that do not belong together are refused") {
    test::TempDir dir;
    write_parts(dir);
    part(1, "t1").write(dir / part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kCorrupt, "t1");
    part(1, "t3").write(dir / part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kCorrupt, "is part 2 of 3, not part 3 of 3");
    part(2, "t1").write(dir / part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kCorrupt, "in an earlier part too");
    part(2, "t2").add("t3", {1}, std::vector<float>{1}).write(dir / part_name(2));
    check_refused(dir / part_name(0), ErrorCode::kCorrupt, "announces 3 tensors");
}

TEST_CASE("absurd numbers of parts are refused") {
    test::TempDir dir;
    for (const std::uint64_t count : {std::uint64_t{60000}, ~std::uint64_t{0}}) {
        GgufWriter().set("split.count", count).write(dir / "m.gguf");
        check_refused(dir / "m.gguf", ErrorCode::kCorrupt, "split.count");
    }
    GgufWriter().set("split.count", "two").write(dir / "m.gguf");
    check_refused(dir / "m.gguf", ErrorCode::kCorrupt, "split.count");
}

TEST_CASE("a model whose parts were merged says that it has no parts, and opens") {
    test::TempDir dir;
    GgufWriter().set("split.count", std::uint16_t{0}).write(dir / "m.gguf");
    CHECK(GgufFile::open(dir / "m.gguf").has_value());
}
