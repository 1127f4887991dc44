// The disk store under damage: files and index lost or wrong, operations that fail, programs that
// die at any step.
#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <random>

#include "tests/kv/faulty_file_system.h"
#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::Crash;
using test::FaultyFileSystem;
using test::holds;
using test::kSampleFileBytes;
using test::sample_chunk;
using test::sample_key;
using test::StoreFolder;
using Fault = FaultyFileSystem::Fault;

namespace {

/// Acts for a moment as a user whom permissions hold (tests may run as root).
class WithoutPrivileges {
  public:
    WithoutPrivileges() : was_root_(::geteuid() == 0) {
        if (was_root_ && ::seteuid(65534) != 0) throw std::runtime_error("seteuid");
    }
    ~WithoutPrivileges() {
        if (was_root_ && ::seteuid(0) != 0) std::abort();
    }

  private:
    bool was_root_;
};

void set_folder_permissions(const std::filesystem::path& folder, std::filesystem::perms perms) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_directory()) std::filesystem::permissions(entry.path(), perms);
    }
    std::filesystem::permissions(folder, perms);
}

constexpr auto kReadable = std::filesystem::perms{0555};
constexpr auto kWritable = std::filesystem::perms{0755};

/// Puts chunk 9 into a store of chunks 0, 1, 2 whose budget makes chunk 0 go.
Status put_ninth(KvStore& store) { return store.put(sample_key(9), sample_chunk(9)); }
constexpr int kKept = 3;
const std::int64_t kBudget = kKept * kSampleFileBytes;

void fill(KvStore& store) {
    for (int i = 0; i < kKept; ++i) REQUIRE(store.put(sample_key(i), sample_chunk(i)));
}

/// The folder after a fault: nothing half-written, every entry whole, within the budget, usable.
void check_consistent(const StoreFolder& folder) {
    const auto store = folder.open(kBudget);
    CHECK(folder.bytes() == store->stats().bytes);
    CHECK(folder.bytes() <= kBudget);
    CHECK(static_cast<std::int64_t>(folder.files().size()) == store->stats().entries);
    for (const int n : {0, 1, 2, 9}) {
        CHECK(store->contains(sample_key(n)) == holds(*store, n));
    }
    CHECK(holds(*store, 1));  // neither the oldest nor the new one: untouched
    CHECK(holds(*store, 2));
    CHECK(store->stats().corrupt == 0);
    REQUIRE(put_ninth(*store));
    CHECK(holds(*store, 9));
    CHECK(folder.bytes() <= kBudget);
}

/// How many changes put_ninth makes to the file system.
int changes_of_put() {
    const StoreFolder folder;
    FaultyFileSystem files;
    const auto store = folder.open(kBudget, &files);
    fill(*store);
    files.arm(Fault::kNone, -1);
    REQUIRE(put_ninth(*store));
    return files.n_changes;
}

}  // namespace

TEST_CASE(
    "a damaged layer is found on first use: the entry goes, is counted, and can be put again") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    test::set_byte(folder.file_of(sample_key(1)), kSampleFileBytes - 1, 1);  // of the last layer
    const auto chunk = store->get(sample_key(1));
    REQUIRE(chunk.has_value());
    CHECK(chunk->kv->layer(0).has_value());
    CHECK(chunk->kv->layer(1).error().code == ErrorCode::kCorrupt);
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    CHECK(!store->contains(sample_key(1)));
    CHECK(folder.files().empty());
    CHECK(store->stats().corrupt == 1);
    CHECK(store->stats().bytes == 0);
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(holds(*store, 1));
}

TEST_CASE("a damaged header is found by get") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    test::set_byte(folder.file_of(sample_key(1)), 100, 1);
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kCorrupt);
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    CHECK(folder.files().empty());
    CHECK(store->stats().corrupt == 1);
}

TEST_CASE("damage that an old handle finds does not touch the chunk that was put since") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    test::set_byte(folder.file_of(sample_key(1)), kSampleFileBytes - 1, 1);
    const auto first = store->get(sample_key(1))->kv, second = store->get(sample_key(1))->kv;
    CHECK(!first->layer(1));
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(!second->layer(1));
    CHECK(holds(*store, 1));
}

TEST_CASE("a tier whose disk is damaged gives the chunk up in memory, too") {
    const StoreFolder folder;
    REQUIRE(folder.open()->put(sample_key(1), sample_chunk(1)));
    const auto store = make_tiered_kv_store(make_ram_kv_store(1 << 20), folder.open());
    test::set_byte(folder.file_of(sample_key(1)), kSampleFileBytes - 1, 1);
    CHECK(!store->get(sample_key(1))->kv->layer(1));
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(holds(*store, 1));
    CHECK(store->stats().corrupt == 1);
}

