#include "engine/kv/kv_file.h"

#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstring>
#include <mutex>
#include <new>
#include <utility>

#include "engine/base/hash.h"

namespace lectern {
namespace {

static_assert(std::endian::native == std::endian::little, "FORMAT.md: little-endian");

constexpr std::array<char, 8> kMagic{'L', 'E', 'C', 'T', 'R', 'N', 'K', 'V'};
constexpr std::int64_t kAlignment = 4096;

// Limits of a believable header, far above any model; with them no size overflows 64 bits.
constexpr std::uint32_t kMaxLayers = 4096;
constexpr std::uint32_t kMaxHeads = 4096;
constexpr std::uint32_t kMaxHeadDim = 65536;
constexpr std::uint32_t kMaxTokens = 1 << 20;
constexpr auto kLastPrecision = static_cast<std::uint32_t>(KvPrecision::kInt4);

/// The first bytes of a file.
struct FixedHeader {
    std::array<char, 8> magic = kMagic;
    std::uint32_t version = kKvFormatVersion;
    std::uint32_t header_bytes = 0;
    std::array<std::uint8_t, 16> key{};
    std::uint16_t k_precision = 0;
    std::uint16_t v_precision = 0;
    std::uint32_t n_layers = 0;
    std::uint32_t n_kv_heads = 0;
    std::uint32_t head_dim = 0;
    std::uint32_t n_tokens = 0;
    std::uint32_t reserved = 0;
    std::uint64_t file_bytes = 0;
};
static_assert(sizeof(FixedHeader) == 64);

/// One of n_layers behind it.
struct LayerEntry {
    std::uint64_t offset = 0;
    std::uint64_t n_bytes = 0;
    std::uint64_t checksum = 0;
};
static_assert(sizeof(LayerEntry) == 24);

std::int64_t header_bytes_for(std::int64_t n_layers) {
    const std::int64_t n = static_cast<std::int64_t>(sizeof(FixedHeader)) +
                           n_layers * static_cast<std::int64_t>(sizeof(LayerEntry)) +
                           static_cast<std::int64_t>(sizeof(std::uint64_t));
    return (n + kAlignment - 1) / kAlignment * kAlignment;
}

tl::unexpected<Error> corrupt(const std::filesystem::path& path, const std::string& what) {
    return fail(ErrorCode::kCorrupt, path.string() + " is damaged: " + what + ".");
}

std::vector<std::byte> encode_header(const KvFileHeader& header) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(header.header_bytes()));
    FixedHeader fixed;
    fixed.header_bytes = static_cast<std::uint32_t>(bytes.size());
    fixed.key = header.key.hash.bytes;
    fixed.k_precision = static_cast<std::uint16_t>(header.format.k);
    fixed.v_precision = static_cast<std::uint16_t>(header.format.v);
    fixed.n_layers = static_cast<std::uint32_t>(header.shape.n_layers);
    fixed.n_kv_heads = static_cast<std::uint32_t>(header.shape.n_kv_heads);
    fixed.head_dim = static_cast<std::uint32_t>(header.shape.head_dim);
    fixed.n_tokens = static_cast<std::uint32_t>(header.n_tokens);
    fixed.file_bytes = static_cast<std::uint64_t>(header.file_bytes());
    std::memcpy(bytes.data(), &fixed, sizeof fixed);

    LayerEntry entry;
    entry.offset = bytes.size();
    entry.n_bytes = static_cast<std::uint64_t>(header.layer_bytes());
    std::byte* out = bytes.data() + sizeof fixed;
    for (const std::uint64_t checksum : header.layer_checksums) {
        entry.checksum = checksum;
        std::memcpy(out, &entry, sizeof entry);
        out += sizeof entry;
        entry.offset += entry.n_bytes;
    }
    const std::span<std::byte> all(bytes);
    const std::uint64_t checksum = hash64(all.first(all.size() - sizeof checksum));
    std::memcpy(all.last(sizeof checksum).data(), &checksum, sizeof checksum);
    return bytes;
}

bool believable(const FixedHeader& fixed) {
    const auto in = [](std::uint32_t n, std::uint32_t max) { return n >= 1 && n <= max; };
    return in(fixed.k_precision, kLastPrecision) && in(fixed.v_precision, kLastPrecision) &&
           in(fixed.n_layers, kMaxLayers) && in(fixed.n_kv_heads, kMaxHeads) &&
           in(fixed.head_dim, kMaxHeadDim) && in(fixed.n_tokens, kMaxTokens);
}

KvFileHeader header_of(const FixedHeader& fixed) {
    KvFileHeader header;
    header.key.hash.bytes = fixed.key;
    header.shape = {static_cast<int>(fixed.n_layers), static_cast<int>(fixed.n_kv_heads),
                    static_cast<int>(fixed.head_dim)};
    header.format = {static_cast<KvPrecision>(fixed.k_precision),
                     static_cast<KvPrecision>(fixed.v_precision)};
    header.n_tokens = static_cast<int>(fixed.n_tokens);
    return header;
}

class DiskChunkKv : public ChunkKv {
  public:
    DiskChunkKv(KvFileHeader header, std::unique_ptr<ReadableFile> file, std::filesystem::path path,
                std::function<void()> on_corrupt)
        : ChunkKv(header.shape, header.format, header.n_tokens),
          header_(std::move(header)),
          path_(std::move(path)),
          on_corrupt_(std::move(on_corrupt)),
          layers_(static_cast<std::size_t>(header_.shape.n_layers)),
          n_unread_(header_.shape.n_layers),
          file_(std::move(file)) {}

    Result<std::span<const std::byte>> layer_bytes(int layer) const override {
        assert(layer >= 0 && layer < header_.shape.n_layers);
        Layer& wanted = layers_[static_cast<std::size_t>(layer)];
        const std::lock_guard lock(wanted.mutex);
        if (!wanted.bytes) LECTERN_TRY(read(layer, wanted));
        return std::as_const(wanted.bytes).bytes();
    }

