#include "app/core/data_files.h"

#include <algorithm>
#include <memory>
#include <system_error>

namespace lectern {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = 1U << 20;

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::kCancelled, "The work on the data was given up.");
}

tl::unexpected<Error> unreadable(const fs::path& path, const std::error_code& error) {
    return fail(ErrorCode::kIo, path.string() + " cannot be read: " + error.message() + ".");
}

/// `below` with all below it.
Status add(const fs::path& root, const fs::path& below, DataTree& tree) {
    std::error_code error;
    const fs::path path = root / below;
    const fs::file_status status = fs::symlink_status(path, error);
    if (error) return unreadable(path, error);
    if (!fs::is_directory(status)) {
        const bool is_link = fs::is_symlink(status);
        const auto n_bytes = is_link ? 0 : static_cast<std::int64_t>(fs::file_size(path, error));
        if (error) return unreadable(path, error);
        tree.files.push_back({below, n_bytes, is_link});
        return {};
    }
    tree.folders.push_back(below);
    fs::directory_iterator entry(path, error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error))
        LECTERN_TRY(add(root, below / entry->path().filename(), tree));
    if (error) return unreadable(path, error);
    return {};
}

template <class Takes>
Result<DataTree> tree_of(const fs::path& folder, Takes takes) {
    DataTree tree;
    std::error_code error;
    if (!fs::exists(folder, error) && !error) return tree;
    fs::directory_iterator entry(folder, error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        const fs::path name = entry->path().filename();
        if (takes(name.string())) LECTERN_TRY(add(folder, name, tree));
    }
    if (error) return unreadable(folder, error);
    return tree;
}

/// Calls take(bytes) for one block after the other.
template <class Take>
Status read_blocks(const ReadableFile& file, const std::stop_token& stop, Take take) {
    LECTERN_ASSIGN(const std::int64_t n_bytes, file.size());
    std::vector<std::byte> block(kBlockBytes);
    for (std::int64_t offset = 0; offset < n_bytes;) {
        if (stop.stop_requested()) return cancelled();
        const auto n = std::min<std::int64_t>(n_bytes - offset, kBlockBytes);
        const std::span<std::byte> part(block.data(), static_cast<std::size_t>(n));
        LECTERN_TRY(file.read_at(offset, part));
        LECTERN_TRY(take(offset, std::span<const std::byte>(part)));
        offset += n;
    }
    return {};
}

Result<bool> are_equal(const fs::path& one, const fs::path& other, const std::stop_token& stop,
                       FileSystem& files) {
    LECTERN_ASSIGN(const auto left, files.open(one));
    LECTERN_ASSIGN(const auto right, files.open(other));
    LECTERN_ASSIGN(const std::int64_t left_bytes, left->size());
    LECTERN_ASSIGN(const std::int64_t right_bytes, right->size());
    if (left_bytes != right_bytes) return false;
    bool equal = true;
    std::vector<std::byte> block(kBlockBytes);
    LECTERN_TRY(read_blocks(*left, stop, [&](std::int64_t offset, auto bytes) -> Status {
        const std::span<std::byte> same_place(block.data(), bytes.size());
        LECTERN_TRY(right->read_at(offset, same_place));
        equal = equal && std::equal(bytes.begin(), bytes.end(), same_place.begin());
        return {};
    }));
    return equal;
}

Status copy_link(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::remove(to, error);
    fs::copy_symlink(from, to, error);
    if (error) return unreadable(from, error);
    return {};
}

}  // namespace

std::int64_t DataTree::n_bytes() const {
    std::int64_t n_bytes = 0;
    for (const DataFile& file : files) n_bytes += file.n_bytes;
    return n_bytes;
}

Result<DataTree> own_tree(const fs::path& folder, bool (*is_own)(std::string_view)) {
    return tree_of(folder, is_own);
}

Result<DataTree> whole_tree(const fs::path& folder) {
    return tree_of(folder, [](const std::string&) { return true; });
}

Status copy_file(const DataFile& file, const fs::path& from, const fs::path& to,
                 const std::function<void(std::int64_t)>& on_bytes, const std::stop_token& stop,
                 FileSystem& files) {
    const fs::path source = from / file.path, copy = to / file.path;
    if (stop.stop_requested()) return cancelled();
    if (file.is_link) return copy_link(source, copy);
    std::error_code error;
    if (fs::exists(copy, error)) {
        LECTERN_ASSIGN(const bool is_done, are_equal(source, copy, stop, files));
        if (is_done) {
            on_bytes(file.n_bytes);
            return {};
        }
        LECTERN_TRY(files.remove(copy));
    }
    {
        LECTERN_ASSIGN(const auto in, files.open(source));
        LECTERN_ASSIGN(const auto out, files.create(copy));
        LECTERN_TRY(read_blocks(*in, stop, [&](std::int64_t, auto bytes) -> Status {
            LECTERN_TRY(out->write(bytes));
            on_bytes(static_cast<std::int64_t>(bytes.size()));
            return {};
        }));
        LECTERN_TRY(out->sync());
    }
    LECTERN_ASSIGN(const bool is_same, are_equal(source, copy, stop, files));
    if (is_same) return {};
    return fail(ErrorCode::kCorrupt, copy.string() + " reads otherwise than it was written.",
                "Choose a folder on another drive.");
}

Status remove_tree(const fs::path& folder, const DataTree& tree,
                   const std::function<void(const DataFile&)>& on_file, const std::stop_token& stop,
                   FileSystem& files) {
    for (const DataFile& file : tree.files) {
        if (stop.stop_requested()) return cancelled();
        LECTERN_TRY(files.remove(folder / file.path));
        on_file(file);
    }
    std::error_code not_empty;  // something else is in it
    for (auto below = tree.folders.rbegin(); below != tree.folders.rend(); ++below)
        fs::remove(folder / *below, not_empty);
    fs::remove(folder, not_empty);
    return {};
}

}  // namespace lectern
