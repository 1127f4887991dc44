// A store's folder as a test looks at it, and what is done to it.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/kv/kv_file.h"
#include "engine/kv/kv_store.h"
#include "tests/kv/sample_chunks.h"
#include "tests/support/temp_dir.h"

namespace lectern::test {

/// The header that chunks of kSmallShape have, and their files' bytes.
inline const std::int64_t kSampleFileBytes =
    describe_kv_file(sample_key(0), *sample_chunk(0))->file_bytes();

/// Gets sample chunk n, or puts it where it is not there. Returns how much went wrong.
inline int get_or_put(KvStore& store, int n, double compute_seconds = 0) {
    const auto expected = sample_chunk(static_cast<std::uint32_t>(n));
    const auto got = store.get(sample_key(n));
    if (got) return same_bytes(*got->kv, *expected) ? 0 : 1;
    return (got.error().code == ErrorCode::kNotFound ? 0 : 1) +
           (store.put(sample_key(n), expected, compute_seconds) ? 0 : 1);
}

class StoreFolder {
  public:
    std::chrono::milliseconds patience{10'000};

    std::filesystem::path path() const { return dir_ / "store"; }

    std::unique_ptr<KvStore> open(std::int64_t budget_bytes = 100 * kSampleFileBytes,
                                  FileSystem* files = nullptr) const {
        auto store = try_open(budget_bytes, files);
        if (!store) throw std::runtime_error(store.error().text());
        return std::move(*store);
    }
    Result<std::unique_ptr<KvStore>> try_open(std::int64_t budget_bytes = 100 * kSampleFileBytes,
                                              FileSystem* files = nullptr) const {
        DiskKvStoreOptions options;
        options.folder = path();
        options.budget_bytes = budget_bytes;
        options.files = files;
        options.patience = patience;
        return open_disk_kv_store(options);
    }

    std::filesystem::path file_of(const KvKey& key) const {
        const std::string hex = key.hash.hex();
        return path() / hex.substr(0, 2) / (hex + ".kv");
    }
    /// Every file of the store but its index and lock.
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> found;
        if (!std::filesystem::exists(path())) return found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path())) {
            const std::string suffix = entry.path().extension().string();
            if (suffix == ".kv" || suffix == ".tmp") found.push_back(entry.path());
        }
        return found;
    }
    std::int64_t bytes() const {
        std::int64_t n = 0;
        for (const auto& file : files())
            n += static_cast<std::int64_t>(std::filesystem::file_size(file));
        return n;
    }
    void remove_index() const {
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(path() / (std::string("index.sqlite") + suffix));
        }
    }

  private:
    TempDir dir_;
};

/// Replaces one byte of a file.
inline void set_byte(const std::filesystem::path& path, std::int64_t offset, char byte) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(offset);
    file.put(byte);
}

inline std::vector<char> read_all(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_all(const std::filesystem::path& path, const std::vector<char>& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// get() gives the sample chunk of this number, every byte.
inline bool holds(KvStore& store, std::int32_t n) {
    const auto got = store.get(sample_key(n));
    return got && same_bytes(*got->kv, *sample_chunk(static_cast<std::uint32_t>(n)));
}

}  // namespace lectern::test
