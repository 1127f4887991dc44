// The way of a document, told as scripts: with a fake embedder and a reader that takes a file's
// bytes as paragraphs.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "app/core/ingest_flow.h"
#include "app/core/library_overview.h"
#include "retrieval/search/dense_cache.h"
#include "retrieval/store/library_writer.h"
#include "tests/support/as_nobody.h"
#include "tests/support/catch.h"
#include "tests/support/fake_embedder.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
namespace fs = std::filesystem;

namespace {

template <class T>
T value(Result<T> result) {
    INFO((result ? std::string() : result.error().text()));
    REQUIRE(result.has_value());
    return std::move(*result);
}

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// n paragraphs of about 1,500 characters: each becomes a chunk of its own.
std::string long_text(const std::string& word, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < 15; ++j) {
            out += "Sentence " + std::to_string(j) + " of part " + std::to_string(i) +
                   " is about " + word +
                   " and many other things that fill the line up to a hundred.";
            out += ' ';
        }
        out += "\n\n";
    }
    return out;
}

class Ingest {
  public:
    Ingest() : docs(dir / "docs") { fs::create_directories(docs); }

    IngestReport run(const std::vector<fs::path>& paths = {}, std::stop_token stop = {}) {
        return value(try_run(paths, stop));
    }

    Result<IngestReport> try_run(const std::vector<fs::path>& paths, std::stop_token stop = {},
                                 KvPolicy kv = KvPolicy::kLazy) {
        n_read = 0;
        embedder->n_embedded = 0;
        states.clear();
        IngestParts parts;
        parts.library = library.get();
        parts.embedder = embedder.get();
        parts.searcher = searcher.get();
        parts.gate = &gate;
        parts.knows_extension = [](std::string_view extension) { return extension == "txt"; };
        parts.read = [this](const fs::path& path, std::stop_token) { return read(path); };
        parts.precompute_kv = precompute_kv;
        IngestFlow flow(parts);
        IngestEvents events;
        events.on_file = [this](const FileStatus& file) {
            states[file.path.filename().string()].push_back(file.state);
            if (on_file) on_file(file);
        };
        events.on_progress = [this](const IngestProgress& p) {
            progress = p;
            if (on_progress) on_progress(p);
        };
        return flow.run(paths, kv, events, stop);
    }

    /// As if the process had been killed and started again.
    void reopen() {
        searcher.reset();
        library.reset();
        library = value(Library::open(dir / "library"));
        searcher = std::make_unique<Searcher>(*library, embedder.get());
    }

    /// File names of the hits whose text has the word itself.
    std::vector<std::string> find(const std::string& word) {
        std::vector<std::string> names;
        for (const SearchHit& hit : value(searcher->search(word, 50))) {
            const bool has = hit.text.find(word) != std::string::npos;
            const std::string name = hit.path.filename().string();
            if (has && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    Result<ParsedDocument> read(const fs::path& path) {
        ++n_read;
        std::ifstream file(path, std::ios::binary);
        if (!file) return fail(ErrorCode::kIo, path.filename().string() + " cannot be read.");
        std::stringstream bytes;
        bytes << file.rdbuf();
        const std::string text = bytes.str();
        if (text.starts_with("BROKEN"))
            return fail(ErrorCode::kCorrupt, path.filename().string() + " is broken.");
        ParsedDocument out;
        out.format = "text";
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find("\n\n", begin), text.size());
            if (end > begin) {
                Block block;
                block.text = text.substr(begin, end - begin);
                block.source = {0, static_cast<std::int64_t>(begin),
                                static_cast<std::int64_t>(end - begin)};
                out.blocks.push_back(block);
            }
            begin = end + 2;
        }
        return out;
    }

    test::TempDir dir;
    fs::path docs;
    std::unique_ptr<test::FakeEmbedder> embedder = std::make_unique<test::FakeEmbedder>();
    std::unique_ptr<Library> library = value(Library::open(dir / "library"));
    std::unique_ptr<Searcher> searcher = std::make_unique<Searcher>(*library, embedder.get());
    QuestionGate gate;
    PrecomputeKv precompute_kv;
    std::function<void(const FileStatus&)> on_file;
    std::function<void(const IngestProgress&)> on_progress;
    int n_read = 0;
    IngestProgress progress;
    std::map<std::string, std::vector<FileState>> states;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a folder is scanned, read, split, embedded and found") {
    Ingest in;
    write(in.docs / "ships.txt", "Ships sail on the sea.");
    write(in.docs / "deep/er/trains.txt", "Trains roll on rails.");
    write(in.docs / "picture.jpg", "no text");
    write(in.docs / ".hidden/secret.txt", "Secret.");
    write(in.docs / "node_modules/readme.txt", "Junk.");
    write(in.docs / "~$lock.txt", "Lock.");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 2);
    CHECK(report.added == 2);
    CHECK(report.chunks == 2);
    CHECK(report.tokens == 9);
    CHECK(report.failed.empty());
    CHECK_FALSE(report.cancelled);
    CHECK(in.find("Ships") == Names{"ships.txt"});
    CHECK(in.find("Trains") == Names{"trains.txt"});
    CHECK(in.find("Secret").empty());
    CHECK(in.states["ships.txt"] ==
          std::vector{FileState::kWaiting, FileState::kReading, FileState::kReady});
    CHECK(in.progress.files_done == 2);
    CHECK(in.progress.files_total == 2);
    CHECK(in.progress.chunks_done == 2);
    CHECK(fs::exists(dense_cache_file(in.dir / "library")));
}

