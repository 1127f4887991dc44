// The way of a document when something comes between: stops, other processes, full disks,
// questions.
#include <chrono>
#include <thread>

#include "tests/core/ingest_fixture.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("a stop inside a file keeps what is done; the next run goes on from there") {
    Ingest in;
    constexpr int kParts = 12;
    write(in.docs / "a.txt", "Trains roll.");
    write(in.docs / "big.txt", long_text("ships", kParts));
    write(in.docs / "later.txt", long_text("planes", kParts + 1));
    std::stop_source stop;
    in.embedder->before_passage = [&](const PassageText&) {
        if (in.embedder->n_embedded == 7) stop.request_stop();
    };
    const IngestReport stopped = in.run({in.docs}, stop.get_token());
    CHECK(stopped.cancelled);
    CHECK(stopped.documents == 2);
    CHECK(stopped.failed.empty());
    CHECK(in.find("planes").empty());
    CHECK(in.find("ships") == Names{"big.txt"});  // its words are in already

    in.embedder->before_passage = nullptr;
    in.reopen();
    const IngestReport report = in.run();
    CHECK_FALSE(report.cancelled);
    CHECK(report.documents == 3);
    CHECK(in.n_read == 1);                            // only later.txt
    CHECK(in.embedder->n_embedded < 2 * kParts + 1);  // of big.txt only the rest
    CHECK(in.embedder->n_embedded >= kParts + 1);
    CHECK(value(in.library->documents_without_vectors(in.embedder->fingerprint())).empty());
    CHECK(report.chunks == 2 * kParts + 2);
    CHECK(value(in.library->vector_ids(in.embedder->fingerprint())).size() >= 2 * kParts + 2);
}

TEST_CASE("a stop before anything is done is no failure") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    std::stop_source stop;
    stop.request_stop();
    const IngestReport report = in.run({in.docs}, stop.get_token());
    CHECK(report.cancelled);
    CHECK(report.documents == 0);
    CHECK(in.run().documents == 1);  // the folder was added
}

TEST_CASE("another embedder embeds the stored texts and reads no file") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.run({in.docs});
    in.embedder = std::make_unique<test::FakeEmbedder>("another");
    in.reopen();
    CHECK(in.find("Ships") == Names{"a.txt"});  // by its words
    in.run();
    CHECK(in.n_read == 0);
    CHECK(in.embedder->n_embedded == 1);
    CHECK(value(in.searcher->search("Ships", 1)).at(0).dense_rank == 1);
}

TEST_CASE(
    "an embedder that fails on a document is listed; the text is found; the next run heals it") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.embedder->failure = {ErrorCode::kInternal, "The embedder broke.", ""};
    const IngestReport report = in.run({in.docs});
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].reason == "The embedder broke.");
    CHECK(in.find("Ships") == Names{"a.txt"});
    in.embedder->failure = {};
    CHECK(in.run().failed.empty());
    CHECK(in.n_read == 0);
    CHECK(in.embedder->n_embedded == 1);
}

TEST_CASE("without an embedder there is lexical search, and vectors follow") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    IngestParts parts;
    parts.library = in.library.get();
    parts.knows_extension = [](std::string_view) { return true; };
    parts.read = [&](const fs::path& path, std::stop_token) { return in.read(path); };
    CHECK(value(IngestFlow(parts).run({in.docs}, KvPolicy::kLazy, {}, {})).documents == 1);
    Searcher lexical(*in.library, nullptr);
    CHECK(value(lexical.search("ships", 5)).size() == 1);
    in.run();
    CHECK(in.embedder->n_embedded == 1);
}

TEST_CASE("indexing waits while a question holds the gate") {
    Ingest in;
    write(in.docs / "a.txt", long_text("ships", 8));
    std::optional<QuestionGate::Hold> hold;
    std::atomic<int> embedded_while_held{0};
    std::atomic<bool> held{false};
    std::thread question;
    in.on_progress = [&](const IngestProgress& p) {
        if (p.chunks_done == 0 || question.joinable()) return;
        hold.emplace(in.gate);
        held = true;
        question = std::thread([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            held = false;
            hold.reset();
        });
    };
    in.embedder->before_passage = [&](const PassageText&) {
        std::this_thread::sleep_for(
            std::chrono::milliseconds(15));  // progress is told now and then
        if (held) ++embedded_while_held;
    };
    const IngestReport report = in.run({in.docs});
    REQUIRE(question.joinable());
    question.join();
    CHECK(embedded_while_held == 0);
    CHECK(report.chunks == 8);
}

TEST_CASE("two processes: the second is told who indexes, and searches") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.run({in.docs});
    const auto other = value(Library::open(in.dir / "library"));
    const auto writer = value(other->begin_writing());
    const auto refused = in.try_run({});
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::kBusy);
    CHECK(in.find("Ships") == Names{"a.txt"});
    CHECK(value(library_overview(*in.library)).read_only);
    CHECK_FALSE(value(library_overview(*other)).read_only);
}

TEST_CASE("a full disk stops indexing with its reason and loses nothing") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.run({in.docs});
    LibraryOptions options;
    options.max_bytes = 200 * 1024;
    in.searcher.reset();
    in.library = value(Library::open(in.dir / "library", options));
    in.searcher = std::make_unique<Searcher>(*in.library, in.embedder.get());
    write(in.docs / "big.txt", long_text("trains", 200));
    const auto full = in.try_run({});
    REQUIRE(!full);
    CHECK(full.error().code == ErrorCode::kDiskFull);
    CHECK(in.find("Ships") == Names{"a.txt"});
    in.reopen();  // room again
    CHECK(in.run().documents == 2);
    CHECK(in.find("trains") == Names{"big.txt"});
}

TEST_CASE("KV of all chunks is computed where that is asked for") {
    Ingest in;
    write(in.docs / "a.txt", long_text("ships", 3));
    in.precompute_kv = [](const std::function<void(std::int64_t)>& on_done, std::stop_token) {
        for (std::int64_t i = 1; i <= 3; ++i) on_done(i);
        return Result<std::int64_t>(3000);
    };
    const IngestReport report = value(in.try_run({in.docs}, {}, KvPolicy::kAll));
    CHECK(report.kv_bytes == 3000);
    CHECK(report.kv_left == 0);
    CHECK(in.progress.kv_done == 3);
    CHECK(in.progress.kv_total == 3);
    in.precompute_kv = [&](const auto& on_done, std::stop_token) {
        on_done(1);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        on_done(2);
        CHECK(in.progress.seconds_left >= 0.1);  // for the third, what the second took
        return Result<std::int64_t>(2000);
    };
    CHECK(value(in.try_run({}, {}, KvPolicy::kAll)).kv_left == 1);
    in.precompute_kv = [](const auto& on_done, std::stop_token) {
        on_done(1);  // and then the budget was used up
        return Result<std::int64_t>(1000);
    };
    CHECK(value(in.try_run({}, {}, KvPolicy::kAll)).kv_left == 2);
    in.precompute_kv = [](const auto&, std::stop_token) -> Result<std::int64_t> {
        return fail(ErrorCode::kDiskFull, "No room for KV.");
    };
    const auto full = in.try_run({}, {}, KvPolicy::kAll);
    REQUIRE(!full);
    CHECK(full.error().code == ErrorCode::kDiskFull);
    CHECK(in.find("ships") == Names{"a.txt"});
}
