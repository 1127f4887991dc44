// How much KV there will be: from files that were not read, and for a model.
#include "app/core/kv_estimate.h"

#include "tests/core/ingest_fixture.h"
#include "tests/kv/store_folder.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("files are estimated by what files of their kind gave") {
    DocumentRecord read;
    read.indexed = true;
    read.path = "/docs/a.txt";
    read.stamp.size_bytes = 10'000;
    read.chunks = 20;
    const std::vector<DocumentRecord> documents = {read};
    const ChunkEstimate estimate(documents);
    CHECK(estimate.of("/docs/b.txt", 5'000) == Approx(10));
    CHECK(estimate.of("/docs/b.txt", 3) == 1);
    CHECK(estimate.of("/docs/b.md", 15'000) == Approx(10));    // none was read: 1,500 bytes each
    CHECK(estimate.of("/docs/b.pdf", 225'000) == Approx(10));  // fonts and pictures aside
}

TEST_CASE("a chunk's bytes are those of its file in the store") {
    const KvShape shape = value(kv_shape_of(tiny_model("qwen2")));
    LibraryCounts counts;
    counts.chunks = 10;
    counts.tokens = 95;  // 9.5 each
    const auto chunk = sample_chunk(1, 10, KvPrecision::kInt8, shape);
    CHECK(kv_bytes_per_chunk(shape, KvPrecision::kInt8, counts) ==
          static_cast<double>(describe_kv_file(sample_key(1), *chunk)->file_bytes()));
    // Nothing was counted yet: 400 tokens.
    CHECK(kv_bytes_per_chunk(shape, KvPrecision::kInt8, {}) ==
          static_cast<double>(kv_file_bytes(shape, KvPrecision::kInt8, 400)));
}

TEST_CASE("indexing tells the KV to expect before it reads anything, and better as it goes on") {
    Ingest in;
    write(in.docs / "a.txt", long_text("ships", 3));
    write(in.docs / "b.txt", long_text("trains", 6));
    in.kv_bytes_per_chunk = 1000;
    double first = -1;
    in.on_progress = [&](const IngestProgress& progress) {
        if (first >= 0) return;
        first = progress.kv_bytes_expected;
        CHECK(in.n_read == 0);
    };
    const IngestReport report = in.run({in.docs});
    CHECK(report.chunks == 9);
    CHECK(first == Approx(9000).epsilon(0.2));
    CHECK(in.progress.kv_bytes_expected == Approx(9000));

    write(in.docs / "c.txt", "BROKEN" + long_text("planes", 5));
    first = -1;
    in.run();
    CHECK(first == Approx(14000).epsilon(0.2));
    CHECK(in.progress.kv_bytes_expected == Approx(9000));  // it gave nothing
}
