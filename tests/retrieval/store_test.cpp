// The library: what is written is there, whole or not at all, whoever else looks at it.
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "retrieval/index/lexical_query.h"
#include "retrieval/store/library.h"
#include "retrieval/store/library_writer.h"
#include "tests/support/as_nobody.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using lectern::test::ok;
using lectern::test::value;
namespace fs = std::filesystem;

namespace {

const Hash128 kEmbedderA = hash128(std::string_view("a"));
const Hash128 kEmbedderB = hash128(std::string_view("b"));

/// By document and ordinal.
std::vector<std::int64_t> chunk_ids(const Library& library) {
    std::vector<std::int64_t> ids;
    for (const ChunkPlace& place : value(library.chunk_places())) ids.push_back(place.id);
    return ids;
}

Chunk chunk(const std::string& text, const std::string& heading = "") {
    return {text, heading, 0, {{0, 10, 20}, {0, 40, 5}}};
}

NewDocument document(std::int64_t folder, const fs::path& path, std::vector<Chunk> chunks) {
    NewDocument out;
    out.folder_id = folder;
    out.path = path;
    out.stamp = {100, 200};
    out.content_hash = hash128(path.string());
    out.format = "text";
    out.title = "A title";
    out.chunks = std::move(chunks);
    return out;
}

ChunkVectors vectors(std::int64_t chunk_id, int n_windows = 1) {
    ChunkVectors out{chunk_id, {n_windows, 7, {}}};
    out.vectors.vectors.assign(static_cast<std::size_t>(n_windows) * 4, 0.5F);
    return out;
}

std::vector<std::int64_t> found(const Library& library, const std::string& query) {
    std::vector<std::int64_t> ids;
    const auto expression = lexical_query(query);
    if (!expression) return ids;
    for (const ScoredChunk& hit : value(library.match(*expression, 10)))
        ids.push_back(hit.chunk_id);
    return ids;
}

/// A library with one document of two chunks.
struct Fixture {
    test::TempDir dir;
    std::unique_ptr<Library> library = value(Library::open(dir / "library"));
    std::unique_ptr<LibraryWriter> writer = value(library->begin_writing());
    std::int64_t folder = value(writer->add_folder("/docs", false));
    std::int64_t id = value(writer->put_document(
        document(folder, "/docs/a.txt", {chunk("Ships sail.", "Sea"), chunk("Trains roll.")})));
};

void garble(const fs::path& path) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file << std::string(4096, 'x');
}

}  // namespace

TEST_CASE("a document's chunks come back as they were put") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    REQUIRE(ids.size() == 2);
    const ChunkRecord first = value(f.library->chunk(ids[0]));
    CHECK(first.stamp == FileStamp{100, 200});
    CHECK(first.text == "Ships sail.");
    CHECK(first.heading_path == "Sea");
    CHECK(first.context == "A title › Sea");
    CHECK(first.path == "/docs/a.txt");
    CHECK(first.title == "A title");
    CHECK(first.sources == std::vector<SourceSpan>{{0, 10, 20}, {0, 40, 5}});
    CHECK(value(f.library->chunk(ids[1])).ordinal == 1);
    CHECK(value(f.library->counts()).documents == 1);
    CHECK(value(f.library->folders()).at(0).chunks == 2);
    const auto gone = f.library->chunk(12345);
    REQUIRE(!gone);
    CHECK(gone.error().code == ErrorCode::kNotFound);
}

TEST_CASE("a new version keeps the chunks that stay, with their ids and vectors") {
    Fixture f;
    const auto before = chunk_ids(*f.library);
    ok(f.writer->put_vectors(kEmbedderA, std::vector{vectors(before[0], 2), vectors(before[1])}));
    ok(f.writer
           ->put_document(document(f.folder, "/docs/a.txt",
                                   {chunk("Planes fly."), chunk("Ships sail.", "Sea")}))
           .map([](auto) {}));
    const auto after = chunk_ids(*f.library);
    REQUIRE(after.size() == 2);
    CHECK(after[1] == before[0]);
    CHECK(after[0] > before[1]);
    CHECK(found(*f.library, "trains").empty());
    CHECK(found(*f.library, "planes") == std::vector{after[0]});
    CHECK(value(f.library->chunks_without_vectors(kEmbedderA, f.id)) == std::vector{after[0]});
    CHECK(value(f.library->vector_ids(kEmbedderA)) ==
          std::vector{pack_vector_id(before[0], 0), pack_vector_id(before[0], 1)});
}