TEST_CASE("a chunk that outlives its store still reads, and its damage harms nobody") {
    const StoreFolder folder;
    auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    REQUIRE(store->put(sample_key(2), sample_chunk(2)));
    const auto whole = store->get(sample_key(1))->kv, damaged = store->get(sample_key(2))->kv;
    store.reset();
    test::set_byte(folder.file_of(sample_key(2)), kSampleFileBytes - 1, 1);
    CHECK(test::same_bytes(*whole, *sample_chunk(1)));
    CHECK(damaged->layer(1).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("verify reads everything and drops what is damaged or gone") {
    const StoreFolder folder;
    const auto store = folder.open();
    for (int i = 0; i < 4; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    test::set_byte(folder.file_of(sample_key(0)), 5000, 1);
    test::set_byte(folder.file_of(sample_key(1)), 10, 1);
    std::filesystem::remove(folder.file_of(sample_key(2)));
    const auto stats = store->verify();
    REQUIRE(stats.has_value());
    CHECK(stats->entries == 1);
    CHECK(stats->corrupt == 2);
    CHECK(stats->bytes == folder.bytes());
    CHECK(holds(*store, 3));
}

TEST_CASE("verify makes folder and index agree, and says what it did") {
    const StoreFolder folder;
    const auto store = folder.open();
    for (int i = 0; i < 4; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    {
        SQLite::Database index((folder.path() / "index.sqlite").string(), SQLite::OPEN_READWRITE);
        index.exec("DELETE FROM entries WHERE id = 1");  // a whole file that the index lost
    }
    std::filesystem::remove(folder.file_of(sample_key(1)));
    test::set_byte(folder.file_of(sample_key(2)), 5000, 1);
    auto leftover = folder.file_of(sample_key(7)).replace_extension(".tmp");
    std::filesystem::create_directories(leftover.parent_path());
    test::write_all(leftover, {'h', 'a', 'l', 'f'});
    const auto stats = store->verify();
    REQUIRE(stats.has_value());
    CHECK(stats->adopted == 1);
    CHECK(stats->forgotten == 1);
    CHECK(stats->corrupt == 1);
    CHECK(stats->leftovers == 1);
    CHECK(stats->entries == 2);
    CHECK(stats->bytes == folder.bytes());
    for (const int n : {0, 3}) CHECK(holds(*store, n));
    const auto again = store->verify();
    CHECK((again->adopted == 1 && again->forgotten == 1 && again->corrupt == 1));
}

TEST_CASE("a file that the index lost and that cannot be read now is not removed") {
    const StoreFolder folder;
    { REQUIRE(folder.open()->put(sample_key(1), sample_chunk(1))); }
    folder.remove_index();
    FaultyFileSystem files;
    files.reads_fail = true;
    CHECK(folder.open(kBudget, &files)->stats().entries == 0);
    files.reads_fail = false;
    const auto store = folder.open(kBudget, &files);
    CHECK(store->stats().adopted == 1);
    CHECK(holds(*store, 1));
}

TEST_CASE("verify names a file that cannot be read, and drops nothing") {
    const StoreFolder folder;
    FaultyFileSystem files;
    const auto store = folder.open(kBudget, &files);
    fill(*store);
    files.reads_fail = true;
    const auto stats = store->verify();
    REQUIRE(!stats.has_value());
    CHECK(stats.error().code == ErrorCode::kIo);
    files.reads_fail = false;
    for (int i = 0; i < kKept; ++i) CHECK(holds(*store, i));
}

TEST_CASE("a disk that fails while reading is kIo, of get and of a layer, and nothing is dropped") {
    const StoreFolder folder;
    FaultyFileSystem files;
    const auto store = folder.open(kBudget, &files);
    fill(*store);
    const auto chunk = store->get(sample_key(1))->kv;
    files.reads_fail = true;
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kIo);
    CHECK(chunk->layer(0).error().code == ErrorCode::kIo);
    files.reads_fail = false;
    CHECK(chunk->layer(0).has_value());
    CHECK(holds(*store, 1));
    CHECK(store->stats().corrupt == 0);
}

TEST_CASE("deleting KV files between uses makes them kNotFound, and they can be put again") {
    const StoreFolder folder;
    const auto store = folder.open();
    for (int i = 0; i < 2; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    std::filesystem::remove(folder.file_of(sample_key(0)));
    std::filesystem::remove(folder.file_of(sample_key(1)));
    CHECK(store->get(sample_key(0)).error().code == ErrorCode::kNotFound);
    CHECK(store->stats().entries == 1);
    REQUIRE(store->put(sample_key(0), sample_chunk(0)));
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));  // put meets the missing file itself
    CHECK(holds(*store, 0));
    CHECK(holds(*store, 1));
    std::filesystem::remove(folder.file_of(sample_key(0)));
    const auto reopened = folder.open();
    CHECK(reopened->stats().entries == 1);
    CHECK(!reopened->contains(sample_key(0)));
}

TEST_CASE("deleting the index between uses loses no chunk") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    }
    folder.remove_index();
    {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) CHECK(holds(*store, i));
        CHECK(store->stats().bytes == folder.bytes());
    }
    folder.remove_index();
    CHECK(folder.open(2 * kSampleFileBytes)->stats().entries == 2);  // the budget holds here, too
    CHECK(folder.bytes() == 2 * kSampleFileBytes);
}

