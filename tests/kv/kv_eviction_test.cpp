// Who goes when the disk store is full, and why: scripts over chunks of one size.
#include <SQLiteCpp/SQLiteCpp.h>

#include "engine/kv/kv_priority.h"
#include "tests/kv/faulty_file_system.h"
#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::holds;
using test::kSampleFileBytes;
using test::sample_chunk;
using test::sample_key;
using test::StoreFolder;

namespace {

/// Puts chunk n, which took `seconds` to compute.
void put(KvStore& store, int n, double seconds = 1) {
    REQUIRE(store.put(sample_key(n), sample_chunk(static_cast<std::uint32_t>(n)), seconds));
}

void use(KvStore& store, int n, int times = 1) {
    for (int i = 0; i < times; ++i) REQUIRE(store.get(sample_key(n)));
}

/// The chunks that are there, in order.
std::vector<int> kept(KvStore& store) {
    std::vector<int> numbers;
    for (int n = 0; n < 40; ++n)
        if (store.contains(sample_key(n))) numbers.push_back(n);
    return numbers;
}

using Numbers = std::vector<int>;

/// Turns an index into one as version 1 of the store left it.
void make_version_1(const StoreFolder& folder) {
    SQLite::Database index((folder.path() / "index.sqlite").string(), SQLite::OPEN_READWRITE);
    index.exec(R"(
        DROP TABLE aging;
        CREATE TABLE old(id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE,
                         n_bytes INTEGER NOT NULL, last_used INTEGER NOT NULL);
        INSERT INTO old SELECT id, key, n_bytes, last_used FROM entries;
        DROP TABLE entries;
        ALTER TABLE old RENAME TO entries;
        CREATE INDEX entries_by_use ON entries(last_used);
        PRAGMA user_version = 1;
    )");
}

}  // namespace

TEST_CASE("among chunks of one worth the least recently used goes") {
    const StoreFolder folder;
    const auto store = folder.open(3 * kSampleFileBytes);
    for (const int n : {0, 1, 2}) put(*store, n);
    for (const int n : {0, 1, 2}) use(*store, n);
    use(*store, 0);
    use(*store, 1);  // 2 was used least
    put(*store, 3);
    CHECK(kept(*store) == Numbers{0, 1, 3});
}

TEST_CASE("what is used often stays before what was used lately") {
    const StoreFolder folder;
    const auto store = folder.open(3 * kSampleFileBytes);
    put(*store, 0);
    use(*store, 0, 5);
    for (const int n : {1, 2, 3, 4}) put(*store, n);  // passers-by
    CHECK(kept(*store) == Numbers{0, 3, 4});
}

TEST_CASE("what was used often once goes in the end: the others' age overtakes it") {
    const StoreFolder folder;
    const auto store = folder.open(3 * kSampleFileBytes);
    put(*store, 0);
    use(*store, 0, 5);
    for (int n = 1; n < 30; ++n) put(*store, n);
    CHECK(kept(*store) == Numbers{27, 28, 29});
}

TEST_CASE("what was dear to compute stays before what is quickly computed anew") {
    const StoreFolder folder;
    const auto store = folder.open(3 * kSampleFileBytes);
    put(*store, 0, 5.0);  // a large model's
    put(*store, 1, 0.1);
    put(*store, 2, 0.1);
    put(*store, 3, 0.1);
    put(*store, 4, 0.1);
    CHECK(kept(*store) == Numbers{0, 3, 4});
}

TEST_CASE("of chunks that cost the same the one that frees most bytes goes") {
    const StoreFolder folder;
    const std::int64_t large = describe_kv_file(sample_key(0), *sample_chunk(0, 300))->file_bytes();
    const auto store = folder.open(large + 2 * kSampleFileBytes);
    put(*store, 1);
    REQUIRE(store->put(sample_key(0), sample_chunk(0, 300), 1.0));
    put(*store, 2);
    put(*store, 3);
    CHECK(kept(*store) == Numbers{1, 2, 3});  // though 1 is older
}

TEST_CASE("what is looked at ahead of a question counts as no use") {
    const StoreFolder folder;
    const auto store = folder.open(2 * kSampleFileBytes);
    put(*store, 0);
    put(*store, 1);
    for (int i = 0; i < 5; ++i) REQUIRE(store->peek(sample_key(0)));
    put(*store, 2);
    CHECK(kept(*store) == Numbers{1, 2});
}

TEST_CASE("a budget that is lowered drops the least used at once, one that is raised makes room") {
    const StoreFolder folder;
    const auto store =
        make_tiered_kv_store(make_ram_kv_store(3 << 20), folder.open(4 * kSampleFileBytes));
    for (const int n : {0, 1, 2, 3}) put(*store, n);
    use(*store, 1);
    REQUIRE(store->set_budget(2 * kSampleFileBytes));
    CHECK(store->stats().budget_bytes == 2 * kSampleFileBytes);
    CHECK(folder.files().size() == 2);
    CHECK(store->stats().bytes == 2 * kSampleFileBytes);
    REQUIRE(store->set_budget(kSampleFileBytes - 1));
    CHECK(folder.files().empty());
    CHECK(store->put(sample_key(5), sample_chunk(5)).error().code == ErrorCode::kTooLong);
    REQUIRE(store->set_budget(3 * kSampleFileBytes));
    for (const int n : {6, 7, 8}) put(*store, n);
    CHECK(folder.files().size() == 3);
    REQUIRE(store->set_budget(std::nullopt));
    CHECK(store->stats().budget_bytes > 3 * kSampleFileBytes);  // of the free disk
}

