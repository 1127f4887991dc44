// The disk store in health: what is put comes back, budget, age, several stores on one folder.
#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include "tests/kv/faulty_file_system.h"
#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::holds;
using test::kSampleFileBytes;
using test::sample_chunk;
using test::sample_key;
using test::StoreFolder;

TEST_CASE("what is put comes back, from this store and from the next") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
        REQUIRE(store->put(sample_key(1), sample_chunk(1)));
        REQUIRE(store->put(sample_key(2), sample_chunk(2, 5, KvPrecision::kF16)));
        CHECK(holds(*store, 1));
        CHECK(store->get(sample_key(1))->tier == KvTier::kDisk);
    }
    const auto store = folder.open();
    CHECK(holds(*store, 1));
    const auto half = store->get(sample_key(2));
    REQUIRE(half.has_value());
    CHECK(test::same_bytes(*half->kv, *sample_chunk(2, 5, KvPrecision::kF16)));
    CHECK(store->contains(sample_key(1)));
    CHECK(!store->contains(sample_key(3)));
    CHECK(store->stats().entries == 2);
    CHECK(store->stats().bytes == folder.bytes());
    CHECK(store->stats().corrupt == 0);
}

TEST_CASE("a chunk that is there is never written again") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    const auto before = std::filesystem::last_write_time(folder.file_of(sample_key(1)));
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(std::filesystem::last_write_time(folder.file_of(sample_key(1))) == before);
    CHECK(store->stats().entries == 1);
}

TEST_CASE("the files lie within the budget at every moment") {
    const StoreFolder folder;
    test::FaultyFileSystem files;
    const std::int64_t budget = 3 * kSampleFileBytes + kSampleFileBytes / 2;
    std::int64_t most = 0;
    files.after_change = [&] { most = std::max(most, folder.bytes()); };
    const auto store = folder.open(budget, &files);
    for (int i = 0; i < 12; ++i) {
        const int n_tokens = i % 3 == 2 ? 150 : 5;
        REQUIRE(store->put(sample_key(i), sample_chunk(i, n_tokens)));
        REQUIRE(folder.bytes() == store->stats().bytes);
        REQUIRE(store->contains(sample_key(i)));
    }
    CHECK(most <= budget);
    CHECK(most > budget / 2);
}

TEST_CASE("reopening with a smaller budget removes the oldest until it fits") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (int i = 0; i < 5; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
        REQUIRE(store->get(sample_key(0)));
    }
    const auto store = folder.open(2 * kSampleFileBytes);
    CHECK(folder.bytes() <= 2 * kSampleFileBytes);
    CHECK(holds(*store, 0));
    CHECK(holds(*store, 4));
    CHECK(store->stats().entries == 2);
}

TEST_CASE("the least recently used goes first; looking does not count as use, putting again does") {
    const StoreFolder folder;
    const auto store = folder.open(4 * kSampleFileBytes);
    for (int i = 0; i < 4; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    REQUIRE(store->get(sample_key(0)));
    REQUIRE(store->contains(sample_key(1)));
    REQUIRE(store->put(sample_key(2), sample_chunk(2)));
    REQUIRE(store->put(sample_key(4), sample_chunk(4)));  // 1 goes
    REQUIRE(store->put(sample_key(5), sample_chunk(5)));  // 3 goes
    REQUIRE(store->put(sample_key(6), sample_chunk(6)));  // 0 goes
    CHECK(!store->contains(sample_key(1)));
    CHECK(!store->contains(sample_key(3)));
    CHECK(!store->contains(sample_key(0)));
    for (const int i : {2, 4, 5, 6}) CHECK(holds(*store, i));
}

TEST_CASE("a chunk larger than the whole budget is refused with a clear sentence") {
    const StoreFolder folder;
    const auto store = folder.open(kSampleFileBytes);
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    const Status refused = store->put(sample_key(2), sample_chunk(2, 500));
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::kTooLong);
    CHECK(refused.error().message.find(std::to_string(kSampleFileBytes)) != std::string::npos);
    CHECK(holds(*store, 1));
    // The header counts: a budget of the layers alone is one byte and a header too small.
    const StoreFolder small;
    CHECK(!small.open(kSampleFileBytes - 1)->put(sample_key(1), sample_chunk(1)));
}

