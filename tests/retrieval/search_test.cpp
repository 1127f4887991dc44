// Search over a real library with a fake embedder: what is committed is found, and the dense
// index's file is never more than a cache.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "retrieval/search/dense_cache.h"
#include "retrieval/search/rank_fusion.h"
#include "retrieval/search/searcher.h"
#include "retrieval/store/library_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_embedder.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using lectern::test::value;
namespace fs = std::filesystem;

namespace {

struct Fixture {
    Fixture() { folder = value(writer->add_folder("/docs", false)); }

    std::int64_t put(const std::string& name, const std::vector<std::string>& texts) {
        NewDocument document;
        document.folder_id = folder;
        document.path = "/docs/" + name;
        document.title = "Title of " + name;
        document.n_pages = 3;
        for (const std::string& text : texts)
            document.chunks.push_back({text, "Part", 2, {{2, 5, 6}}});
        const std::int64_t id = value(writer->put_document(document));
        embed(id);
        return id;
    }

    void embed(std::int64_t document_id) {
        const auto ids =
            value(library->chunks_without_vectors(embedder.fingerprint(), document_id));
        const auto chunks = value(library->chunks(ids));
        std::vector<PassageText> texts;
        for (const ChunkRecord& chunk : chunks) texts.push_back({chunk.context, chunk.text});
        const auto vectors = value(embedder.embed_passages(texts, {}));
        std::vector<ChunkVectors> out;
        for (std::size_t i = 0; i < chunks.size(); ++i) out.push_back({chunks[i].id, vectors[i]});
        REQUIRE(writer->put_vectors(embedder.fingerprint(), out).has_value());
    }

    void put_some() {
        put("ships.txt", {"Ships sail on the sea.", "A harbour shelters ships from the storm."});
        put("trains.txt", {"Trains roll on rails.", "A station is where trains stop."});
        put("planes.txt", {"Planes fly in the sky."});
    }

    test::TempDir dir;
    test::FakeEmbedder embedder;
    std::unique_ptr<Library> library = value(Library::open(dir / "library"));
    std::unique_ptr<LibraryWriter> writer = value(library->begin_writing());
    std::int64_t folder = 0;
};

bool same_hits(const std::vector<SearchHit>& a, const std::vector<SearchHit>& b) {
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](const SearchHit& x, const SearchHit& y) {
            return x.chunk_id == y.chunk_id && x.score == y.score && x.dense_rank == y.dense_rank &&
                   x.dense_score == y.dense_score && x.lexical_rank == y.lexical_rank;
        });
}

}  // namespace

TEST_CASE("a hit shows its passage, its place and how it was found") {
    Fixture f;
    f.put_some();
    Searcher searcher(*f.library, &f.embedder);
    const auto hits = value(searcher.search("ships in a storm", 3));
    REQUIRE(hits.size() == 3);
    CHECK(hits[0].text == "A harbour shelters ships from the storm.");
    CHECK(hits[0].path == "/docs/ships.txt");
    CHECK(hits[0].title == "Title of ships.txt");
    CHECK(hits[0].heading_path == "Part");
    CHECK(hits[0].page == 2);
    CHECK(hits[0].sources == std::vector<SourceSpan>{{2, 5, 6}});
    CHECK(hits[0].dense_rank == 1);
    CHECK(hits[0].lexical_rank == 1);
    CHECK(hits[0].score == Approx(2.0 / 61));
    CHECK(hits[0].dense_score <= 1.0 + 1e-5);
    CHECK(hits[0].score >= hits[1].score);
    CHECK(hits[1].score >= hits[2].score);
}

TEST_CASE("an empty question is refused, no hits are an empty list") {
    Fixture f;
    Searcher searcher(*f.library, &f.embedder);
    Searcher lexical(*f.library, nullptr);
    for (const char* query : {"", "  \n\t "}) {
        const auto refused = searcher.search(query, 5);
        REQUIRE(!refused);
        CHECK(refused.error().code == ErrorCode::kInvalidArgument);
    }
    CHECK_FALSE(searcher.search("ships", 0).has_value());
    CHECK(value(searcher.search("ships", 5)).empty());
    f.put_some();
    CHECK(value(lexical.search("zeppelin", 5)).empty());
    CHECK(value(lexical.search("?!", 5)).empty());
    CHECK(value(searcher.search("ships", 500)).size() == 5);
}

