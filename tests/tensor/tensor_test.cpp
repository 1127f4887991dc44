#include "engine/tensor/tensor.h"

#include <vector>

#include "engine/gguf/ggml_types.h"
#include "engine/quant/blocks.h"
#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("a block's bytes are those of its layout") {
    CHECK(info(DType::kQ8_0).block_bytes == sizeof(BlockQ8_0));
    CHECK(info(DType::kQ4_0).block_bytes == sizeof(BlockQ4_0));
    CHECK(info(DType::kQ4_1).block_bytes == sizeof(BlockQ4_1));
    CHECK(info(DType::kQ5_0).block_bytes == sizeof(BlockQ5_0));
    CHECK(info(DType::kQ5_1).block_bytes == sizeof(BlockQ5_1));
    CHECK(info(DType::kQ2K).block_bytes == sizeof(BlockQ2K));
    CHECK(info(DType::kQ3K).block_bytes == sizeof(BlockQ3K));
    CHECK(info(DType::kQ4K).block_bytes == sizeof(BlockQ4K));
    CHECK(info(DType::kQ5K).block_bytes == sizeof(BlockQ5K));
    CHECK(info(DType::kQ6K).block_bytes == sizeof(BlockQ6K));
    CHECK(row_bytes(DType::kF32, 7) == 28);
    CHECK(row_bytes(DType::kBF16, 7) == 14);
    CHECK(row_bytes(DType::kQ4K, 512) == 288);
}

TEST_CASE("every element type has a number of its own in GGUF files, and comes back from it") {
    for (int i = 0; i <= static_cast<int>(DType::kQ6K); ++i) {
        const auto dtype = static_cast<DType>(i);
        CHECK(dtype_of_ggml(ggml_of_dtype(dtype)) == dtype);
        CHECK(ggml_type_name(ggml_of_dtype(dtype)) == info(dtype).name);
    }
}

TEST_CASE("a shape counts elements and rows") {
    const Shape shape{4, 2, 3};
    CHECK(shape.n_elements() == 24);
    CHECK(shape.row_elements() == 6);
    CHECK(shape.with_rows(0).n_elements() == 0);
    CHECK(shape.with_rows(0).row_elements() == 0);
    const std::vector<std::int64_t> extents{4, 2, 3};
    CHECK(Shape(extents) == shape);
    CHECK_FALSE(Shape{4, 6} == shape);
}

TEST_CASE("a slice begins at its row, also in quantised tensors") {
    std::vector<std::byte> bytes(4 * 2 * sizeof(BlockQ8_0));
    const TensorView view{bytes.data(), DType::kQ8_0, {4, 64}, Device::kCpu};
    const TensorView slice = view.slice(1, 2);
    CHECK(slice.as<std::byte>() == bytes.data() + 2 * sizeof(BlockQ8_0));
    CHECK(slice.shape == Shape{2, 64});
    CHECK(slice.n_bytes() == 4 * sizeof(BlockQ8_0));
}