TEST_CASE("a failed reading keeps the version that is indexed") {
    Fixture f;
    value(f.writer->put_failure(f.folder, "/docs/a.txt",
                                {ErrorCode::kCorrupt, "a.txt is broken.", {1, 2}}));
    const DocumentRecord kept = value(f.library->documents()).at(0);
    CHECK(kept.indexed);
    CHECK(kept.failed);
    CHECK(kept.failure.reason == "a.txt is broken.");
    CHECK(kept.failure.code == ErrorCode::kCorrupt);
    CHECK(kept.failure.stamp == FileStamp{1, 2});
    CHECK(kept.stamp == FileStamp{100, 200});
    CHECK(kept.chunks == 2);
    CHECK(found(*f.library, "ships").size() == 1);
    value(f.writer->put_document(document(f.folder, "/docs/a.txt", {chunk("Whole again.")})));
    CHECK_FALSE(value(f.library->documents()).at(0).failed);
}

TEST_CASE("a moved document keeps its chunks, a removed one takes everything along") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    ok(f.writer->put_vectors(kEmbedderA, std::vector{vectors(ids[0]), vectors(ids[1])}));
    const auto generation = value(f.library->vector_generation());
    ok(f.writer->move_document(f.id, f.folder, "/docs/b.txt", {100, 300}));
    CHECK(chunk_ids(*f.library) == ids);
    CHECK(value(f.library->chunk(ids[0])).path == "/docs/b.txt");
    CHECK(value(f.library->vector_generation()) == generation);
    ok(f.writer->remove_documents(std::vector{f.id}));
    CHECK(chunk_ids(*f.library).empty());
    CHECK(value(f.library->vector_ids(kEmbedderA)).empty());
    CHECK(value(f.library->vector_generation()).removals > generation.removals);
    CHECK(found(*f.library, "ships trains").empty());
}

TEST_CASE("removing a folder keeps what another added folder holds too") {
    Fixture f;
    value(f.writer->add_folder("/docs/inner", false));
    const auto inner = value(f.library->folders()).at(1);
    REQUIRE(inner.path == "/docs/inner");
    value(f.writer->put_document(document(inner.id, "/docs/inner/c.txt", {chunk("Inner.")})));
    ok(f.writer->remove_folder("/docs/inner"));
    CHECK(value(f.library->documents()).size() == 2);
    ok(f.writer->remove_folder("/docs"));
    CHECK(value(f.library->documents()).empty());
    CHECK(value(f.library->folders()).empty());
    const Status again = f.writer->remove_folder("/docs");
    REQUIRE(!again);
    CHECK(again.error().code == ErrorCode::kNotFound);
}

TEST_CASE("vectors of another embedder take the place of the old ones") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    ok(f.writer->put_vectors(kEmbedderA, std::vector{vectors(ids[0]), vectors(ids[1])}));
    CHECK(value(f.library->documents_without_vectors(kEmbedderA)).empty());
    CHECK(value(f.library->documents_without_vectors(kEmbedderB)) == std::vector{f.id});
    ok(f.writer->put_vectors(kEmbedderB, std::vector{vectors(ids[0]), vectors(99999)}));
    CHECK(value(f.library->vector_ids(kEmbedderB)) == std::vector{pack_vector_id(ids[0], 0)});
    CHECK(value(f.library->vector_ids(kEmbedderA)) == std::vector{pack_vector_id(ids[1], 0)});
    const auto rows = value(f.library->vectors_after(kEmbedderB, 0, 10));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].vector == std::vector<float>(4, 0.5F));
}