TEST_CASE("what is committed is found by the next search, what is removed no more") {
    Fixture f;
    f.put_some();
    Searcher searcher(*f.library, &f.embedder);
    CHECK(value(searcher.search("bicycles turn", 1)).at(0).text != "Bicycles turn.");
    const auto id = f.put("bicycles.txt", {"Bicycles turn."});
    const auto hits = value(searcher.search("bicycles turn", 1));
    CHECK(hits.at(0).text == "Bicycles turn.");
    CHECK(hits.at(0).dense_rank == 1);
    REQUIRE(f.writer->remove_documents(std::vector{id}).has_value());
    f.put("balloons.txt", {"Balloons rise."});
    for (const SearchHit& hit : value(searcher.search("bicycles turn", 50)))
        CHECK(hit.text != "Bicycles turn.");
    CHECK(value(searcher.search("balloons rise", 1)).at(0).dense_rank == 1);
}

TEST_CASE("a chunk's score is its best window, and the same text comes once") {
    Fixture f;
    std::string filler;
    for (int i = 0; i < 100; ++i) filler += "word" + std::to_string(i) + " ";
    f.put("long.txt", {filler + "submarine dives", filler + "zebra"});
    f.put("copy.txt", {"submarine dives"});
    f.put("copy2.txt", {"submarine dives"});
    Searcher searcher(*f.library, &f.embedder);
    const auto hits = value(searcher.search("submarine dives", 10));
    REQUIRE(hits.size() == 3);
    CHECK(hits[0].text == "submarine dives");
    const auto vectors = value(f.library->vector_ids(f.embedder.fingerprint()));
    CHECK(vectors.size() == 2 * 3 + 2);
    CHECK(hits[1].text == filler + "submarine dives");
    CHECK(hits[1].dense_score > hits[2].dense_score);
}

TEST_CASE("the dense index's file deleted, torn, garbled or stale changes no hit") {
    Fixture f;
    f.put_some();
    const fs::path file = dense_cache_file(f.dir / "library");
    const auto hits_of = [&](Searcher& searcher) {
        return value(searcher.search("where do trains stop", 5));
    };
    Searcher first(*f.library, &f.embedder);
    REQUIRE(first.refresh().has_value());
    REQUIRE(fs::exists(file));
    const auto expected = hits_of(first);

    const int damage = GENERATE(0, 1, 2, 3, 4, 5, 6);
    if (damage == 1) fs::remove(file);
    if (damage == 2) fs::resize_file(file, fs::file_size(file) / 2);
    if (damage == 3) fs::resize_file(file, 0);
    if (damage == 4) {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(fs::file_size(file)) - 20);
        bytes.put('\x55');
    }
    if (damage == 5) std::ofstream(file, std::ios::binary) << std::string(10000, 'x');
    if (damage == 6) {
        fs::remove(file);
        fs::create_directory(file);
    }
    CHECK(same_hits(hits_of(first), expected));  // what is in memory stays
    Searcher second(*f.library, &f.embedder);
    CHECK(same_hits(hits_of(second), expected));
    CHECK(second.refresh().has_value());
    if (damage == 6) return;
    const auto now = value(f.library->vector_generation());
    const auto cached = read_dense_cache(f.dir / "library", f.embedder.fingerprint(),
                                         test::FakeEmbedder::kDimensions, now);
    REQUIRE(cached.has_value());  // it came back by itself
    CHECK(cached->index.size() == 5);
    CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) < 9);

    f.put("new.txt", {"Trains stop where they stop."});
    const auto behind =
        read_dense_cache(f.dir / "library", f.embedder.fingerprint(),
                         test::FakeEmbedder::kDimensions, value(f.library->vector_generation()));
    CHECK(behind.has_value());  // vectors were only added: the rest is read from the library
    Searcher third(*f.library, &f.embedder);
    CHECK(same_hits(hits_of(third), hits_of(first)));
    CHECK(hits_of(third).at(0).path == "/docs/new.txt");
}

TEST_CASE("a dense index's file of other vectors is not believed") {
    Fixture f;
    f.put_some();
    Searcher searcher(*f.library, &f.embedder);
    REQUIRE(searcher.refresh().has_value());
    const auto now = value(f.library->vector_generation());
    const auto read = [&](const Hash128& embedder, int dimensions, const VectorGeneration& g) {
        return read_dense_cache(f.dir / "library", embedder, dimensions, g).has_value();
    };
    const Hash128 own = f.embedder.fingerprint();
    constexpr int kDimensions = test::FakeEmbedder::kDimensions;
    CHECK(read(own, kDimensions, now));
    CHECK_FALSE(read(hash128(std::string_view("other")), kDimensions, now));
    CHECK_FALSE(read(own, kDimensions / 2, now));
    CHECK_FALSE(read(own, kDimensions, {now.epoch + 1, now.last_row, now.removals}));
    CHECK_FALSE(read(own, kDimensions, {now.epoch, now.last_row, now.removals + 1}));
    CHECK_FALSE(read(own, kDimensions, {now.epoch, now.last_row - 1, now.removals}));
}