TEST_CASE("an index that is deleted under an open store is made anew by the next put") {
    const StoreFolder folder;
    const auto store = folder.open(kBudget);
    fill(*store);
    folder.remove_index();
    CHECK(holds(*store, 1));
    REQUIRE(put_ninth(*store));
    CHECK(holds(*store, 9));
    CHECK(folder.bytes() <= kBudget);
    CHECK(store->stats().bytes == folder.bytes());
    CHECK(folder.open(kBudget)->stats().entries == kKept);
}

TEST_CASE("the whole folder deleted under an open store costs its chunks and nothing else") {
    const StoreFolder folder;
    const auto store = folder.open(kBudget);
    fill(*store);
    std::filesystem::remove_all(folder.path());
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    REQUIRE(put_ninth(*store));
    CHECK(holds(*store, 9));
    CHECK(store->stats().entries == 1);
}

TEST_CASE("an index of wrong bytes is made anew from the files") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    }
    const auto index = folder.path() / "index.sqlite";
    const std::vector<char> whole = test::read_all(index);
    const auto check_rebuilt = [&] {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) CHECK(holds(*store, i));
    };
    test::write_all(index, std::vector<char>(5000, 'x'));
    check_rebuilt();
    test::write_all(index, {});
    check_rebuilt();
    std::mt19937 random(1);
    for (std::size_t page = 0; page < whole.size(); page += 4096) {  // one after another goes wrong
        std::vector<char> damaged = whole;
        for (std::size_t i = page; i < std::min(page + 4096, whole.size()); ++i)
            damaged[i] = static_cast<char>(random());
        folder.remove_index();
        test::write_all(index, damaged);
        INFO("page at " << page);
        check_rebuilt();
    }
}

TEST_CASE("files that do not belong to any entry: whole ones are taken in, others removed") {
    const StoreFolder folder;
    {
        const auto store = folder.open();
        for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    }
    folder.remove_index();
    std::filesystem::resize_file(folder.file_of(sample_key(1)), 4000);
    std::filesystem::rename(folder.file_of(sample_key(2)), folder.file_of(sample_key(0)));
    const auto store = folder.open();
    CHECK(store->stats().entries == 0);
    CHECK(store->stats().corrupt == 2);
    CHECK(folder.files().empty());
}

TEST_CASE("a file whose length is not the index's is dropped when the store opens") {
    const StoreFolder folder;
    { fill(*folder.open()); }
    std::filesystem::resize_file(folder.file_of(sample_key(1)), kSampleFileBytes + 4096);
    const auto store = folder.open(kBudget);
    CHECK(!store->contains(sample_key(1)));
    CHECK(store->stats().corrupt == 1);
    CHECK(folder.bytes() == 2 * kSampleFileBytes);
}

TEST_CASE("a put that fails at any step says why, adds nothing and leaves the rest whole") {
    const int n = changes_of_put();
    CHECK(n >= 7);  // remove, create_folder, sync, create, writes, sync, rename, sync
    for (const ErrorCode code : {ErrorCode::kDiskFull, ErrorCode::kIo}) {
        for (int step = 0; step < n; ++step) {
            const StoreFolder folder;
            FaultyFileSystem files;
            {
                const auto store = folder.open(kBudget, &files);
                fill(*store);
                files.arm(Fault::kFail, step, code);
                const Status status = put_ninth(*store);
                INFO("step " << step << ": " << files.changes[static_cast<std::size_t>(step)]);
                REQUIRE(!status);
                CHECK(status.error().code == code);
                CHECK(!store->contains(sample_key(9)));
                CHECK(folder.bytes() == store->stats().bytes);
                CHECK(folder.bytes() <= kBudget);
                CHECK(holds(*store, 1));
                CHECK(put_ninth(*store).has_value());  // and the fault gone, it works
            }
            check_consistent(folder);
        }
    }
}