TEST_CASE("words are found whatever their accents, case, ß, width and inflection") {
    Fixture f;
    value(f.writer->put_document(
        document(f.folder, "/docs/u.txt",
                 {chunk("Herr Müller wohnt in der Großen Straße."), chunk("Łódź and Ærøskøbing"),
                  chunk("東京都庁は新宿にあります。"), chunk("ＦＵＬＬ ｗｉｄｔｈ ﬁne"),
                  chunk("ภาษาไทยเป็นภาษา"), chunk("соловьёв пел"), chunk("서울특별시에서"),
                  chunk("running quickly")})));
    const auto ids = chunk_ids(*f.library);
    const auto only = [&](std::size_t i) { return std::vector{ids.at(i + 2)}; };
    CHECK(found(*f.library, "muller") == only(0));
    CHECK(found(*f.library, "MÜLLER") == only(0));
    CHECK(found(*f.library, "strasse") == only(0));
    CHECK(found(*f.library, "STRAẞE") == only(0));
    CHECK(found(*f.library, "mu\xCC\x88ller") == only(0));  // decomposed
    CHECK(found(*f.library, "lodz") == only(1));
    CHECK(found(*f.library, "aeroskobing") == only(1));
    CHECK(found(*f.library, "東京") == only(2));
    CHECK(found(*f.library, "都庁") == only(2));
    CHECK(found(*f.library, "京") == only(2));
    CHECK(found(*f.library, "新宿はどこですか") == only(2));
    CHECK(found(*f.library, "full") == only(3));
    CHECK(found(*f.library, "fine") == only(3));
    CHECK(found(*f.library, "ไทย") == only(4));
    CHECK(found(*f.library, "Соловьев") == only(5));
    CHECK(found(*f.library, "서울") == only(6));
    CHECK(found(*f.library, "runs") == only(7));
    CHECK(found(*f.library, "大阪").empty());
}

TEST_CASE("nothing of FTS5's syntax in a question is obeyed") {
    Fixture f;
    for (const std::string& query : std::vector<std::string>{
             "ships\"", "\"", "\"\"\"", "ships AND", "NOT ships", "NEAR(ships sail, 2)",
             "text:ships", "ships*", "^ships", "(ships", "ships + - sail", "{text context}: ships",
             "ships; DROP TABLE"
             " chunks",
             "'ships' OR 1=1 --", std::string("ships\0sail", 10), "\xFFships\xC3"}) {
        INFO(query);
        const auto expression = lexical_query(query);
        if (!expression) continue;
        CHECK(f.library->match(*expression, 10).has_value());
    }
    CHECK(found(*f.library, "NOT trains").size() == 1);
    CHECK(found(*f.library, "text:ships").size() == 1);
    CHECK(found(*f.library, "\"ships sail\"").size() == 1);
    CHECK_FALSE(lexical_query("  ?! \"\" ").has_value());
    CHECK(lexical_query("to be or not to be") == "\"to\" OR \"be\" OR \"or\" OR \"not\"");
    CHECK(lexical_query("What is a ship?") == "\"ship\"");
    CHECK(lexical_query("the \"red ship\"") == "\"red ship\" OR \"red\" OR \"ship\"");
}

TEST_CASE("what is committed is there after reopening, and nothing else") {
    test::TempDir dir;
    const fs::path folder = dir / "library";
    const pid_t child = fork();
    if (child == 0) {
        auto library = Library::open(folder);
        auto writer = (*library)->begin_writing();
        const auto id = (*writer)->add_folder("/docs", false);
        (void)(*writer)->put_document(document(*id, "/docs/a.txt", {chunk("Ships sail.")}));
        _exit(0);  // killed: nothing is closed
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
    const auto library = value(Library::open(folder));
    CHECK(found(*library, "ships").size() == 1);
    CHECK_FALSE(library->writer_elsewhere());
    value(library->begin_writing());
}

TEST_CASE("one writer a library: others search meanwhile and say who has it") {
    Fixture f;
    const auto second = value(Library::open(f.dir / "library"));
    const auto refused = second->begin_writing();
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::kBusy);
    CHECK(refused.error().text().find("indexing") != std::string::npos);
    CHECK(second->writer_elsewhere());
    CHECK_FALSE(f.library->writer_elsewhere());
    CHECK(found(*second, "ships").size() == 1);
    value(f.writer->put_document(document(f.folder, "/docs/b.txt", {chunk("Planes fly.")})));
    CHECK(found(*second, "planes").size() == 1);
    f.writer.reset();
    CHECK_FALSE(second->writer_elsewhere());
    value(second->begin_writing());
}

