// The system's files with faults on demand: operation n fails, or the program dies at it, with or
// without the power.
#pragma once

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/file_system.h"

namespace lectern::test {

/// Thrown where the program "dies": nothing after it is executed.
struct Crash {};

class FaultyFileSystem : public FileSystem {
  public:
    enum class Fault { kNone, kFail, kCrashBefore, kCrashAfter, kPowerLossAfter };

    /// Changes only: create, write, sync, rename, remove, create_folder, sync_folder.
    int n_changes = 0;
    std::vector<std::string> changes;
    Fault fault = Fault::kNone;
    int fault_at = -1;  ///< the change, from 0, that meets the fault
    ErrorCode code = ErrorCode::kDiskFull;
    bool is_read_only = false;
    bool reads_fail = false;
    bool removes_fail = false;
    std::optional<std::int64_t> free;  ///< free_bytes(); none: the disk's
    std::function<void()> after_change = [] {};

    void arm(Fault with, int at, ErrorCode with_code = ErrorCode::kDiskFull) {
        fault = with;
        fault_at = at;
        code = with_code;
        n_changes = 0;
        changes.clear();
    }

    Result<std::unique_ptr<ReadableFile>> open(const std::filesystem::path& path) override {
        LECTERN_ASSIGN(auto file, real_.open(path));
        return std::make_unique<Reader>(*this, std::move(file));
    }
    Result<std::unique_ptr<WritableFile>> create(const std::filesystem::path& path) override {
        std::unique_ptr<WritableFile> file;
        LECTERN_TRY(change("create", [&]() -> Status {
            LECTERN_ASSIGN(file, real_.create(path));
            unsynced_files_.insert(path);
            return {};
        }));
        return std::make_unique<Writer>(*this, path, std::move(file));
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        return change("rename", [&]() -> Status {
            LECTERN_TRY(real_.rename(from, to));
            unsynced_renames_.emplace_back(from, to);
            return {};
        });
    }
    Status remove(const std::filesystem::path& path) override {
        if (!std::filesystem::exists(path)) return {};  // no change
        if (removes_fail) return fail(ErrorCode::kIo, "Cannot remove (a fault).");
        return change("remove", [&] { return real_.remove(path); });
    }
    Status create_folder(const std::filesystem::path& path) override {
        if (std::filesystem::exists(path)) return {};
        return change("create_folder", [&] { return real_.create_folder(path); });
    }
    Status sync_folder(const std::filesystem::path& path) override {
        return change("sync_folder", [&]() -> Status {
            LECTERN_TRY(real_.sync_folder(path));
            std::erase_if(unsynced_renames_,
                          [&](const auto& r) { return r.second.parent_path() == path; });
            return {};
        });
    }
    Result<std::vector<FileEntry>> list(const std::filesystem::path& path) override {
        return real_.list(path);
    }
    Result<std::int64_t> free_bytes(const std::filesystem::path& path) override {
        if (free) return *free;
        return real_.free_bytes(path);
    }
    std::optional<FileIdentity> identity(const std::filesystem::path& path) override {
        return real_.identity(path);
    }
    Result<std::unique_ptr<FileLock>> lock(const std::filesystem::path& path,
                                           std::chrono::milliseconds patience) override {
        if (is_read_only) return fail(ErrorCode::kReadOnly, "Read-only (a fault).");
        return real_.lock(path, patience);
    }

  private:
    class Reader : public ReadableFile {
      public:
        Reader(FaultyFileSystem& files, std::unique_ptr<ReadableFile> file)
            : files_(files), file_(std::move(file)) {}
        Result<std::int64_t> size() const override { return file_->size(); }
        Status read_at(std::int64_t offset, std::span<std::byte> out) const override {
            if (files_.reads_fail) return fail(ErrorCode::kIo, "Cannot read (a fault).");
            return file_->read_at(offset, out);
        }

      private:
        FaultyFileSystem& files_;
        std::unique_ptr<ReadableFile> file_;
    };

    class Writer : public WritableFile {
      public:
        Writer(FaultyFileSystem& files, std::filesystem::path path,
               std::unique_ptr<WritableFile> file)
            : files_(files), path_(std::move(path)), file_(std::move(file)) {}
        Status write(std::span<const std::byte> data) override {
            if (files_.faulty_now()) {  // half of it reaches the disk
                LECTERN_TRY(file_->write(data.first(data.size() / 2)));
            }
            return files_.change("write", [&] { return file_->write(data); });
        }
        Status sync() override {
            return files_.change("sync", [&]() -> Status {
                LECTERN_TRY(file_->sync());
                files_.unsynced_files_.erase(path_);
                return {};
            });
        }

      private:
        FaultyFileSystem& files_;
        std::filesystem::path path_;
        std::unique_ptr<WritableFile> file_;
    };

    bool faulty_now() const {
        return n_changes == fault_at && (fault == Fault::kFail || fault == Fault::kCrashBefore);
    }

    template <class Action>
    Status change(const std::string& name, Action action) {
        if (is_read_only) return fail(ErrorCode::kReadOnly, "Read-only (a fault).");
        const bool now = n_changes++ == fault_at;
        changes.push_back(name);
        if (now && fault == Fault::kFail) return fail(code, "A fault at " + name + ".");
        if (now && fault == Fault::kCrashBefore) throw Crash{};
        Status status = action();
        after_change();
        if (now && fault == Fault::kPowerLossAfter) lose_unsynced();
        if (now && (fault == Fault::kCrashAfter || fault == Fault::kPowerLossAfter)) throw Crash{};
        return status;
    }

    /// What a disk may do when the power goes: names as before, contents cut short.
    void lose_unsynced() {
        for (auto r = unsynced_renames_.rbegin(); r != unsynced_renames_.rend(); ++r) {
            if (std::filesystem::exists(r->second)) std::filesystem::rename(r->second, r->first);
        }
        for (const auto& path : unsynced_files_) {
            if (std::filesystem::exists(path)) {
                std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
            }
        }
    }

    FileSystem& real_ = posix_file_system();
    std::set<std::filesystem::path> unsynced_files_;
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> unsynced_renames_;
};

}  // namespace lectern::test