    bool broken() const override { return broken_; }

  private:
    struct Layer {
        std::mutex mutex;  ///< held while it is read; other layers are read meanwhile
        AlignedBuffer bytes;
    };

    Status read(int layer, Layer& out) const {
        const auto n_bytes = static_cast<std::size_t>(header_.layer_bytes());
        AlignedBuffer buffer;
        try {
            buffer = AlignedBuffer(n_bytes);
        } catch (const std::bad_alloc&) {
            return fail(ErrorCode::kOutOfMemory, "A stored layer of " + std::to_string(n_bytes) +
                                                     " bytes does not fit into memory.");
        }
        const std::int64_t offset = header_.header_bytes() + layer * header_.layer_bytes();
        if (Status status = file_->read_at(offset, buffer.bytes()); !status) {
            return status.error().code == ErrorCode::kCorrupt ? give_up(layer) : status;
        }
        const std::uint64_t checksum = hash64(buffer.bytes());
        if (checksum != header_.layer_checksums[static_cast<std::size_t>(layer)]) {
            return give_up(layer);
        }
        out.bytes = std::move(buffer);
        if (--n_unread_ == 0) file_.reset();
        return {};
    }

    Status give_up(int layer) const {
        if (!broken_.exchange(true)) on_corrupt_();
        return corrupt(path_, "layer " + std::to_string(layer) + " is not what was written");
    }

    const KvFileHeader header_;
    const std::filesystem::path path_;
    const std::function<void()> on_corrupt_;
    mutable std::vector<Layer> layers_;
    mutable std::atomic<int> n_unread_;
    mutable std::atomic<bool> broken_{false};
    mutable std::unique_ptr<ReadableFile> file_;  ///< closed once every layer has been read
};

}  // namespace

std::int64_t KvFileHeader::header_bytes() const { return header_bytes_for(shape.n_layers); }

std::int64_t KvFileHeader::layer_bytes() const {
    return static_cast<std::int64_t>(StoredLayerLayout(shape, format, n_tokens).n_bytes);
}

std::int64_t KvFileHeader::file_bytes() const {
    return header_bytes() + shape.n_layers * layer_bytes();
}

std::int64_t kv_file_bytes(const KvShape& shape, KvFormat format, int n_tokens) {
    KvFileHeader header;
    header.shape = shape;
    header.format = format;
    header.n_tokens = n_tokens;
    return header.file_bytes();
}

Result<KvFileHeader> describe_kv_file(const KvKey& key, const ChunkKv& kv) {
    KvFileHeader header{key, kv.shape(), kv.format(), kv.n_tokens(), {}};
    for (int layer = 0; layer < header.shape.n_layers; ++layer) {
        LECTERN_ASSIGN(const auto bytes, kv.layer_bytes(layer));
        header.layer_checksums.push_back(hash64(bytes));
    }
    return header;
}

Status write_kv_file(FileSystem& files, const std::filesystem::path& path,
                     const KvFileHeader& header, const ChunkKv& kv) {
    LECTERN_ASSIGN(const auto file, files.create(path));
    LECTERN_TRY(file->write(encode_header(header)));
    for (int layer = 0; layer < header.shape.n_layers; ++layer) {
        LECTERN_ASSIGN(const auto bytes, kv.layer_bytes(layer));
        LECTERN_TRY(file->write(bytes));
    }
    return file->sync();
}

Result<KvFileHeader> read_kv_file_header(const ReadableFile& file,
                                         const std::filesystem::path& path) {
    LECTERN_ASSIGN(const std::int64_t file_bytes, file.size());
    if (file_bytes < kAlignment) return corrupt(path, "it is shorter than a header");
    FixedHeader fixed;
    LECTERN_TRY(file.read_at(0, std::as_writable_bytes(std::span(&fixed, 1))));
    if (fixed.magic != kMagic) return corrupt(path, "it is not a KV file");
    if (fixed.version != kKvFormatVersion) return corrupt(path, "it is of another version");
    if (!believable(fixed)) return corrupt(path, "its header holds absurd sizes");
    KvFileHeader header = header_of(fixed);
    if (file_bytes != header.file_bytes()) return corrupt(path, "its length is wrong");

    std::vector<std::byte> bytes(static_cast<std::size_t>(header.header_bytes()));
    LECTERN_TRY(file.read_at(0, bytes));
    for (int layer = 0; layer < header.shape.n_layers; ++layer) {
        LayerEntry entry;
        const std::size_t at = sizeof fixed + static_cast<std::size_t>(layer) * sizeof entry;
        std::memcpy(&entry, bytes.data() + at, sizeof entry);
        header.layer_checksums.push_back(entry.checksum);
    }
    // Everything but the layers' checksums follows from the shape: there is one right header.
    if (encode_header(header) != bytes) return corrupt(path, "its header is not what was written");
    return header;
}

Result<std::shared_ptr<const ChunkKv>> open_kv_file(FileSystem& files,
                                                    const std::filesystem::path& path,
                                                    const KvKey& key,
                                                    std::function<void()> on_corrupt) {
    LECTERN_ASSIGN(auto file, files.open(path));
    auto header = read_kv_file_header(*file, path);
    if (!header) {
        if (header.error().code == ErrorCode::kCorrupt) on_corrupt();
        return tl::unexpected<Error>(std::move(header).error());
    }
    if (header->key != key) {
        on_corrupt();
        return corrupt(path, "it holds another chunk");
    }
    return std::make_shared<DiskChunkKv>(std::move(*header), std::move(file), path,
                                         std::move(on_corrupt));
}

}  // namespace lectern
