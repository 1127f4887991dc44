#include "engine/kv/kv_cache.h"

#include <numeric>

#include "tests/support/catch.h"
#include "tests/support/fake_backend.h"

using namespace lectern;

namespace {

constexpr KvShape kShape{.n_layers = 3, .n_kv_heads = 2, .head_dim = 4};

/// n tokens 10, 11, …
std::vector<TokenId> tokens(int n) {
    std::vector<TokenId> tokens(static_cast<std::size_t>(n));
    std::iota(tokens.begin(), tokens.end(), 10);
    return tokens;
}

std::vector<std::int32_t> uploaded_positions(const KvCache& cache) {
    std::vector<std::int32_t> positions(static_cast<std::size_t>(cache.size()));
    cache.backend().download(std::as_writable_bytes(std::span(positions)),
                             cache.positions().slice(0, cache.size()));
    return positions;
}

}  // namespace

TEST_CASE("rows are appended at consecutive positions, which the backend sees") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 10);
    REQUIRE(cache.has_value());
    CHECK(cache->size() == 0);

    CHECK(cache->append(tokens(2), 0, SegmentKind::kPrefix, RowState::kExact) == 0);
    CHECK(cache->append(tokens(3), 1, SegmentKind::kPassage, RowState::kReused) == 2);
    CHECK(cache->append(tokens(0), 2, SegmentKind::kPassage, RowState::kReused) == 5);
    CHECK(cache->append(tokens(1), 3, SegmentKind::kQuestion, RowState::kExact) == 5);

    CHECK(cache->size() == 6);
    CHECK(uploaded_positions(*cache) == std::vector<std::int32_t>{0, 1, 2, 3, 4, 5});
    CHECK(backend.n_uploads == 3);  // the empty segment uploads nothing
    const CacheRow& row = cache->rows()[3];
    CHECK(row.token == 11);  // the second of its segment
    CHECK(row.position == 3);
    CHECK(row.segment == 1);
    CHECK(row.kind == SegmentKind::kPassage);
    CHECK(row.state == RowState::kReused);
}

TEST_CASE("a cache can be filled to its last row") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 4);
    cache->append(tokens(4), 0, SegmentKind::kPrefix, RowState::kExact);
    CHECK(cache->size() == cache->capacity());
    CHECK(uploaded_positions(*cache) == std::vector<std::int32_t>{0, 1, 2, 3});
}

TEST_CASE("truncating drops rows, and appending goes on from the last row that is left") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 8);
    cache->append(tokens(3), 0, SegmentKind::kPrefix, RowState::kExact);
    cache->append(tokens(4), 1, SegmentKind::kPassage, RowState::kReused);
    cache->truncate(4);
    CHECK(cache->segment_rows(1) == std::pair{3, 4});
    CHECK(cache->append(tokens(2), 2, SegmentKind::kQuestion, RowState::kExact) == 4);
    CHECK(uploaded_positions(*cache) == std::vector<std::int32_t>{0, 1, 2, 3, 4, 5});
    cache->truncate(0);
    CHECK(cache->append(tokens(1), 0, SegmentKind::kPrefix, RowState::kExact) == 0);
    CHECK(uploaded_positions(*cache) == std::vector<std::int32_t>{0});
}

TEST_CASE("a segment's rows are found, and a segment without rows is empty") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 8);
    cache->append(tokens(2), 0, SegmentKind::kPrefix, RowState::kExact);
    cache->append(tokens(3), 5, SegmentKind::kPassage, RowState::kReused);
    CHECK(cache->segment_rows(0) == std::pair{0, 2});
    CHECK(cache->segment_rows(5) == std::pair{2, 5});
    const auto [begin, end] = cache->segment_rows(1);
    CHECK(begin == end);
}

TEST_CASE("the state of one row changes alone") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 8);
    cache->append(tokens(3), 0, SegmentKind::kPassage, RowState::kReused);
    cache->set_state(1, RowState::kRecomputed);
    CHECK(cache->rows()[0].state == RowState::kReused);
    CHECK(cache->rows()[1].state == RowState::kRecomputed);
    CHECK(cache->rows()[2].state == RowState::kReused);
}

TEST_CASE("exact rows are counted up to the first that is not") {
    test::FakeBackend backend;
    auto cache = KvCache::create(backend, kShape, 8);
    CHECK(cache->n_exact() == 0);
    cache->append(tokens(2), 0, SegmentKind::kPrefix, RowState::kExact);
    CHECK(cache->n_exact() == 2);
    cache->append(tokens(2), 1, SegmentKind::kPassage, RowState::kRounded);
    cache->append(tokens(1), 2, SegmentKind::kQuestion, RowState::kExact);
    CHECK(cache->n_exact() == 2);
    cache->set_state(2, RowState::kExact);
    CHECK(cache->n_exact() == 3);
    CHECK(cache->tokens_of(std::vector<std::int32_t>{0, 3, 4}) == std::vector<TokenId>{10, 11, 10});
}

TEST_CASE("layers do not overlap and have the shape that attention reads") {
    test::FakeBackend backend;
    for (const DType dtype : {DType::kI16, DType::kF32}) {
        auto cache = KvCache::create(backend, kShape, 5, dtype);
        const std::size_t layer_bytes = row_bytes(dtype, 2 * kCacheRowMultiple * 4);
        for (int layer = 0; layer < kShape.n_layers; ++layer) {
            const LayerKv kv = cache->layer(layer);
            CHECK(kv.k.shape == Shape{2, kCacheRowMultiple, 4});
            CHECK(kv.v.shape == Shape{2, kCacheRowMultiple, 4});
            CHECK(kv.k.dtype == dtype);
            const auto offset = [&](TensorView a, TensorView b) {
                return static_cast<std::size_t>(a.as<std::byte>() - b.as<std::byte>());
            };
            CHECK(offset(kv.k, cache->layer(0).k) == layer * layer_bytes);
            CHECK(offset(kv.v, cache->layer(0).v) == layer * layer_bytes);
            for (const TensorView& scale : {kv.k_scale, kv.v_scale})
                CHECK(scale.shape == Shape{2, dtype == DType::kI16 ? kCacheRowMultiple : 0});
        }
    }
}

TEST_CASE("a cache takes the bytes that were planned, and without them it says what it needs") {
    const std::size_t need = KvCache::bytes_needed(kShape, 7, DType::kI16);
    CHECK(need == 64 * (2 * 3 * 2 * (4 * 2 + 4) + 4));  // rows by whole tiles
    CHECK(KvCache::bytes_needed(kShape, 64, DType::kI16) == need);
    CHECK(KvCache::bytes_needed(kShape, 65, DType::kI16) == 2 * need);
    test::FakeBackend enough(need);
    CHECK(KvCache::create(enough, kShape, 7).has_value());
    test::FakeBackend short_of_one(need - 1);
    const auto cache = KvCache::create(short_of_one, kShape, 7);
    REQUIRE(!cache.has_value());
    CHECK(cache.error().code == ErrorCode::kOutOfMemory);
    CHECK(cache.error().message.find("7 tokens needs 1 MiB") != std::string::npos);
}

TEST_CASE("a cache beyond any memory is refused, not computed modulo 2^64") {
    test::FakeBackend backend;
    const KvShape absurd{.n_layers = 1 << 20, .n_kv_heads = 1 << 20, .head_dim = 1 << 20};
    const auto cache = KvCache::create(backend, absurd, 1 << 30);
    REQUIRE(!cache.has_value());
    CHECK(cache.error().code == ErrorCode::kOutOfMemory);
}
