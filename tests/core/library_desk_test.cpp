// What the library's page is told, and what becomes of decisions about folders and files.
#include "app/core/local_library_desk.h"
#include "engine/kv/kv_store.h"
#include "tests/core/ingest_fixture.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct Desk : Ingest {
    std::unique_ptr<KvStore> store = make_ram_kv_store(1 << 20);
    LocalLibraryDesk desk{
        {.library = library.get(),
         .store = store.get(),
         .knows_extension = [](std::string_view extension) { return extension == "txt"; },
         .kv_bytes_per_chunk = []() -> Result<double> { return 100.0; },
         .take_back = [this] { return IngestFlow(parts()).take_back(); }}};

    Names listed(const DocumentQuery& query = {}) {
        Names names;
        for (const LibraryDocument& document : value(desk.documents(query)).documents)
            names.push_back(document.path.filename().string());
        return names;
    }
};

}  // namespace

TEST_CASE("documents come page by page, found by any part of their paths in any case") {
    Desk d;
    for (const char* name : {"alpha.txt", "beta.txt", "ÄRGER.txt"}) write(d.docs / name, name);
    write(d.docs / "gamma.txt", "BROKEN");
    d.run({d.docs});
    const DocumentList first = value(d.desk.documents({.limit = 3}));
    CHECK(first.more);
    REQUIRE(first.documents.size() == 3);
    const DocumentList rest =
        value(d.desk.documents({.after = first.documents.back().path, .limit = 3}));
    CHECK_FALSE(rest.more);
    CHECK(rest.documents.size() == 1);
    CHECK(d.listed({.filter = "BET"}) == Names{"beta.txt"});
    CHECK(d.listed({.filter = "ärger"}) == Names{"ÄRGER.txt"});
    CHECK(d.listed({.failed_only = true}) == Names{"gamma.txt"});
    const DocumentList failed = value(d.desk.documents({.failed_only = true}));
    CHECK(failed.documents.front().state == FileState::kFailed);
    CHECK(failed.documents.front().reason == "gamma.txt is broken.");
    CHECK(failed.documents.front().advice.find("whole copy") != std::string::npos);
    CHECK_FALSE(failed.documents.front().can_retry);
}

TEST_CASE("a folder tells what its text and vectors take, and frees that when it is removed") {
    Desk d;
    write(d.docs / "a.txt", long_text("apples", 3));
    write(d.dir / "other" / "b.txt", long_text("pears", 1));
    d.run({d.docs, d.dir / "other"});
    const LibraryUse use = value(d.desk.use());
    REQUIRE(use.folders.size() == 2);
    const FolderUse& docs = use.folders.front();
    CHECK(docs.path == d.docs);
    CHECK(docs.documents == 1);
    CHECK(docs.chunks == 3);
    CHECK(docs.text_bytes >= 3 * 1400);
    CHECK(docs.vector_bytes > 0);
    CHECK(use.kv_bytes_expected == 400.0);
    const RemovalUse removal = value(d.desk.removal_of(d.docs));
    CHECK(removal.documents == 1);
    CHECK(removal.text_bytes == docs.text_bytes);
    CHECK(removal.vector_bytes == docs.vector_bytes);
    CHECK(d.desk.removal_of("/nowhere").error().code == ErrorCode::kNotFound);
    ok(IngestFlow(d.parts()).remove(d.docs));
    CHECK(value(d.desk.use()).folders.size() == 1);
}

TEST_CASE("what another added folder holds too is not freed") {
    Desk d;
    write(d.docs / "inner" / "a.txt", "inner");
    write(d.docs / "b.txt", "outer");
    d.run({d.docs, d.docs / "inner"});
    CHECK(value(d.desk.removal_of(d.docs / "inner")).documents == 0);
    CHECK(value(d.desk.removal_of(d.docs)).documents == 1);
}

TEST_CASE("KV is counted by folder and model, and freed where nothing else needs it") {
    Desk d;
    write(d.docs / "a.txt", "pears");  // the smaller one is read first
    write(d.dir / "other" / "b.txt", "apples");
    d.run({d.docs, d.dir / "other"});
    const auto places = value(d.library->chunk_places());
    REQUIRE(places.size() == 2);
    const Hash128 own = hash128("own"), shared = hash128("shared");
    ok(d.library->note_kv(places[0].id, own, "small model"));
    ok(d.library->note_kv(places[0].id, shared, "small model"));
    ok(d.library->note_kv(places[1].id, shared, "small model"));
    CHECK(value(d.library->removal_of(d.docs)).kv == std::vector<Hash128>{own});
    CHECK(value(d.library->kv_notes()).size() == 2);
    ok(IngestFlow(d.parts()).remove(d.docs));
    CHECK(value(d.library->kv_notes()).size() == 1);
    CHECK(value(d.library->removal_of(d.dir / "other")).kv == std::vector<Hash128>{shared});
}

TEST_CASE("a paused folder is listed and not read until it goes on") {
    Desk d;
    write(d.docs / "a.txt", "apples");
    d.run({d.docs});
    ok(d.desk.pause(d.docs, true));
    write(d.docs / "later.txt", "pears");
    d.run();
    CHECK(d.n_read == 0);
    CHECK(d.listed() == Names{"a.txt", "later.txt"});
    CHECK(value(d.desk.use()).documents.waiting == 1);
    CHECK(value(d.desk.use()).folders.front().paused);
    d.reopen();
    CHECK(value(d.library->folders()).front().paused);
}

