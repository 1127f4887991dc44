#include "engine/kv/kv_store.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::sample_chunk;
using test::sample_key;

namespace {

const auto kChunkBytes = static_cast<std::int64_t>(sample_chunk(0)->n_bytes());

/// A chunk whose second layer cannot be read, as one from a damaged disk.
class BrokenChunk : public ChunkKv {
  public:
    BrokenChunk() : ChunkKv(test::kSmallShape, KvPrecision::kInt8, 5) {}
    Result<std::span<const std::byte>> layer_bytes(int) const override {
        broken_ = true;
        return fail(ErrorCode::kCorrupt, "Damaged.");
    }
    bool broken() const override { return broken_; }

  private:
    mutable bool broken_ = false;
};

}  // namespace

TEST_CASE("memory gives back the chunk that was put, and kNotFound for others") {
    const auto store = make_ram_kv_store(10 * kChunkBytes);
    const auto chunk = sample_chunk(1);
    REQUIRE(store->put(sample_key(1), chunk));
    const auto got = store->get(sample_key(1));
    REQUIRE(got.has_value());
    CHECK(got->kv == chunk);
    CHECK(got->tier == KvTier::kRam);
    CHECK(store->get(sample_key(2)).error().code == ErrorCode::kNotFound);
    CHECK(store->contains(sample_key(1)));
    CHECK(!store->contains(sample_key(2)));
}

TEST_CASE("memory drops the least recently used first and stays within its budget") {
    const auto store = make_ram_kv_store(3 * kChunkBytes);
    for (int i = 0; i < 3; ++i) REQUIRE(store->put(sample_key(i), sample_chunk(i)));
    REQUIRE(store->get(sample_key(0)));       // 1 is the oldest now
    REQUIRE(store->contains(sample_key(1)));  // and looking does not make it younger
    REQUIRE(store->put(sample_key(3), sample_chunk(3)));
    CHECK(!store->contains(sample_key(1)));
    CHECK(store->contains(sample_key(0)));
    CHECK(store->contains(sample_key(2)));
    CHECK(store->stats().entries == 3);
    CHECK(store->stats().bytes == 3 * kChunkBytes);
}

TEST_CASE("a chunk that is put twice is counted once, one that cannot fit changes nothing") {
    const auto store = make_ram_kv_store(2 * kChunkBytes);
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    CHECK(store->stats().bytes == kChunkBytes);
    const Status refused = store->put(sample_key(2), sample_chunk(2, 5000));
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::kTooLong);
    CHECK(store->contains(sample_key(1)));
    REQUIRE(store->clear());
    CHECK(store->stats().bytes == 0);
    CHECK(!store->contains(sample_key(1)));
}

TEST_CASE("a chunk that outlives its place in memory stays whole") {
    const auto store = make_ram_kv_store(kChunkBytes);
    REQUIRE(store->put(sample_key(1), sample_chunk(1)));
    const auto held = store->get(sample_key(1)).value().kv;
    REQUIRE(store->put(sample_key(2), sample_chunk(2)));
    CHECK(!store->contains(sample_key(1)));
    CHECK(test::same_bytes(*held, *sample_chunk(1)));
}

TEST_CASE("memory does not hand out a chunk again whose source turned out damaged") {
    const auto store = make_ram_kv_store(10 * kChunkBytes);
    const auto chunk = std::make_shared<BrokenChunk>();
    REQUIRE(store->put(sample_key(1), chunk));
    REQUIRE(store->get(sample_key(1)));
    CHECK(!chunk->layer(1));
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    CHECK(store->stats().bytes == 0);
}

TEST_CASE("a tier looks into memory, then behind it, and keeps what it found") {
    auto ram_owner = make_ram_kv_store(2 * kChunkBytes);
    auto far_owner = make_ram_kv_store(100 * kChunkBytes);
    KvStore& ram = *ram_owner;
    KvStore& far = *far_owner;
    const auto store = make_tiered_kv_store(std::move(ram_owner), std::move(far_owner));
    CHECK(store->get(sample_key(1)).error().code == ErrorCode::kNotFound);
    REQUIRE(far.put(sample_key(1), sample_chunk(1)));
    CHECK(store->contains(sample_key(1)));
    CHECK(!ram.contains(sample_key(1)));
    REQUIRE(store->get(sample_key(1)));
    CHECK(ram.contains(sample_key(1)));

    REQUIRE(store->put(sample_key(2), sample_chunk(2)));
    CHECK(ram.contains(sample_key(2)));
    CHECK(far.contains(sample_key(2)));
    const auto large = sample_chunk(3, 5000);
    REQUIRE(far.stats().budget_bytes > static_cast<std::int64_t>(large->n_bytes()));
    REQUIRE(store->put(sample_key(3), large));  // too large for memory alone: no failure
    CHECK(!ram.contains(sample_key(3)));
    CHECK(store->get(sample_key(3)).has_value());
    CHECK(store->stats().entries == 3);
    REQUIRE(store->clear());
    CHECK(!store->contains(sample_key(2)));
}
