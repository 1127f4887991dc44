#include "app/core/data_work.h"

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include "app/core/data_files.h"
#include "app/core/data_place.h"
#include "app/core/paths.h"
#include "app/core/stopwatch.h"
#include "app/core/whole_file.h"
#include "retrieval/store/writer_lease.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t kMarginBytes = 64LL << 20;  ///< left free at the new place

fs::path note_of(const DataFolders& folders) { return folders.configuration / "data-work.json"; }

fs::path unfinished_of(const fs::path& to) {
    fs::path unfinished = to;
    unfinished += ".unfinished";
    return unfinished;
}

Status write_text(const fs::path& file, const std::string& text) {
    LECTERN_TRY(posix_file_system().create_folder(file.parent_path()));
    return write_whole_file(file, {std::as_bytes(std::span(text))});
}

bool is_empty_or_absent(const fs::path& folder) {
    std::error_code error;
    return !fs::exists(folder, error) ||
           (fs::is_directory(folder, error) && fs::is_empty(folder, error));
}

bool lies_in(const fs::path& path, const fs::path& folder) {
    const fs::path relative = path.lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

fs::path nearest_there(fs::path folder) {
    std::error_code error;
    while (!fs::exists(folder, error) && folder.has_parent_path() && folder != folder.root_path())
        folder = folder.parent_path();
    return folder;
}

/// Rounded up where it is needed, down where it is there.
std::string size_text(std::int64_t n_bytes, bool up) {
    const bool is_large = n_bytes >= 1'000'000'000;
    const std::int64_t unit = is_large ? 100'000'000 : 1'000'000;
    const std::int64_t n = (n_bytes + (up ? unit - 1 : 0)) / unit;
    if (!is_large) return std::to_string(n) + " MB";
    return std::to_string(n / 10) + "." + std::to_string(n % 10) + " GB";
}

/// Tells how far it is, as often as it is fed.
class Meter {
  public:
    Meter(const OnDataProgress& tell, std::int64_t total) : tell_(tell) { progress_.total = total; }

    void add(std::int64_t n, const fs::path& current) {
        progress_.done += n;
        progress_.current = current.filename().string();
        const double seconds = watch_.ms() / 1000;
        if (progress_.done > 0 && seconds > 1)
            progress_.seconds_left = seconds *
                                     static_cast<double>(progress_.total - progress_.done) /
                                     static_cast<double>(progress_.done);
        if (tell_) tell_(progress_);
    }

  private:
    const OnDataProgress& tell_;
    DataProgress progress_;
    Stopwatch watch_;
};

/// Whether the data is what lies where the work moves it; asked of the disk, as the work itself
/// switches.
bool is_switched(const DataFolders& folders, const DataWork& work) {
    std::ifstream note(data_folder_note(folders.configuration));
    std::string folder;
    return std::getline(note, folder, '\0') && folder == work.to.string();
}

/// Nobody else writes to the library while this lives; nothing where there is none.
Result<std::optional<WriterLease>> lease_of(const fs::path& data) {
    std::error_code error;
    if (!fs::exists(data / "library", error)) return std::nullopt;
    Result<WriterLease> lease = WriterLease::take(data / "library");
    if (lease) return std::optional(std::move(*lease));
    if (lease.error().code != ErrorCode::kBusy) return tl::unexpected(lease.error());
    return fail(ErrorCode::kBusy, "Another program is using your data.",
                "End it, then start Lectern again.");
}

/// What lies there is a copy that was whole when the program was killed, not something a person put
/// there meanwhile.
Status check_is_copy(const fs::path& to) {
    LECTERN_ASSIGN(const DataTree all, whole_tree(to));
    LECTERN_ASSIGN(const DataTree own, own_tree(to, is_own_data));
    if (all.files.size() == own.files.size() && all.folders.size() == own.folders.size()) return {};
    return fail(ErrorCode::kInvalidArgument, to.string() + " holds something already.",
                "Leave your data where it is, and choose an empty folder in the settings.");
}

/// The whole copy at `to`, each file compared.
Status copy_all(const DataTree& tree, const DataWork& work, const OnDataProgress& progress,
                const std::stop_token& stop, FileSystem& files) {
    const bool was_renamed = !is_empty_or_absent(work.to);
    if (was_renamed) LECTERN_TRY(check_is_copy(work.to));
    const fs::path copy = was_renamed ? work.to : unfinished_of(work.to);
    LECTERN_TRY(files.create_folder(copy));
    for (const fs::path& folder : tree.folders) LECTERN_TRY(files.create_folder(copy / folder));
    Meter meter(progress, tree.n_bytes());
    for (const DataFile& file : tree.files)
        LECTERN_TRY(copy_file(
            file, work.from, copy, [&](std::int64_t n) { meter.add(n, file.path); }, stop, files));
    for (const fs::path& folder : tree.folders) LECTERN_TRY(files.sync_folder(copy / folder));
    LECTERN_TRY(files.sync_folder(copy));
    if (was_renamed) return {};
    LECTERN_TRY(files.rename(copy, work.to));
    return files.sync_folder(work.to.parent_path());
}

Status finish(const DataFolders& folders, FileSystem& files) {
    LECTERN_TRY(files.remove(note_of(folders)));
    return files.sync_folder(folders.configuration);
}

}  // namespace

DataFolders data_folders() { return {configuration_folder(), data_folder()}; }