TEST_CASE("a folder that cannot be written is searched and not changed") {
    if (geteuid() != 0) LECTERN_SKIP("needs root to become another user");
    Fixture f;
    const bool clean = GENERATE(true, false);
    const fs::path folder = clean ? f.dir / "library" : f.dir / "copy";
    if (clean) {
        f.writer.reset();
        f.library.reset();  // checkpoints: no WAL is left
    } else {
        fs::copy(f.dir / "library", folder);  // as after a kill: the WAL holds everything
    }
    fs::permissions(f.dir.path(), fs::perms::all);
    fs::permissions(folder, fs::perms::all & ~fs::perms::owner_write & ~fs::perms::group_write &
                                ~fs::perms::others_write);
    for (const auto& file : fs::directory_iterator(folder))
        fs::permissions(file,
                        fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
    const test::AsNobody nobody;
    const auto library = value(Library::open(folder));
    CHECK(library->read_only());
    CHECK(found(*library, "ships").size() == 1);
    const auto writer = library->begin_writing();
    REQUIRE(!writer);
    CHECK(writer.error().code == ErrorCode::kReadOnly);
    const Status setting = library->set_setting("a", "b");
    REQUIRE(!setting);
    CHECK(setting.error().code == ErrorCode::kReadOnly);
    const auto absent = Library::open(f.dir / "library/none");
    REQUIRE(!absent);
}

TEST_CASE("a damaged library is named and kept") {
    Fixture f;
    f.writer.reset();
    f.library.reset();
    const fs::path folder = f.dir / "library";

    SECTION("library.sqlite") {
        garble(folder / "library.sqlite");
        const auto size = fs::file_size(folder / "library.sqlite");
        const auto opened = Library::open(folder);
        REQUIRE(!opened);
        CHECK(opened.error().code == ErrorCode::kCorrupt);
        CHECK(opened.error().text().find("Nothing was deleted") != std::string::npos);
        CHECK(fs::file_size(folder / "library.sqlite") == size);
    }
    SECTION("embeddings.sqlite: it can be made again") {
        garble(folder / "embeddings.sqlite");
        const auto opened = Library::open(folder);
        REQUIRE(!opened);
        CHECK(opened.error().code == ErrorCode::kCorrupt);
        CHECK(opened.error().message.find("embeddings.sqlite") != std::string::npos);
        fs::rename(folder / "embeddings.sqlite", folder / "old");
        const auto library = value(Library::open(folder));
        CHECK(value(library->chunks_without_vectors(kEmbedderA, f.id)).size() == 2);
    }
    SECTION("pages in its middle") {
        const auto size = fs::file_size(folder / "library.sqlite");
        std::fstream file(folder / "library.sqlite",
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        file << std::string(size - 4096, '\x7F');
        file.close();
        const auto opened = Library::open(folder);
        const auto read = opened ? (*opened)->counts().map([](auto) {}) : Status();
        CHECK((!opened || !read));
        CHECK((opened ? read.error().code : opened.error().code) == ErrorCode::kCorrupt);
    }
    SECTION("another application's database") {
        fs::remove_all(folder);
        fs::create_directories(folder);
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open((folder / "library.sqlite").c_str(), &db) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(db);
        const auto opened = Library::open(folder);
        REQUIRE(!opened);
        CHECK(opened.error().code == ErrorCode::kCorrupt);
    }
    SECTION("a newer version's") {
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open((folder / "library.sqlite").c_str(), &db) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db, "PRAGMA user_version = 999", nullptr, nullptr, nullptr) ==
                SQLITE_OK);
        sqlite3_close(db);
        const auto opened = Library::open(folder);
        REQUIRE(!opened);
        CHECK(opened.error().code == ErrorCode::kUnsupported);
    }
}