TEST_CASE("embeddings begun anew under a living searcher are followed") {
    Fixture f;
    f.put_some();
    Searcher searcher(*f.library, &f.embedder);
    const auto expected = value(searcher.search("ships", 3));
    f.writer.reset();
    f.library.reset();
    // The searcher's library is gone: a new one stands on the same folder without its vectors.
    fs::remove(f.dir / "library/embeddings.sqlite");
    f.library = value(Library::open(f.dir / "library"));
    f.writer = value(f.library->begin_writing());
    for (const std::int64_t id :
         value(f.library->documents_without_vectors(f.embedder.fingerprint())))
        f.embed(id);
    Searcher again(*f.library, &f.embedder);
    CHECK(same_hits(value(again.search("ships", 3)), expected));
}

TEST_CASE("searching while another thread writes") {
    Fixture f;
    f.put_some();
    Searcher searcher(*f.library, &f.embedder);
    std::atomic<bool> done{false};
    std::atomic<int> failures{0}, searches{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            while (!done) {
                const auto hits = searcher.search("ships on the sea", 3);
                if (!hits || hits->empty() || hits->at(0).path != "/docs/ships.txt") ++failures;
                ++searches;
            }
        });
    for (int i = 0; i < 30; ++i) {
        const auto id = f.put("extra.txt", {"Extra number " + std::to_string(i)});
        if (i % 3 == 0) REQUIRE(f.writer->remove_documents(std::vector{id}).has_value());
    }
    while (searches < 20) std::this_thread::yield();
    done = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(failures == 0);
}

TEST_CASE("rank fusion adds reciprocal ranks") {
    const std::vector<ScoredChunk> dense{{1, 0.9}, {2, 0.8}, {3, 0.7}};
    const std::vector<ScoredChunk> lexical{{3, 5.0}, {4, 4.0}};
    const auto fused = fuse_ranks(dense, lexical, {60, 1.0, 2.0});
    REQUIRE(fused.size() == 4);
    CHECK(fused[0].chunk_id == 3);
    CHECK(fused[0].score == Approx(1.0 / 63 + 2.0 / 61));
    CHECK(fused[0].dense_rank == 3);
    CHECK(fused[0].lexical_rank == 1);
    CHECK(fused[1].chunk_id == 4);
    CHECK(fused[1].dense_rank == 0);
    CHECK(fused[2].chunk_id == 1);
    CHECK(fused[2].lexical_rank == 0);
    CHECK(fuse_ranks({}, {}, {}).empty());
    const std::vector<ScoredChunk> one{{7, 1.0}}, other{{8, 1.0}};
    CHECK(fuse_ranks(one, other, {})[0].chunk_id == 7);  // a tie: the better dense rank
}

TEST_CASE("a search within folders and documents finds the best of those alone") {
    Fixture f;
    f.put_some();
    f.put("sea/deep.txt", {"Ships lie on the sea bed.", "Fish swim."});
    f.put("sea.txt", {"The sea is wide."});
    f.put("seaside/beach.txt", {"Sand by the sea."});
    Searcher searcher(*f.library, &f.embedder);
    const auto paths = [&](const std::vector<fs::path>& scope, std::string_view query) {
        std::vector<std::string> found;
        for (const SearchHit& hit : value(searcher.search_within(scope, query, 10)))
            found.push_back(hit.path.filename().string());
        std::sort(found.begin(), found.end());
        return found;
    };
    using Paths = std::vector<std::string>;
    CHECK(paths({"/docs/sea"}, "ships on the sea") == Paths{"deep.txt", "deep.txt"});
    CHECK(paths({"/docs/sea/"}, "trains") == Paths{"deep.txt", "deep.txt"});
    CHECK(paths({"/docs/sea.txt", "/docs/planes.txt"}, "sea") == Paths{"planes.txt", "sea.txt"});
    CHECK(paths({"/nowhere"}, "sea").empty());
    CHECK(paths({"/"}, "sea").size() == value(searcher.search("sea", 10)).size());
}

TEST_CASE("a small scope is found in a library of many nearer passages") {
    Fixture f;
    std::vector<std::string> near;
    for (int i = 0; i < 400; ++i) near.push_back("Ships sail number " + std::to_string(i) + ".");
    f.put("many.txt", near);
    f.put("few/one.txt", {"Ships, once."});
    SearchOptions options;
    options.candidates = 5;
    Searcher searcher(*f.library, &f.embedder, options);
    const std::vector<fs::path> scope = {"/docs/few"};
    const auto hits = value(searcher.search_within(scope, "ships sail number", 3));
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].path == "/docs/few/one.txt");
    CHECK(hits[0].dense_rank == 1);
    CHECK(hits[0].lexical_rank == 1);
}