TEST_CASE("a second run reads and embeds nothing that stayed") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    in.run({in.docs});
    const IngestReport again = in.run();
    CHECK(in.n_read == 0);
    CHECK(in.embedder->n_embedded == 0);
    CHECK(again.documents == 2);
    CHECK(again.added + again.changed + again.renamed + again.removed == 0);
    fs::last_write_time(in.docs / "a.txt",
                        fs::file_time_type::clock::now() + std::chrono::hours(1));
    const IngestReport touched = in.run();
    CHECK(in.n_read == 0);  // another stamp, the same content
    CHECK(touched.changed == 0);
    CHECK(touched.renamed == 0);
}

TEST_CASE("adding, changing, renaming and deleting update just what changed") {
    Ingest in;
    write(in.docs / "a.txt", long_text("ships", 4));
    write(in.docs / "b.txt", "Trains roll.");
    write(in.docs / "c.txt", "Planes fly.");
    in.run({in.docs});

    SECTION("add") {
        write(in.docs / "d.txt", "Bicycles turn.");
        const IngestReport report = in.run();
        CHECK(report.added == 1);
        CHECK(in.n_read == 1);
        CHECK(in.embedder->n_embedded == 1);
        CHECK(in.find("Bicycles") == Names{"d.txt"});
    }
    SECTION("change: of a long document only the new parts are embedded") {
        write(in.docs / "a.txt", long_text("ships", 4) + long_text("whales", 1));
        const IngestReport report = in.run();
        CHECK(report.changed == 1);
        CHECK(in.n_read == 1);
        CHECK(in.embedder->n_embedded == 1);
        CHECK(in.find("whales") == Names{"a.txt"});
        CHECK(in.find("ships") == Names{"a.txt"});
    }
    SECTION("rename") {
        fs::create_directories(in.docs / "sub");
        fs::rename(in.docs / "b.txt", in.docs / "sub/renamed.txt");
        const IngestReport report = in.run();
        CHECK(report.renamed == 1);
        CHECK(report.added + report.removed + report.changed == 0);
        CHECK(in.n_read == 0);
        CHECK(in.embedder->n_embedded == 0);
        CHECK(in.find("Trains") == Names{"renamed.txt"});
    }
    SECTION("rename over another one") {
        fs::rename(in.docs / "b.txt", in.docs / "c.txt");
        const IngestReport report = in.run();
        CHECK(report.renamed == 1);
        CHECK(in.n_read == 0);
        CHECK(in.find("Trains") == Names{"c.txt"});
        CHECK(in.find("Planes").empty());
        CHECK(report.documents == 2);
    }
    SECTION("delete") {
        fs::remove(in.docs / "b.txt");
        const IngestReport report = in.run();
        CHECK(report.removed == 1);
        CHECK(report.documents == 2);
        CHECK(in.n_read == 0);
        CHECK(in.find("Trains").empty());
        CHECK(in.find("Planes") == Names{"c.txt"});
    }
}

TEST_CASE("one bad file never stops the rest and is listed with its reason") {
    Ingest in;
    write(in.docs / "bad.txt", "BROKEN");
    write(in.docs / "empty.txt", "");
    write(in.docs / "good.txt", "Ships sail.");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 1);
    REQUIRE(report.failed.size() == 2);
    CHECK(report.failed[0].path == in.docs / "bad.txt");
    CHECK(report.failed[0].reason == "bad.txt is broken.");
    CHECK(report.failed[1].reason == "empty.txt holds no text.");
    CHECK(in.find("Ships") == Names{"good.txt"});
    CHECK(in.states["bad.txt"].back() == FileState::kFailed);
    CHECK(value(library_overview(*in.library)).failed.size() == 2);

    CHECK(in.run().failed.size() == 2);
    CHECK(in.n_read == 0);  // the same file fails the same way
    write(in.docs / "bad.txt", "Mended now, whole.");
    const IngestReport mended = in.run();
    CHECK(in.n_read == 1);
    CHECK(mended.added == 1);
    CHECK(mended.failed.size() == 1);
}

TEST_CASE("a rebuild that fails keeps the old version and lists the failure") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.run({in.docs});
    write(in.docs / "a.txt", "BROKEN after all");
    const IngestReport report = in.run();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].chunks == 1);
    CHECK(report.documents == 1);
    CHECK(in.find("Ships") == Names{"a.txt"});
    write(in.docs / "a.txt", "Ships sail.");  // put back
    CHECK(in.run().failed.empty());
    CHECK(in.n_read == 0);
}

