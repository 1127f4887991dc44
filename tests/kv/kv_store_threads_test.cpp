// The stores under several threads and several stores at once; run with the tsan preset, too.
#include <atomic>
#include <thread>

#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::kSampleFileBytes;
using test::sample_chunk;
using test::sample_key;
using test::StoreFolder;

namespace {

/// Gets and puts chunks 0 … 11 from several threads. Counts what came back wrong.
int hammer(const std::vector<KvStore*>& stores, int n_threads, int n_rounds) {
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < n_threads; ++t) {
        threads.emplace_back([&, t] {
            KvStore& store = *stores[static_cast<std::size_t>(t) % stores.size()];
            for (int round = 0; round < n_rounds; ++round) {
                const int n = (round * 7 + t * 5) % 12;
                wrong += test::get_or_put(store, n);
                store.contains(sample_key(n + 1));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    return wrong;
}

}  // namespace

TEST_CASE("memory serves threads that get and put at once") {
    const auto store = make_ram_kv_store(5 * static_cast<std::int64_t>(sample_chunk(0)->n_bytes()));
    CHECK(hammer({store.get()}, 4, 200) == 0);
}

TEST_CASE("the disk store serves threads that get and put at once, within its budget") {
    const StoreFolder folder;
    const auto store = folder.open(5 * kSampleFileBytes);
    CHECK(hammer({store.get()}, 4, 60) == 0);
    CHECK(folder.bytes() == store->stats().bytes);
    CHECK(folder.bytes() <= 5 * kSampleFileBytes);
    CHECK(store->stats().corrupt == 0);
}

TEST_CASE("two stores on one folder serve threads at once") {
    const StoreFolder folder;
    const auto first = folder.open(5 * kSampleFileBytes),
               second = folder.open(5 * kSampleFileBytes);
    CHECK(hammer({first.get(), second.get()}, 4, 60) == 0);
    CHECK(folder.bytes() == first->stats().bytes);
    CHECK(folder.bytes() <= 5 * kSampleFileBytes);
    CHECK(first->stats().corrupt + second->stats().corrupt == 0);
}

TEST_CASE("a tiered store serves threads at once while it is verified and cleared") {
    const StoreFolder folder;
    const auto store = make_tiered_kv_store(make_ram_kv_store(3 * kSampleFileBytes),
                                            folder.open(8 * kSampleFileBytes));
    std::atomic<bool> done{false};
    std::atomic<int> failures{0};
    std::thread keeper([&] {
        while (!done) {
            failures += !store->verify().has_value();
            failures += !store->clear().has_value();
        }
    });
    CHECK(hammer({store.get()}, 3, 60) == 0);
    done = true;
    keeper.join();
    CHECK(failures == 0);
}

TEST_CASE("one chunk's layers are read by many threads at once, each layer once") {
    const StoreFolder folder;
    const auto store = folder.open();
    constexpr KvShape kDeep{.n_layers = 24, .n_kv_heads = 2, .head_dim = 8};
    const auto chunk = sample_chunk(1, 50, KvPrecision::kF16, kDeep);
    REQUIRE(store->put(sample_key(1), chunk));
    const auto read = store->get(sample_key(1)).value().kv;
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] { wrong += !test::same_bytes(*read, *chunk); });
    for (std::thread& thread : threads) thread.join();
    CHECK(wrong == 0);
    CHECK(read->layer_bytes(3)->data() == read->layer_bytes(3)->data());
}

TEST_CASE(
    "threads that find the same damage at once agree, and it is counted once a chunk object") {
    const StoreFolder folder;
    const auto store = folder.open();
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    test::set_byte(folder.file_of(sample_key(1)), kSampleFileBytes - 1, 1);
    const auto chunk = store->get(sample_key(1)).value().kv;
    std::atomic<int> corrupt{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            const auto bytes = chunk->layer_bytes(1);
            corrupt += !bytes && bytes.error().code == ErrorCode::kCorrupt;
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(corrupt == 4);
    CHECK(store->stats().corrupt == 1);
    CHECK(store->stats().entries == 0);
}
