#include "engine/backend/cpu/stored_head.h"

#include "tests/backend/backend_fixture.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"
#include "tests/support/stored_rows.h"

using namespace lectern;
using namespace lectern::test;

namespace {

std::vector<const CpuKernels*> all_kernels() {
    std::vector<const CpuKernels*> all{&scalar_kernels()};
    const int widest = static_cast<int>(detect_cpu_isa());
    if (widest >= static_cast<int>(CpuIsa::kAvx2)) all.push_back(avx2_kernels());
    if (widest >= static_cast<int>(CpuIsa::kAvx512Vnni)) all.push_back(avx512_kernels());
    return all;
}

}  // namespace

TEST_CASE("a stored head comes back as FORMAT.md says, to the last bit, whatever its size") {
    for (const int head_dim : {1, 7, 8, 33, 64, 80, 128, 131, 256, kMaxHeadDim}) {
        const KvShape shape{.n_layers = 1, .n_kv_heads = 3, .head_dim = head_dim};
        for (const KvPrecision precision : kPrecisions) {
            const auto chunk = sample_chunk(9, 67, precision, shape);
            const StoredKvLayer stored = chunk->layer(0).value();
            for (const CpuKernels* kernels : all_kernels()) {
                INFO(name_of(precision) << ", heads of " << head_dim);
                for (const std::int64_t t : {0, 31, 32, 63, 64, 66}) {
                    for (std::int64_t h = 0; h < 3; ++h) {
                        std::vector<float> key(static_cast<std::size_t>(head_dim)), value = key, k,
                                                                                    v;
                        dequantise_key(*kernels, key.data(), stored.k, t, h, head_dim);
                        dequantise_value(*kernels, value.data(), stored.v, t, h, head_dim);
                        for (std::int64_t c = 0; c < head_dim; ++c) {
                            k.push_back(stored_number(stored.k, true, t, h, c, head_dim));
                            v.push_back(stored_number(stored.v, false, t, h, c, head_dim));
                        }
                        REQUIRE(same_bits(key, k));
                        REQUIRE(same_bits(value, v));
                    }
                }
            }
        }
    }
}
