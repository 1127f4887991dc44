// One chunk's KV file (FORMAT.md): written once from front to back, read layer by layer, every byte
// under a checksum.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/base/result.h"
#include "engine/kv/chunk_kv.h"
#include "engine/kv/kv_key.h"

namespace lectern {

/// What a file says of itself, checked: its sizes are within limits and agree with one another.
struct KvFileHeader {
    KvKey key;
    KvShape shape;
    KvFormat format = kDefaultKvFormat;
    int n_tokens = 0;
    std::vector<std::uint64_t> layer_checksums;  ///< XXH3 of each layer's bytes, padding included

    std::int64_t header_bytes() const;
    std::int64_t layer_bytes() const;
    std::int64_t file_bytes() const;
};

/// Bytes of the file that holds a chunk of n_tokens.
std::int64_t kv_file_bytes(const KvShape& shape, KvFormat format, int n_tokens);

/// The header of the file that would hold kv; reads every layer. The errors of kv.layer_bytes.
Result<KvFileHeader> describe_kv_file(const KvKey& key, const ChunkKv& kv);

/// Writes and syncs a new file. On failure a part of it may be left: the caller removes it. Pre:
/// header describes kv.
Status write_kv_file(FileSystem& files, const std::filesystem::path& path,
                     const KvFileHeader& header, const ChunkKv& kv);

/// Reads and checks a header alone. kNotFound, kIo, kOutOfMemory; kCorrupt for anything that
/// write_kv_file of this version did not write, a file of another length included.
Result<KvFileHeader> read_kv_file_header(const ReadableFile& file,
                                         const std::filesystem::path& path);

/// The chunk of a file: layers are read and verified once, when they are first asked for.
/// on_corrupt is called, at most once, by the thread that finds the file damaged. The errors of
/// read_kv_file_header; kCorrupt, too, if the file is another key's.
Result<std::shared_ptr<const ChunkKv>> open_kv_file(FileSystem& files,
                                                    const std::filesystem::path& path,
                                                    const KvKey& key,
                                                    std::function<void()> on_corrupt);

}  // namespace lectern
