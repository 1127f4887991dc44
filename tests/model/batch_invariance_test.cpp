// The law: on the CPU a row's result is bit-identical whatever rows share its call and however many
// threads run; so every row recomputed is full prefill to the last bit.
#include <cstring>

#include "tests/model/model_rig.h"
#include "tests/support/cache_rows.h"
#include "tests/support/catch.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr int kTokens = 45;

/// Overwrites K and V of rows in every layer, as another text's would stand there.
void spoil(ModelRig& rig, const std::vector<std::int32_t>& rows) {
    for (int l = 0; l < rig.cache.shape().n_layers; ++l)
        for (const std::int32_t row : rows)
            for_row_parts(rig.cache.layer(l), row,
                          [](std::byte* part, std::size_t size) { std::memset(part, 0x3A, size); });
}

struct Case {
    CpuNumerics numerics;
    DType kv;
};
constexpr Case kCases[] = {{CpuNumerics::kPlainF32, DType::kF32},
                           {CpuNumerics::kQuantised, DType::kI16}};

}  // namespace

TEST_CASE("a row's result is the same to the last bit in blocks of 1, 3, 7 rows or all") {
    const auto ids = some_ids(kTokens);
    for (const char* name : kTinyModels)
        for (const Case& c : kCases) {
            ModelRig whole(name, {c.numerics, 1, 64, c.kv});
            const auto logits = whole.logits_of_all(ids);
            const auto kv = whole.kv_bytes();
            for (const int block_rows : {1, 3, 7, 64})
                for (const int n_threads : {1, 3}) {
                    INFO(name << ", blocks of " << block_rows << ", threads " << n_threads);
                    ModelRig rig(name, {c.numerics, n_threads, block_rows, c.kv});
                    CHECK(rig.logits_of_all(ids) == logits);
                    CHECK(rig.kv_bytes() == kv);
                }
        }
}

TEST_CASE("every row recomputed over another text's cache is full prefill, to the last bit") {
    const auto ids = some_ids(kTokens);
    std::vector<std::int32_t> every(kTokens);
    std::iota(every.begin(), every.end(), 0);
    for (const char* name : kTinyModels)
        for (const Case& c : kCases)
            for (const int block_rows : {1, 3, 7, 64}) {
                INFO(name << ", blocks of " << block_rows);
                ModelRig rig(name, {c.numerics, 1, 64, c.kv});
                rig.read(ids);
                const auto kv = rig.kv_bytes();
                spoil(rig, every);
                REQUIRE(rig.kv_bytes() != kv);
                rig.activations = value_or_throw(
                    Activations::create(*rig.backend, rig.model->config(), block_rows));
                rig.recompute(every);
                CHECK(rig.kv_bytes() == kv);
            }
}

TEST_CASE("scattered rows recomputed, in any split, restore full prefill to the last bit") {
    const auto ids = some_ids(kTokens);
    const std::vector<std::int32_t> scattered{2, 3, 11, 12, 17, 30, 31, 38, kTokens - 1};
    for (const char* name : kTinyModels)
        for (const Case& c : kCases)
            for (const std::size_t first_part : {0, 1, 4, 9}) {
                INFO(name << ", first part of " << first_part);
                ModelRig rig(name, {c.numerics, 2, 64, c.kv});
                rig.read(ids);
                const auto kv = rig.kv_bytes();
                std::vector<float> expected(rig.vocab_size()), logits(rig.vocab_size());
                rig.model->logits(rig.activations, kTokens - 1, expected);

                spoil(rig, scattered);
                const auto middle = scattered.begin() + first_part;
                rig.recompute({scattered.begin(), middle});
                rig.recompute({middle, scattered.end()});
                CHECK(rig.kv_bytes() == kv);
                if (middle == scattered.end()) continue;
                rig.model->logits(rig.activations, static_cast<int>(scattered.end() - middle) - 1,
                                  logits);
                CHECK(logits == expected);
            }
}
