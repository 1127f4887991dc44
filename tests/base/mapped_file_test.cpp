#include "engine/base/mapped_file.h"

#include <sys/stat.h>

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

TEST_CASE("a mapped file gives its bytes, also after a move") {
    test::TempDir dir;
    std::ofstream(dir / "f") << "hello";
    auto file = MappedFile::open(dir / "f");
    REQUIRE(file.has_value());
    MappedFile moved = std::move(*file);
    REQUIRE(moved.bytes().size() == 5);
    CHECK(static_cast<char>(moved.bytes()[4]) == 'o');
}

TEST_CASE("a missing file is kNotFound, a folder is refused, an empty file is empty") {
    test::TempDir dir;
    CHECK(MappedFile::open(dir / "missing").error().code == ErrorCode::kNotFound);
    CHECK(MappedFile::open(dir.path()).error().code == ErrorCode::kIo);
    std::ofstream(dir / "empty").flush();
    CHECK(MappedFile::open(dir / "empty")->bytes().empty());
}

TEST_CASE("pages that were released come back with the same bytes") {
    test::TempDir dir;
    std::string text;
    while (text.size() < 100000) text += "line " + std::to_string(text.size()) + "\n";
    std::ofstream(dir / "f", std::ios::binary) << text;
    const auto file = MappedFile::open(dir / "f");
    REQUIRE(file.has_value());
    const auto read = [&] {
        return std::string(reinterpret_cast<const char*>(file->bytes().data()),
                           file->bytes().size());
    };
    CHECK(read() == text);
    release_pages(file->bytes().subspan(10, 90000));
    release_pages(file->bytes().first(0));
    CHECK(read() == text);
}

TEST_CASE("a pipe is refused, not waited for") {
    test::TempDir dir;
    REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
    CHECK(MappedFile::open(dir / "pipe").error().code == ErrorCode::kIo);
}