TEST_CASE("the folder that was put first is read first, whatever the sizes of its files") {
    Desk d;
    write(d.docs / "small.txt", "a");
    write(d.dir / "other" / "large.txt", "many more letters");
    Names order;
    d.on_file = [&](const FileStatus& file) {
        if (file.state == FileState::kReading) order.push_back(file.path.filename().string());
    };
    value(value(d.library->begin_writing())->add_folder(d.docs, false));
    value(value(d.library->begin_writing())->add_folder(d.dir / "other", false));
    ok(d.desk.put_first(d.dir / "other"));
    d.run();
    CHECK(order == Names{"large.txt", "small.txt"});
}

TEST_CASE("a file that is left out is forgotten, and read when it is added again") {
    Desk d;
    write(d.docs / "a.txt", "apples");
    write(d.docs / "b.txt", "BROKEN");
    d.run({d.docs});
    ok(d.desk.leave_out(d.docs / "b.txt"));
    CHECK(d.run().failed.empty());
    CHECK(d.listed() == Names{"a.txt"});
    CHECK(d.run({d.docs}).failed.size() == 1);
}

TEST_CASE("a file that failed is read once more when asked to, though it did not change") {
    Desk d;
    write(d.docs / "b.txt", "BROKEN");
    d.run({d.docs});
    d.run();
    CHECK(d.n_read == 0);
    ok(d.desk.try_again(d.docs / "b.txt"));
    d.run();
    CHECK(d.n_read == 1);
}

TEST_CASE("what waits is known to the next run of the program, and can be taken back") {
    Desk d;
    for (const char* name : {"1.txt", "2.txt", "3.txt"}) write(d.docs / name, name);
    write(d.dir / "more" / "4.txt", "a longer text that comes last");
    std::stop_source stop;
    d.on_file = [&](const FileStatus& file) {
        if (file.state == FileState::kReady) stop.request_stop();
    };
    CHECK(d.run({d.docs, d.dir / "more"}, stop.get_token()).cancelled);
    CHECK(d.listed().size() == 4);
    CHECK(value(d.desk.use()).documents.waiting == 3);
    CHECK(value(d.desk.take_back()) == 3);
    CHECK(d.listed() == Names{"1.txt"});
    CHECK(value(d.desk.use()).folders.size() == 1);  // of the other nothing had been read
    d.on_file = nullptr;
    CHECK(d.run().documents == 1);
    CHECK(d.run({d.docs}).documents == 3);
}

TEST_CASE("a preview counts what would be read, what is skipped, and what it takes") {
    Desk d;
    write(d.docs / "a.txt", long_text("apples", 12));
    d.run({d.docs});
    write(d.docs / "b.txt", long_text("pears", 2));
    write(d.docs / "empty.txt", "");
    write(d.docs / "picture.png", "x");
    write(d.docs / ".hidden.txt", "x");
    const DropPreview preview = value(d.desk.preview({d.docs, "/nowhere/at/all"}, {}));
    CHECK(preview.documents == 1);
    REQUIRE(preview.kinds.size() == 1);
    CHECK(preview.kinds.front().extension == "txt");
    CHECK(preview.already_read == 1);
    CHECK(preview.empty == 1);
    CHECK(preview.hidden == 1);
    REQUIRE(preview.unknown_kinds.size() == 1);
    CHECK(preview.unknown_kinds.front().extension == "png");
    CHECK(preview.missing == std::vector<std::string>{"/nowhere/at/all"});
    CHECK(preview.kv_bytes > 100.0);  // two passages by the size
    CHECK(preview.seconds > 0);       // by the run before
    CHECK(preview.kv_budget_bytes == 1 << 20);
    CHECK(d.listed() == Names{"a.txt"});
}

TEST_CASE("how long reading takes is not known before anything was read here") {
    Desk d;
    write(d.docs / "a.txt", "apples");
    CHECK(value(d.desk.preview({d.docs}, {})).seconds < 0);
    std::stop_source stop;
    stop.request_stop();
    CHECK(d.desk.preview({d.docs}, stop.get_token()).error().code == ErrorCode::kCancelled);
}

TEST_CASE("a library of ten thousand documents is paged through, each of them once") {
    Desk d;
    const auto writer = value(d.library->begin_writing());
    const std::int64_t folder = value(writer->add_folder(d.docs, false));
    std::vector<LibraryWriter::Expected> files;
    for (int i = 0; i < 10'000; ++i)
        files.push_back({folder, d.docs / (std::to_string(100'000 + i) + ".txt")});
    ok(writer->expect_documents(files));
    CHECK(value(d.desk.use()).documents.waiting == 10'000);
    DocumentQuery query;
    std::size_t n = 0, n_pages = 0;
    for (bool more = true; more; ++n_pages) {
        const DocumentList page = value(d.desk.documents(query));
        REQUIRE_FALSE(page.documents.empty());
        CHECK(page.documents.front().path == files[n].path);
        n += page.documents.size();
        query.after = page.documents.back().path;
        more = page.more;
    }
    CHECK(n == files.size());
    CHECK(n_pages == 50);
    query = {};
    query.filter = "09999";
    CHECK(value(d.desk.documents(query)).documents.size() == 1);
}