TEST_CASE("a folder that is not there is kept as offline and found again") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.dir / "other/b.txt", "Trains roll.");
    in.run({in.docs, in.dir / "other"});
    fs::rename(in.docs, in.dir / "unplugged");
    const IngestReport report = in.run();
    CHECK(report.removed == 0);
    CHECK(report.documents == 2);
    CHECK(in.find("Ships") == Names{"a.txt"});
    const LibraryOverview overview = value(library_overview(*in.library));
    REQUIRE(overview.folders.size() == 2);
    CHECK(overview.folders[0].offline);
    CHECK_FALSE(overview.folders[1].offline);

    fs::rename(in.dir / "unplugged", in.docs);
    in.run();
    CHECK(in.n_read == 0);
    CHECK_FALSE(value(library_overview(*in.library)).folders[0].offline);
    fs::remove(in.docs / "a.txt");
    CHECK(in.run().removed == 1);  // the same device, empty: deleted indeed
}

TEST_CASE("a folder inside that cannot be listed is named, and its documents are kept") {
    if (geteuid() != 0) LECTERN_SKIP("needs root to become another user");
    Ingest in;
    write(in.docs / "sub/a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    in.run({in.docs});
    fs::permissions(in.docs / "sub", fs::perms::none);
    for (const auto& entry : fs::directory_iterator(in.dir / "library"))
        fs::permissions(entry, fs::perms::all);
    fs::permissions(in.dir.path(), fs::perms::all);
    fs::permissions(in.dir / "library", fs::perms::all);
    {
        const test::AsNobody nobody;
        const IngestReport report = in.run();
        CHECK(report.removed == 0);
        REQUIRE(report.failed.size() == 1);
        CHECK(report.failed[0].path == in.docs / "sub");
    }
    fs::permissions(in.docs / "sub", fs::perms::all);
    CHECK(in.find("Ships") == Names{"a.txt"});
}

TEST_CASE("single files are added, followed and deleted") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    write(in.docs / "odd.xyz", "Planes fly.");
    const IngestReport report = in.run({in.docs / "a.txt", in.docs / "odd.xyz"});
    CHECK(report.documents == 2);
    CHECK(in.find("Trains").empty());
    fs::remove(in.docs / "a.txt");
    CHECK(in.run().removed == 1);

    const auto missing = in.try_run({in.docs / "b.txt", in.docs / "nowhere"});
    REQUIRE(!missing);
    CHECK(missing.error().code == ErrorCode::kNotFound);
    CHECK(in.find("Trains").empty());  // nothing was added
}

TEST_CASE("links are followed once and never in circles") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.dir / "outside/b.txt", "Trains roll.");
    fs::create_directory_symlink(in.docs, in.docs / "self");
    fs::create_directory_symlink(in.dir / "outside", in.docs / "link");
    fs::create_symlink(in.docs / "a.txt", in.docs / "0_same.txt");
    fs::create_symlink(in.docs / "gone.txt", in.docs / "broken.txt");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 2);
    CHECK(report.failed.empty());
    CHECK(in.find("Ships") == Names{"a.txt"});
    CHECK(in.find("Trains") == Names{"b.txt"});
}

TEST_CASE("nested folders hold each document once; removing one leaves the other's") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "sub/b.txt", "Trains roll.");
    CHECK(in.run({in.docs, in.docs / "sub"}).documents == 2);
    IngestParts parts;
    parts.library = in.library.get();
    IngestFlow flow(parts);
    REQUIRE(flow.remove(in.docs / "sub/").has_value());
    CHECK(in.find("Trains") == Names{"b.txt"});
    CHECK(in.run().documents == 2);
    CHECK(in.n_read == 0);
    REQUIRE(flow.remove(in.docs).has_value());
    CHECK(in.find("Trains").empty());
    CHECK_FALSE(flow.remove(in.docs).has_value());
}

TEST_CASE("small files come before huge ones") {
    Ingest in;
    write(in.docs / "a_huge.txt", long_text("ships", 6));
    write(in.docs / "z_small.txt", "Trains roll.");
    std::vector<std::string> order;
    in.on_file = [&](const FileStatus& file) {
        if (file.state == FileState::kReady) order.push_back(file.path.filename().string());
    };
    in.run({in.docs});
    CHECK(order == Names{"z_small.txt", "a_huge.txt"});
}

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
    in.precompute_kv = [](std::span<const std::int64_t> ids,
                          const std::function<void(std::int64_t)>& on_done, std::stop_token) {
        for (std::size_t i = 1; i <= ids.size(); ++i) on_done(static_cast<std::int64_t>(i));
        return Result<std::int64_t>(static_cast<std::int64_t>(ids.size()) * 1000);
    };
    const IngestReport report = value(in.try_run({in.docs}, {}, KvPolicy::kAll));
    CHECK(report.kv_bytes == 3000);
    CHECK(in.progress.kv_done == 3);
    CHECK(in.progress.kv_total == 3);
    in.precompute_kv = [](auto, const auto&, std::stop_token) -> Result<std::int64_t> {
        return fail(ErrorCode::kDiskFull, "No room for KV.");
    };
    const auto full = in.try_run({}, {}, KvPolicy::kAll);
    REQUIRE(!full);
    CHECK(full.error().code == ErrorCode::kDiskFull);
    CHECK(in.find("ships") == Names{"a.txt"});
}