TEST_CASE("clearing removes every file and entry, and nothing else") {
    const StoreFolder folder;
    const auto store = folder.open();
    for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    test::write_all(folder.path() / "notes.txt", {'h', 'i'});
    REQUIRE(store->clear());
    CHECK(folder.files().empty());
    CHECK(store->stats().entries == 0);
    CHECK(store->stats().bytes == 0);
    CHECK(std::filesystem::exists(folder.path() / "notes.txt"));
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(holds(*store, 1));
}

TEST_CASE("foreign files in the folder are left alone") {
    const StoreFolder folder;
    folder.open();
    const auto sub = folder.path() / "ab";
    std::filesystem::create_directories(sub);
    test::write_all(folder.path() / "notes.txt", {'h', 'i'});
    test::write_all(sub / "holiday.kv", {'h', 'i'});
    test::write_all(sub / (std::string(32, 'c') + ".kv"), {'h', 'i'});  // not of this sub-folder
    const auto store = folder.open();
    CHECK(std::filesystem::exists(folder.path() / "notes.txt"));
    CHECK(std::filesystem::exists(sub / "holiday.kv"));
    CHECK(std::filesystem::exists(sub / (std::string(32, 'c') + ".kv")));
    CHECK(store->stats().entries == 0);
}

TEST_CASE("two stores on one folder see each other's chunks and share one budget") {
    const StoreFolder folder;
    const auto first = folder.open(3 * kSampleFileBytes);
    const auto second = folder.open(3 * kSampleFileBytes);
    REQUIRE(first->put(sample_key(1), sample_chunk(1)));
    CHECK(holds(*second, 1));
    REQUIRE(second->put(sample_key(1), sample_chunk(1)));
    CHECK(second->stats().entries == 1);
    const auto held = first->get(sample_key(1))->kv;
    for (int i = 2; i < 5; ++i) {
        const double dear_s = 100;  // 1 has to go, though it was used
        REQUIRE((i % 2 ? first : second)->put(sample_key(i), sample_chunk(i), dear_s));
        REQUIRE(folder.bytes() <= 3 * kSampleFileBytes);
    }
    CHECK(first->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    CHECK(test::same_bytes(*held, *sample_chunk(1)));  // what is in use stays whole
    REQUIRE(second->clear());
    CHECK(!first->contains(sample_key(2)));
}

TEST_CASE("get does not write the index, the next put tells it what was used") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    SQLite::Database index((folder.path() / "index.sqlite").string());
    const auto version = [&] { return index.execAndGet("PRAGMA data_version").getInt(); };
    const auto last_use = [&] {
        return index.execAndGet("SELECT min(last_used) FROM entries").getInt64();
    };
    const int version_before = version();
    const std::int64_t use_before = last_use();
    for (int i = 0; i < 20; ++i) REQUIRE(store->get(sample_key(1)));
    CHECK(version() == version_before);
    REQUIRE(store->put(sample_key(2), sample_chunk(2)));
    CHECK(last_use() > use_before);
}

TEST_CASE("uses are told to the index when the store closes") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
        REQUIRE(store->get(sample_key(0)));
    }
    const auto store = folder.open(kSampleFileBytes);
    CHECK(holds(*store, 0));
}

TEST_CASE("another program that keeps the lock makes put kBusy, and get goes on") {
    StoreFolder folder;
    folder.patience = std::chrono::milliseconds(50);
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    auto lock = posix_file_system().lock(folder.path() / "writer.lock", std::chrono::seconds(1));
    REQUIRE(lock.has_value());
    const Status refused = store->put(sample_key(2), sample_chunk(2));
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::kBusy);
    CHECK(holds(*store, 1));
    CHECK(folder.try_open().error().code == ErrorCode::kBusy);
    lock->reset();
    CHECK(store->put(sample_key(2), sample_chunk(2)).has_value());
}

TEST_CASE("a store in memory and on disk reads each chunk from disk once") {
    const StoreFolder folder;
    REQUIRE(folder.open()->put(sample_key(1), sample_chunk(1)));
    test::FaultyFileSystem files;
    const auto store = make_tiered_kv_store(make_ram_kv_store(1 << 20),
                                            folder.open(100 * kSampleFileBytes, &files));
    CHECK(store->get(sample_key(1))->tier == KvTier::kDisk);
    CHECK(holds(*store, 1));
    files.reads_fail = true;
    CHECK(store->get(sample_key(1))->tier == KvTier::kRam);
    CHECK(holds(*store, 1));
}