TEST_CASE("what a failed put cannot remove either is removed before the next one writes") {
    const StoreFolder folder;
    FaultyFileSystem files;
    const auto store = folder.open(kBudget, &files);
    for (int i = 0; i < 2; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    files.arm(Fault::kFail, 3);
    files.removes_fail = true;
    REQUIRE(!put_ninth(*store));
    CHECK(folder.bytes() > store->stats().bytes);  // a torn file is left
    CHECK(!put_ninth(*store));                     // and must go first
    files.removes_fail = false;
    std::int64_t most = 0;
    files.after_change = [&] { most = std::max(most, folder.bytes()); };
    REQUIRE(store->put(sample_key(5), sample_chunk(5)));
    CHECK(most <= kBudget);
    CHECK(folder.bytes() == store->stats().bytes);
    CHECK(folder.files().size() == 3);
    for (const int n : {0, 1, 5}) CHECK(holds(*store, n));
}

TEST_CASE("a program that dies at any step of a put leaves a whole store behind") {
    const int n = changes_of_put();
    for (const Fault fault : {Fault::kCrashBefore, Fault::kCrashAfter, Fault::kPowerLossAfter}) {
        for (int step = 0; step < n; ++step) {
            const StoreFolder folder;
            FaultyFileSystem files;
            {
                const auto store = folder.open(kBudget, &files);
                fill(*store);
                files.arm(fault, step);
                INFO("step " << step << " of " << n);
                REQUIRE_THROWS_AS(put_ninth(*store), Crash);
            }
            check_consistent(folder);
        }
    }
}

TEST_CASE("a second program goes on within the budget where the first has died") {
    const int n = changes_of_put();
    for (int step = 0; step < n; ++step) {
        const StoreFolder folder;
        FaultyFileSystem dying;
        const auto second =
            folder.open(kBudget);  // open before, so that it repairs nothing at start
        {
            const auto first = folder.open(kBudget, &dying);
            fill(*first);
            dying.arm(Fault::kCrashAfter, step);
            REQUIRE_THROWS_AS(put_ninth(*first), Crash);
        }
        INFO("step " << step << " of " << n);
        REQUIRE(second->put(sample_key(5), sample_chunk(5)));
        CHECK(folder.bytes() <= kBudget);
        CHECK(folder.bytes() == second->stats().bytes);
        CHECK(holds(*second, 5));
    }
}

TEST_CASE("a read-only file system: get works, put and clear say kReadOnly, nothing changes") {
    const StoreFolder folder;
    { fill(*folder.open()); }
    FaultyFileSystem files;
    files.is_read_only = true;
    for (const bool with_index : {true, false}) {
        if (!with_index) folder.remove_index();
        const auto store = folder.open(kBudget, &files);
        for (int i = 0; i < kKept; ++i) CHECK(holds(*store, i));
        CHECK(put_ninth(*store).error().code == ErrorCode::kReadOnly);
        CHECK(store->clear().error().code == ErrorCode::kReadOnly);
        CHECK(store->stats().entries == kKept);
        CHECK(store->verify()->entries == kKept);
        CHECK(std::filesystem::exists(folder.path() / "index.sqlite") == with_index);
    }
    test::set_byte(folder.file_of(sample_key(1)), 5000, 1);
    const auto store = folder.open(kBudget, &files);
    CHECK(!store->get(sample_key(1))->kv->layer(0));
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);  // not offered again
    CHECK(!store->contains(sample_key(1)));
    CHECK(folder.files().size() == kKept);
}

TEST_CASE("a folder without permission to write opens read-only") {
    const StoreFolder folder;
    { fill(*folder.open()); }
    std::filesystem::permissions(folder.path().parent_path(), kWritable);
    set_folder_permissions(folder.path(), kReadable);
    {
        const WithoutPrivileges user;
        const auto store = folder.open(kBudget);
        for (int i = 0; i < kKept; ++i) CHECK(holds(*store, i));
        CHECK(put_ninth(*store).error().code == ErrorCode::kReadOnly);
    }
    set_folder_permissions(folder.path(), kWritable);
    CHECK(put_ninth(*folder.open()).has_value());
}

TEST_CASE("a folder that cannot be made is an error that names it") {
    const StoreFolder folder;
    test::write_all(folder.path(), {'x'});  // a file is in the way
    const auto store = folder.try_open();
    REQUIRE(!store.has_value());
    CHECK(store.error().message.find(folder.path().string()) != std::string::npos);
}