Result<MovePlan> plan_move(const DataFolders& folders, const fs::path& to, FileSystem& files) {
    MovePlan plan{.to = to.lexically_normal()};
    if (!plan.to.has_filename()) plan.to = plan.to.parent_path();
    if (!is_empty_or_absent(plan.to)) plan.to /= "lectern";
    const fs::path data = folders.data.lexically_normal();
    if (plan.to == data || plan.to.parent_path() == data || lies_in(plan.to, data))
        return fail(ErrorCode::kInvalidArgument, "Your data lies there already.",
                    "Choose a folder outside of " + data.string() + ".");
    if (!is_empty_or_absent(plan.to))
        return fail(ErrorCode::kInvalidArgument, plan.to.string() + " holds something already.",
                    "Choose an empty folder.");
    const fs::path there = nearest_there(plan.to);
    if (!is_writable_folder(there))
        return fail(ErrorCode::kReadOnly, "Nothing can be written to " + there.string() + ".",
                    "Choose another folder.");
    LECTERN_ASSIGN(const DataTree tree, own_tree(folders.data, is_own_data));
    LECTERN_ASSIGN(plan.free_bytes, files.free_bytes(there));
    plan.n_bytes = tree.n_bytes();
    if (plan.free_bytes >= plan.n_bytes + kMarginBytes) return plan;
    return fail(ErrorCode::kDiskFull,
                "Moving your data needs " + size_text(plan.n_bytes + kMarginBytes, true) +
                    ", and " + there.string() + " has only " + size_text(plan.free_bytes, false) +
                    " free.",
                "Choose a folder on a larger drive, or make room there.");
}

Status request_data_work(const DataFolders& folders, const DataWork& work) {
    const json note = {{"to", work.to.string()}, {"from", folders.data.string()}};
    return write_text(note_of(folders), note.dump(1, ' ', false, json::error_handler_t::replace));
}

Result<std::optional<DataWork>> requested_data_work(const DataFolders& folders) {
    std::error_code error;
    if (!fs::exists(note_of(folders), error)) return std::nullopt;
    std::ifstream in(note_of(folders));
    const json note = json::parse(in, nullptr, /*allow_exceptions=*/false);
    const auto text = [&](const char* key) -> std::optional<std::string> {
        if (!note.is_object() || !note.contains(key) || !note[key].is_string()) return std::nullopt;
        return note[key].get<std::string>();
    };
    const std::optional<std::string> to = text("to"), from = text("from");
    if (to && from && !from->empty()) return DataWork{*to, *from};
    LECTERN_TRY(posix_file_system().remove(note_of(folders)));
    return fail(ErrorCode::kCorrupt,
                "What was to be done with your data cannot be read any more; nothing was done.",
                "Ask for it again in the settings.");
}

Status move_data(const DataFolders& folders, const DataWork& work, const OnDataProgress& progress,
                 std::stop_token stop, FileSystem& files) {
    if (!is_switched(folders, work)) {
        LECTERN_ASSIGN(const auto lease, lease_of(work.from));
        LECTERN_ASSIGN(const DataTree tree, own_tree(work.from, is_own_data));
        const Status copied = copy_all(tree, work, progress, stop, files);
        if (!copied && copied.error().code == ErrorCode::kCancelled)
            LECTERN_TRY(give_up_move(folders, work, files));
        LECTERN_TRY(copied);
        LECTERN_TRY(write_text(data_folder_note(folders.configuration), work.to.string()));
    }
    LECTERN_ASSIGN(const DataTree old, own_tree(work.from, is_own_data));
    LECTERN_TRY(remove_tree(
        work.from, old, [](const DataFile&) {}, {}, files));
    return finish(folders, files);
}

Status give_up_move(const DataFolders& folders, const DataWork& work, FileSystem& files) {
    if (is_switched(folders, work)) return finish(folders, files);  // what is there is the data
    for (const fs::path& copy : {unfinished_of(work.to), work.to}) {
        LECTERN_ASSIGN(const DataTree tree, own_tree(copy, is_own_data));
        LECTERN_TRY(remove_tree(
            copy, tree, [](const DataFile&) {}, {}, files));
    }
    return finish(folders, files);
}

Status delete_data(const DataFolders& folders, const OnDataProgress& progress, std::stop_token stop,
                   FileSystem& files) {
    LECTERN_ASSIGN(const auto lease, lease_of(folders.data));
    LECTERN_ASSIGN(const DataTree data, own_tree(folders.data, is_own_data));
    Meter meter(progress, static_cast<std::int64_t>(data.files.size()));
    const auto tell = [&](const DataFile& file) { meter.add(1, file.path); };
    const Status deleted = remove_tree(folders.data, data, tell, stop, files);
    if (!deleted && deleted.error().code == ErrorCode::kCancelled)
        LECTERN_TRY(finish(folders, files));
    LECTERN_TRY(deleted);
    LECTERN_ASSIGN(const DataTree chosen, own_tree(folders.configuration, is_own_configuration));
    // The note of what is to be done last: until then the next start goes on.
    DataTree but_note;
    for (const DataFile& file : chosen.files)
        if (file.path != note_of(folders).filename()) but_note.files.push_back(file);
    LECTERN_TRY(remove_tree(
        folders.configuration, but_note, [](const DataFile&) {}, {}, files));
    LECTERN_TRY(files.remove(note_of(folders)));
    std::error_code not_empty;
    fs::remove(folders.configuration, not_empty);
    return {};
}

}  // namespace lectern