TEST_CASE("a memory store that is given less drops what was not used for longest") {
    const auto store = make_ram_kv_store(100 << 20);
    for (const int n : {0, 1, 2}) put(*store, n);
    const std::int64_t one = store->stats().bytes / 3;
    use(*store, 0);
    REQUIRE(store->set_budget(2 * one));
    CHECK(kept(*store) == Numbers{0, 2});
    REQUIRE(store->set_budget(std::nullopt));
    put(*store, 1);
    CHECK(kept(*store) == Numbers{0, 1, 2});
}

TEST_CASE("uses that memory serves keep the chunk on disk, too") {
    const StoreFolder folder;
    const auto store =
        make_tiered_kv_store(make_ram_kv_store(1 << 20), folder.open(3 * kSampleFileBytes));
    for (const int n : {0, 1, 2}) put(*store, n);
    for (int i = 0; i < 3; ++i) REQUIRE(store->get(sample_key(0))->tier == KvTier::kRam);
    put(*store, 3);
    CHECK(test::read_all(folder.file_of(sample_key(0))).size() > 0);
    CHECK(test::read_all(folder.file_of(sample_key(1))).empty());
}

TEST_CASE("uses, costs and age are remembered by the next program") {
    const StoreFolder folder;
    {
        const auto store = folder.open(3 * kSampleFileBytes);
        put(*store, 0);
        put(*store, 1, 8.0);
        use(*store, 0, 6);
        for (const int n : {2, 3, 4}) put(*store, n);  // the clock stands at 2 uses
    }
    const auto store = folder.open(3 * kSampleFileBytes);
    put(*store, 5);
    put(*store, 6);
    CHECK(kept(*store) == Numbers{0, 1, 6});
}

TEST_CASE("a chunk whose cost is not known is worth what others of its size are") {
    const StoreFolder folder;
    const auto store = folder.open(3 * kSampleFileBytes);
    put(*store, 0, 4.0);
    put(*store, 1, 0);  // as if it had taken 4 seconds
    put(*store, 2, 0.5);
    put(*store, 3, 4.0);  // 2 goes
    CHECK(kept(*store) == Numbers{0, 1, 3});
}

TEST_CASE("an index of version 1 is brought up to date and loses nothing") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (const int n : {0, 1, 2}) put(*store, n);
        use(*store, 0);
    }
    make_version_1(folder);
    const auto store = folder.open(3 * kSampleFileBytes);
    CHECK(store->stats().adopted == 0);  // brought up to date, not made anew
    for (const int n : {0, 1, 2}) CHECK(holds(*store, n));
    use(*store, 0);
    put(*store, 3);
    CHECK(kept(*store) == Numbers{0, 2, 3});  // 1 was the least recently used
}

TEST_CASE("an index of another program's tables is made anew from the files") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (const int n : {0, 1}) put(*store, n);
    }
    folder.remove_index();
    {
        SQLite::Database index((folder.path() / "index.sqlite").string(),
                               SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        index.exec("CREATE TABLE entries(other); PRAGMA user_version = 1;");
    }
    const auto store = folder.open();
    for (const int n : {0, 1}) CHECK(holds(*store, n));
    CHECK(store->stats().adopted == 2);
}

TEST_CASE("several models' caches of the same words lie side by side") {
    const StoreFolder folder;
    const std::vector<TokenId> words = {5, 6, 7};
    const KvKey small = make_kv_key({.model = hash128("a small model"), .prefix = {1}}, words);
    const KvKey large = make_kv_key({.model = hash128("a large model"), .prefix = {1}}, words);
    const auto store = folder.open(2 * kSampleFileBytes);
    REQUIRE(store->put(small, sample_chunk(1), 0.1));
    REQUIRE(store->put(large, sample_chunk(2), 2.0));
    CHECK(test::same_bytes(*store->get(small)->kv, *sample_chunk(1)));
    CHECK(test::same_bytes(*store->get(large)->kv, *sample_chunk(2)));
    put(*store, 3);  // room for one of them: the dear one stays
    CHECK(!store->contains(small));
    CHECK(store->contains(large));
}

TEST_CASE("the default budget is a tenth of what is free, at most 20 GB, and does not shrink") {
    CHECK(default_kv_budget(100'000'000'000, 0) == 10'000'000'000);
    CHECK(default_kv_budget(90'000'000'000, 10'000'000'000) == 10'000'000'000);
    CHECK(default_kv_budget(900'000'000'000, 0) == 20'000'000'000);
    CHECK(default_kv_budget(0, 0) == 0);

    const StoreFolder folder;
    test::FaultyFileSystem files;
    files.free = 30 * kSampleFileBytes;
    const auto open = [&] {
        DiskKvStoreOptions options;
        options.folder = folder.path();
        options.files = &files;
        return std::move(open_disk_kv_store(options)).value();
    };
    {
        const auto store = open();
        CHECK(store->stats().budget_bytes == 3 * kSampleFileBytes);
        for (const int n : {0, 1, 2, 3}) put(*store, n);
        CHECK(folder.bytes() == 3 * kSampleFileBytes);
    }
    files.free = 27 * kSampleFileBytes;  // what the store took is missing
    CHECK(open()->stats().budget_bytes == 3 * kSampleFileBytes);
    folder.remove_index();
    CHECK(open()->stats().budget_bytes == 3 * kSampleFileBytes);
    files.free = 7 * kSampleFileBytes;  // others filled the disk: the store gives way
    CHECK(open()->stats().budget_bytes == kSampleFileBytes);
    CHECK(folder.bytes() == kSampleFileBytes);
}
