#include "engine/kv/kv_folder.h"

#include <optional>
#include <string_view>

namespace lectern {
namespace {

constexpr std::string_view kChunkSuffix = ".kv";
constexpr std::string_view kTemporarySuffix = ".tmp";
constexpr std::size_t kHexDigits = 32;

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return std::nullopt;
}

std::optional<KvKey> parse_key(std::string_view hex) {
    if (hex.size() != kHexDigits) return std::nullopt;
    KvKey key;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = hex_digit(hex[i]), low = hex_digit(hex[i + 1]);
        if (!high || !low) return std::nullopt;
        key.hash.bytes[i / 2] = static_cast<std::uint8_t>(*high << 4 | *low);
    }
    return key;
}

}  // namespace

std::filesystem::path KvFolder::path_of(const KvKey& key) const {
    const std::string hex = key.hash.hex();
    return folder_ / hex.substr(0, 2) / (hex + std::string(kChunkSuffix));
}

std::filesystem::path KvFolder::temporary_path_of(const KvKey& key) const {
    const std::string hex = key.hash.hex();
    return folder_ / hex.substr(0, 2) / (hex + std::string(kTemporarySuffix));
}

Result<std::unique_ptr<FileLock>> KvFolder::lock(std::chrono::milliseconds patience) const {
    return files_.lock(folder_ / "writer.lock", patience);
}

Result<KvFolder::Contents> KvFolder::list() const {
    Contents contents;
    LECTERN_ASSIGN(const auto folders, files_.list(folder_));
    for (const FileEntry& folder : folders) {
        const bool ours = folder.is_folder && folder.name.size() == 2 &&
                          hex_digit(folder.name[0]) && hex_digit(folder.name[1]);
        if (!ours) continue;
        LECTERN_ASSIGN(const auto files, files_.list(folder_ / folder.name));
        for (const FileEntry& file : files) {
            const std::string_view name = file.name;
            const auto key = parse_key(name.substr(0, kHexDigits));
            if (file.is_folder || !key || !name.starts_with(folder.name)) continue;
            const std::string_view suffix = name.substr(kHexDigits);
            if (suffix == kChunkSuffix) contents.chunks[*key] = file.n_bytes;
            if (suffix == kTemporarySuffix) contents.unfinished.push_back(temporary_path_of(*key));
        }
    }
    return contents;
}

Status KvFolder::write(const KvFileHeader& header, const ChunkKv& kv) {
    const std::filesystem::path path = path_of(header.key);
    const std::filesystem::path temporary = temporary_path_of(header.key);
    const std::filesystem::path parent = path.parent_path();
    if (!files_.identity(parent)) {
        LECTERN_TRY(files_.create_folder(parent));
        LECTERN_TRY(files_.sync_folder(folder_));
    }
    LECTERN_TRY(write_kv_file(files_, temporary, header, kv));
    LECTERN_TRY(files_.rename(temporary, path));
    return files_.sync_folder(parent);
}

Status KvFolder::discard(const KvKey& key) {
    LECTERN_TRY(files_.remove(temporary_path_of(key)));
    return files_.remove(path_of(key));
}

Status KvFolder::remove_index() {
    for (const char* suffix : {"-wal", "-shm", ""}) {
        LECTERN_TRY(files_.remove(index_path().string() + suffix));
    }
    return {};
}

}  // namespace lectern
