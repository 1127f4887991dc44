#include "engine/fusion/layer_loader.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/fusion/tiny_reading.h"
#include "tests/kv/sample_chunks.h"

using namespace lectern;
using namespace lectern::test;
using namespace std::chrono_literals;

namespace {

bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 5000 && !condition(); ++i) std::this_thread::sleep_for(1ms);
    return condition();
}

}  // namespace

TEST_CASE("layers are read ahead of need") {
    std::atomic<int> n_read = 0;
    const auto counted =
        std::make_shared<ChunkInHand>(sample_chunk(1), [&](int, std::span<std::byte>) -> Status {
            ++n_read;
            return {};
        });
    LayerLoader loader({counted}, kSmallShape.n_layers);
    CHECK(comes_true([&] { return n_read == kSmallShape.n_layers; }));
}

TEST_CASE("a layer comes with every chunk, in their order") {
    const auto a = sample_chunk(1), b = sample_chunk(2, 9, KvPrecision::kF16);
    LayerLoader loader({a, b}, kSmallShape.n_layers);
    for (const int layer : {1, 0, 1}) {
        const auto stored = take(loader.layer(layer, {}));
        REQUIRE(stored.size() == 2);
        CHECK(stored[0].k.values.data == take(a->layer(layer)).k.values.data);
        CHECK(stored[1].v.values.data == take(b->layer(layer)).v.values.data);
    }
}

TEST_CASE("layers before one that fails can be had; it and those behind it tell why") {
    const auto broken = std::make_shared<ChunkInHand>(
        sample_chunk(1), [](int layer, std::span<std::byte>) -> Status {
            if (layer == 0) return {};
            return fail(ErrorCode::kIo, "The disk is gone.");
        });
    LayerLoader loader({sample_chunk(2), broken}, kSmallShape.n_layers);
    CHECK(loader.layer(0, {}));
    for (int i = 0; i < 2; ++i) {
        const auto failed = loader.layer(1, {});
        REQUIRE_FALSE(failed);
        CHECK(failed.error().message == "The disk is gone.");
    }
}

TEST_CASE("waiting for a slow disk ends when it is cancelled") {
    std::atomic<bool> may_go_on = false;
    const auto slow =
        std::make_shared<ChunkInHand>(sample_chunk(1), [&](int, std::span<std::byte>) -> Status {
            while (!may_go_on) std::this_thread::sleep_for(1ms);
            return {};
        });
    LayerLoader loader({slow}, kSmallShape.n_layers);
    std::stop_source stop;
    std::jthread cancels([&] {
        std::this_thread::sleep_for(20ms);
        stop.request_stop();
    });
    const auto cancelled = loader.layer(0, stop.get_token());
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code == ErrorCode::kCancelled);
    may_go_on = true;
    CHECK(loader.layer(1, {}));
}

TEST_CASE("a loader that is no longer needed stops reading") {
    std::atomic<int> n_read = 0;
    const auto counted =
        std::make_shared<ChunkInHand>(sample_chunk(1), [&](int, std::span<std::byte>) -> Status {
            ++n_read;
            std::this_thread::sleep_for(20ms);
            return {};
        });
    { LayerLoader loader(std::vector<std::shared_ptr<const ChunkKv>>(50, counted), 2); }
    CHECK(n_read < 50);
}