TEST_CASE("embeddings of another library lend it no vectors") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    ok(f.writer->put_vectors(kEmbedderA, std::vector{vectors(ids[0]), vectors(ids[1])}));
    f.writer.reset();
    f.library.reset();
    fs::remove(f.dir / "library/library.sqlite");
    const auto library = value(Library::open(f.dir / "library"));
    CHECK(value(library->vector_ids(kEmbedderA)).empty());
}

TEST_CASE("a library without room refuses the change whole and keeps the rest") {
    Fixture f;
    f.writer.reset();
    f.library.reset();
    LibraryOptions options;
    options.max_bytes = 200 * 1024;
    const auto library = value(Library::open(f.dir / "library", options));
    const auto writer = value(library->begin_writing());
    std::vector<Chunk> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(chunk(std::string(1000, 'a') + " word" + std::to_string(i)));
    const auto put = writer->put_document(document(f.folder, "/docs/big.txt", many));
    REQUIRE(!put);
    CHECK(put.error().code == ErrorCode::kDiskFull);
    CHECK(value(library->documents()).size() == 1);
    CHECK(found(*library, "ships").size() == 1);
    CHECK(found(*library, "word3").empty());
    value(writer->put_document(document(f.folder, "/docs/small.txt", {chunk("Planes fly.")})));
}

TEST_CASE("settings are kept") {
    Fixture f;
    CHECK_FALSE(value(f.library->setting("theme")).has_value());
    ok(f.library->set_setting("theme", "dark"));
    ok(f.library->set_setting("theme", "light"));
    CHECK(value(f.library->setting("theme")) == "light");
}

TEST_CASE("what answers were given from is remembered, with the last questions") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    REQUIRE(ids.size() >= 2);
    ok(f.library->note_answer("When does it end?", std::vector{ids[1], std::int64_t{999'999}}));
    for (int i = 0; i < 120; ++i)
        ok(f.library->note_answer("question " + std::to_string(i), std::vector{ids[1]}));
    CHECK(value(f.library->used_chunks()) == std::vector{ids[1]});
    const auto questions = value(f.library->past_questions());
    CHECK(questions.size() == 100);
    CHECK(questions.front() == "question 119");
    const auto places = value(f.library->chunk_places());
    REQUIRE(places.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) CHECK(places[i].id == ids[i]);
    CHECK(places[1].ordinal == 1);

    const auto documents = value(f.library->documents());
    std::vector<std::int64_t> all;
    for (const DocumentRecord& document : documents) all.push_back(document.id);
    ok(f.writer->remove_documents(all));
    CHECK(value(f.library->used_chunks()).empty());
}

TEST_CASE("a library of the first version is brought up to date and keeps everything") {
    Fixture f;
    const auto ids = chunk_ids(*f.library);
    const auto folder = f.dir / "library";
    f.writer.reset();
    f.library.reset();
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open((folder / "library.sqlite").c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db,
                         "DROP TRIGGER used_chunks_deleted; DROP TABLE used_chunks; "
                         "DROP TABLE questions; DROP TRIGGER chunk_kv_deleted; "
                         "DROP TABLE chunk_kv; DROP TABLE left_out; "
                         "CREATE TEMP TABLE kept AS "
                         "SELECT id, path, is_file, offline, device FROM folders; "
                         "DROP TABLE folders; CREATE TABLE folders(id INTEGER PRIMARY KEY, "
                         "path TEXT NOT NULL UNIQUE, is_file INTEGER NOT NULL, "
                         "offline INTEGER NOT NULL DEFAULT 0, device INTEGER NOT NULL DEFAULT 0); "
                         "INSERT INTO folders SELECT * FROM kept; PRAGMA user_version = 1",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
    const auto library = value(Library::open(folder));
    CHECK(chunk_ids(*library) == ids);
    ok(library->note_answer("When?", ids));
    CHECK(value(library->used_chunks()) == ids);
}
