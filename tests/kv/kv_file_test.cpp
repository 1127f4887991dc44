#include "engine/kv/kv_file.h"

#include <cstring>

#include "engine/base/hash.h"
#include "tests/kv/store_folder.h"
#include "tests/support/catch.h"

using namespace lectern;
using test::sample_chunk;
using test::sample_key;

namespace {

/// A KV file of one small chunk, and how it reads.
class SampleFile {
  public:
    explicit SampleFile(KvFormat format = KvPrecision::kInt8) : chunk_(sample_chunk(1, 5, format)) {
        const auto header = describe_kv_file(sample_key(1), *chunk_);
        if (!write_kv_file(posix_file_system(), path(), *header, *chunk_)) throw "cannot write";
        bytes_ = test::read_all(path());
    }

    std::filesystem::path path() const { return dir_ / "chunk.kv"; }
    const std::vector<char>& bytes() const { return bytes_; }
    const ChunkKv& chunk() const { return *chunk_; }

    /// Opens it and reads every layer.
    Status read() {
        n_reports_ = 0;
        LECTERN_ASSIGN(const auto kv, open_kv_file(posix_file_system(), path(), sample_key(1),
                                                   [this] { ++n_reports_; }));
        for (int layer = 0; layer < kv->shape().n_layers; ++layer) {
            LECTERN_TRY(kv->layer_bytes(layer));
        }
        return {};
    }
    /// Whether reading says kCorrupt, and says so once to its owner.
    bool is_found_corrupt() {
        const Status status = read();
        return !status && status.error().code == ErrorCode::kCorrupt && n_reports_ == 1;
    }
    int n_reports() const { return n_reports_; }

    /// The file with a changed 32-bit field of its header, and a header checksum that is right.
    void lie(std::size_t offset, std::uint32_t value) {
        std::vector<char> lying = bytes_;
        std::memcpy(lying.data() + offset, &value, sizeof value);
        const auto covered = std::as_bytes(std::span(lying)).first(4096 - 8);
        const std::uint64_t checksum = hash64(covered);
        std::memcpy(lying.data() + 4096 - 8, &checksum, sizeof checksum);
        test::write_all(path(), lying);
    }

  private:
    test::TempDir dir_;
    std::shared_ptr<const ChunkKv> chunk_;
    std::vector<char> bytes_;
    int n_reports_ = 0;
};

}  // namespace

TEST_CASE("a chunk comes back from its file bit for bit") {
    for (const KvFormat format : test::all_kv_formats()) {
        INFO(name_of(format));
        const SampleFile file(format);
        const auto kv = open_kv_file(posix_file_system(), file.path(), sample_key(1), [] {});
        REQUIRE(kv.has_value());
        CHECK((*kv)->format() == format);
        CHECK(test::same_bytes(**kv, file.chunk()));
        CHECK(!(*kv)->broken());
    }
}

TEST_CASE("layers begin at multiples of 4096 and the file ends with the last") {
    const SampleFile file;
    const auto layer = static_cast<std::size_t>(file.chunk().n_bytes()) / 2;
    CHECK(file.bytes().size() == 4096 + 2 * layer);
    const auto second = file.chunk().layer_bytes(1).value();
    CHECK(std::memcmp(file.bytes().data() + 4096 + layer, second.data(), second.size()) == 0);
}

TEST_CASE("flipping any byte of a KV file is detected") {
    SampleFile file(KvFormat(KvPrecision::kInt4, KvPrecision::kInt8));
    REQUIRE(file.read());
    for (std::size_t i = 0; i < file.bytes().size(); ++i) {
        const auto offset = static_cast<std::int64_t>(i);
        for (const int flip : {0x01, 0xff}) {
            test::set_byte(file.path(), offset, static_cast<char>(file.bytes()[i] ^ flip));
            INFO("byte " << i << " flipped by " << flip);
            REQUIRE(file.is_found_corrupt());
        }
        test::set_byte(file.path(), offset, file.bytes()[i]);
    }
    REQUIRE(file.read());
}

TEST_CASE("a KV file cut at any length is detected, as is one with bytes too many") {
    SampleFile file;
    for (std::size_t n = file.bytes().size(); n-- > 0;) {
        std::filesystem::resize_file(file.path(), n);
        INFO("cut to " << n);
        REQUIRE(file.is_found_corrupt());
    }
    std::vector<char> longer = file.bytes();
    longer.push_back(0);
    test::write_all(file.path(), longer);
    CHECK(file.is_found_corrupt());
}

TEST_CASE("a file that is cut while it is open is found corrupt by the layer that is missing") {
    SampleFile file;
    int n_reports = 0;
    const auto kv =
        open_kv_file(posix_file_system(), file.path(), sample_key(1), [&] { ++n_reports; });
    REQUIRE(kv.has_value());
    std::filesystem::resize_file(file.path(), file.bytes().size() - 1);
    CHECK((*kv)->layer_bytes(0).has_value());
    CHECK((*kv)->layer_bytes(1).error().code == ErrorCode::kCorrupt);
    CHECK((*kv)->layer_bytes(1).error().code == ErrorCode::kCorrupt);
    CHECK((*kv)->broken());
    CHECK(n_reports == 1);
}

TEST_CASE("a header that lies, with a right checksum, is refused before anything is allocated") {
    SampleFile file;
    // FORMAT.md: version 8, header_bytes 12, precisions 32, n_layers 36, n_kv_heads 40, head_dim
    // 44, n_tokens 48, reserved 52, file_bytes 56, first layer's offset 64 and n_bytes 72.
    for (const std::size_t field : {8, 12, 32, 36, 40, 44, 48, 52, 56, 64, 72}) {
        for (const std::uint32_t value : {0u, 4097u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
            file.lie(field, value);
            const bool unchanged = test::read_all(file.path()) == file.bytes();
            INFO("field " << field << " says " << value);
            REQUIRE((unchanged || file.is_found_corrupt()));
        }
    }
    for (const std::uint32_t version : {1u, 2u}) {  // older files are foreign
        file.lie(8, version);
        CHECK(file.is_found_corrupt());
    }
    for (const std::uint32_t precisions : {2u, 2u << 16, 4u | 2u << 16, 2u | 4u << 16}) {
        file.lie(32, precisions);
        CHECK(file.is_found_corrupt());
    }
    file.lie(36, 4096);  // the most layers allowed
    CHECK(file.is_found_corrupt());
    file.lie(48, 1 << 20);  // the most tokens allowed
    CHECK(file.is_found_corrupt());
    test::write_all(file.path(), file.bytes());
    CHECK(file.read());
}

TEST_CASE("a file under another chunk's name is not taken for that chunk") {
    SampleFile file;
    int n_reports = 0;
    const auto kv =
        open_kv_file(posix_file_system(), file.path(), sample_key(2), [&] { ++n_reports; });
    REQUIRE(!kv.has_value());
    CHECK(kv.error().code == ErrorCode::kCorrupt);
    CHECK(n_reports == 1);
}

TEST_CASE("a file that is missing is kNotFound and nobody's damage") {
    SampleFile file;
    std::filesystem::remove(file.path());
    const Status status = file.read();
    REQUIRE(!status);
    CHECK(status.error().code == ErrorCode::kNotFound);
    CHECK(file.n_reports() == 0);
}

TEST_CASE("a file that is removed while it is open stays readable") {
    SampleFile file;
    const auto kv = open_kv_file(posix_file_system(), file.path(), sample_key(1), [] {});
    std::filesystem::remove(file.path());
    CHECK(test::same_bytes(**kv, file.chunk()));
}
