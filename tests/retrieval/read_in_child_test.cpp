#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "retrieval/document/document_cbor.h"
#include "retrieval/document/document_reader.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

namespace {

const std::filesystem::path kHelper = LECTERN_READ_HELPER;

std::filesystem::path write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
    return path;
}

std::string reason(const std::filesystem::path& path, const ReadLimits& limits = {}) {
    const auto document = read_in_child(kHelper, path, limits, {});
    return document ? "no error" : document.error().message;
}

ParsedDocument sample() {
    ParsedDocument document;
    document.format = "pdf";
    document.title = "Käse";
    document.n_pages = 3;
    document.note = "a note";
    Block heading{BlockKind::kHeading, 2, "Title", {1, 0, 5}};
    Block table{BlockKind::kTable, 0, "a | b\n1 | 2", {2, 7, 20}, {{0, 7}, {6, 18}}, true, 1};
    document.blocks = {heading, table};
    return document;
}

bool same(const Block& a, const Block& b) {
    return a.kind == b.kind && a.heading_level == b.heading_level && a.text == b.text &&
           a.source == b.source && a.anchors == b.anchors && a.continues == b.continues &&
           a.header_lines == b.header_lines;
}

}  // namespace

TEST_CASE("a document and an error survive CBOR") {
    const ParsedDocument document = sample();
    const auto copy = from_cbor(to_cbor(document), "x");
    REQUIRE(copy);
    CHECK(copy->format == document.format);
    CHECK(copy->title == document.title);
    CHECK(copy->n_pages == 3);
    CHECK(copy->note == "a note");
    REQUIRE(copy->blocks.size() == 2);
    CHECK(same(copy->blocks[0], document.blocks[0]));
    CHECK(same(copy->blocks[1], document.blocks[1]));

    const auto error = from_cbor(to_cbor(fail(ErrorCode::kTooLong, "Long.", "Cut it.")), "x");
    REQUIRE_FALSE(error);
    CHECK(error.error().code == ErrorCode::kTooLong);
    CHECK(error.error().text() == "Long. Cut it.");
}

TEST_CASE("a damaged answer is refused or at least valid") {
    const auto bytes = to_cbor(sample());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        const auto cut = from_cbor(std::span(bytes).first(n), "x");
        REQUIRE_FALSE(cut);
        CHECK(cut.error().code == ErrorCode::kCorrupt);
    }
    std::mt19937 random(3);
    for (int round = 0; round < 20000; ++round) {
        auto damaged = bytes;
        for (unsigned n = 1 + random() % 3; n > 0; --n)
            damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
        const auto document = from_cbor(damaged, "x");
        if (!document) continue;
        for (const Block& block : document->blocks) {
            REQUIRE_FALSE(block.text.empty());
            REQUIRE(block.source.begin >= 0);
            REQUIRE(block.source.length >= 0);
            const SourceSpan part = source_of(block, block.text.size() / 2, block.text.size());
            REQUIRE(part.begin >= block.source.begin);
        }
    }
}

TEST_CASE("the child reads what the reader reads") {
    const test::TempDir dir;
    const auto path = write(dir / "notes.md", "# Title\n\nSome words.\n");
    const auto document = read_in_child(kHelper, path, {}, {});
    REQUIRE(document);
    CHECK(document->format == "markdown");
    CHECK(document->title == "Title");
    REQUIRE(document->blocks.size() == 2);
    CHECK(document->blocks[1].text == "Some words.");
    CHECK(reason(write(dir / "environment.txt", "words")) == "no error");
    const std::string big(20 << 20, 'x');
    CHECK(reason(write(dir / "big.txt", big)) == "no error");
}

TEST_CASE("errors of the reader arrive as they are") {
    const test::TempDir dir;
    CHECK(reason(dir / "absent.txt") == "“absent.txt” does not exist.");
    CHECK(reason(write(dir / "empty.txt", "")) == "“empty.txt” is empty.");
    CHECK(reason(write(dir / "blank.txt", "  ")) == "“blank.txt” holds no text, only white space.");
    CHECK(reason(dir.path()).ends_with("is a folder, not a file."));
    ReadLimits small;
    small.file_bytes = 1 << 20;
    CHECK(reason(write(dir / "large.txt", std::string(2 << 20, 'x')), small) ==
          "“large.txt” is 2 MB; files over 1 MB are not read.");
    if (geteuid() != 0) {
        chmod(write(dir / "secret.txt", "x").c_str(), 0);
        CHECK(reason(dir / "secret.txt") == "“secret.txt” may not be read by this user.");
    }
}

TEST_CASE("a child that crashes, lies or says nothing costs one sentence") {
    const test::TempDir dir;
    const auto named = [&](const char* name) { return write(dir / name, "x"); };
    CHECK(reason(named("crash.txt")).starts_with("“crash.txt” made the reader fail ("));
    CHECK(reason(named("quit.txt")).find("exit status 7") != std::string::npos);
    CHECK(reason(named("garbage.txt")) == "The reader gave a broken answer for “garbage.txt”.");
    CHECK(reason(named("silent.txt")) == "The reader gave a broken answer for “silent.txt”.");
    CHECK(reason(named("deep.txt")) == "The reader gave a broken answer for “deep.txt”.");
    const auto no_reader = read_in_child(dir / "nothing", named("x.txt"), {}, {});
    REQUIRE_FALSE(no_reader);
    CHECK(no_reader.error().code == ErrorCode::kInternal);
}

TEST_CASE("time, memory and output are limited") {
    const test::TempDir dir;
    ReadLimits limits;
    limits.time = std::chrono::seconds(1);
    limits.output_bytes = 3 << 20;
    limits.memory_bytes = 512LL << 20;
    const auto named = [&](const char* name) { return write(dir / name, "x"); };
    const auto begin = std::chrono::steady_clock::now();
    CHECK(reason(named("hang.txt"), limits) ==
          "“hang.txt” took longer than 1 s to read and was given up.");
    CHECK(reason(named("linger.txt"), limits) ==
          "“linger.txt” took longer than 1 s to read and was given up.");
    CHECK(reason(named("spin.txt"), limits) ==
          "“spin.txt” took longer than 1 s to read and was given up.");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
    CHECK(reason(named("flood.txt"), limits) == "“flood.txt” holds more than 3 MB of text.");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK(reason(named("eat.txt"), limits).find("more memory than the 512 MB allowed") !=
          std::string::npos);
    limits.time = std::chrono::seconds(60);
    const auto document =
        read_in_child(kHelper, write(dir / "huge.txt", std::string(200 << 20, 'x')), limits, {});
    REQUIRE_FALSE(document);
    INFO(document.error().text());
    CHECK(document.error().code == ErrorCode::kOutOfMemory);
#endif
}

TEST_CASE("a stop ends the reading at once and leaves no process behind") {
    const test::TempDir dir;
    const auto path = write(dir / "hang.txt", "x");
    std::stop_source stop;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    const auto document = read_in_child(kHelper, path, {}, stop.get_token());
    stopper.join();
    REQUIRE_FALSE(document);
    CHECK(document.error().code == ErrorCode::kCancelled);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
    CHECK(errno == ECHILD);
}
