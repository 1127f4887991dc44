// Moving and deleting all data, with a program that dies at every step of it.
#include "app/core/data_work.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "app/core/data_place.h"
#include "app/core/paths.h"
#include "retrieval/store/writer_lease.h"
#include "tests/kv/faulty_file_system.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using namespace lectern::test;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

/// Below the folder: path → text; a link's is what it points to.
std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (name.ends_with("writer.lock") || entry.is_directory()) continue;
        if (entry.is_symlink())
            files[name] = "-> " + fs::read_symlink(entry.path()).string();
        else
            files[name] = std::string(
                std::istreambuf_iterator<char>(std::ifstream(entry.path()).rdbuf()), {});
    }
    return files;
}

/// A program's folders, with data of each kind and something that is not the program's.
struct Home {
    TempDir dir;
    fs::path configuration = dir / "config", first = dir / "data", to = dir / "drive" / "mine";
    std::map<std::string, std::string> data;

    Home() {
        write(first / "library" / "library.sqlite", "the texts");
        write(first / "library" / "embeddings.sqlite", "the vectors");
        write(first / "library" / "kv" / "ab" / "abcd.kv", std::string(10'000, 'k'));
        write(first / "chats.sqlite", "the chats");
        write(first / "chats.sqlite-wal", "the last chat");
        write(first / "models" / "a.gguf", std::string(1'200'000, 'm'));  // more than a block
        write(dir / "elsewhere" / "b.gguf", "another's");
        fs::create_symlink(dir / "elsewhere" / "b.gguf", first / "models" / "b.gguf");
        fs::create_directories(first / "profiles");
        data = contents(first);
        write(first / "notes of mine.txt", "not the program's");
        write(configuration / "settings.json", "{}");
        fs::create_directories(dir / "drive");
    }
    /// As a program that starts now finds them.
    DataFolders folders() const {
        std::string moved;
        std::getline(std::ifstream(data_folder_note(configuration)), moved);
        return {configuration, moved.empty() ? first : fs::path(moved)};
    }
    void request_move() const { REQUIRE(request_data_work(folders(), {.to = to, .from = {}})); }
    /// What the next start does. Throws Crash.
    Status start(FileSystem& files, std::stop_token stop = {}) const {
        LECTERN_ASSIGN(const auto work, requested_data_work(folders()));
        if (!work) return {};
        if (work->to.empty()) return delete_data(folders(), {}, stop, files);
        return move_data(folders(), *work, {}, stop, files);
    }
    /// The data where a program finds it.
    std::map<std::string, std::string> found() const {
        auto files = contents(folders().data);
        files.erase("notes of mine.txt");
        return files;
    }
};

/// How many changes of files an undisturbed run makes.
int n_changes_of(const std::function<void(Home&)>& request) {
    Home home;
    request(home);
    FaultyFileSystem files;
    REQUIRE(home.start(files));
    return files.n_changes;
}

}  // namespace

TEST_CASE("data that was moved is whole in its new place, and nothing of it is left in the old") {
    Home home;
    const MovePlan plan = value(plan_move(home.folders(), home.to));
    CHECK(plan.to == home.to);
    CHECK(plan.n_bytes > 1'200'000);
    CHECK(plan.free_bytes > plan.n_bytes);
    CHECK_FALSE(fs::exists(home.to));
    CHECK_FALSE(value(requested_data_work(home.folders())));
    home.request_move();
    const auto work = value(requested_data_work(home.folders()));
    REQUIRE(work);
    std::vector<DataProgress> told;
    REQUIRE(
        move_data(home.folders(), *work, [&](const DataProgress& p) { told.push_back(p); }, {}));
    CHECK(home.folders().data == home.to);
    CHECK(contents(home.to) == home.data);
    CHECK(contents(home.first) ==
          std::map<std::string, std::string>{{"notes of mine.txt", "not the program's"}});
    CHECK(contents(home.dir / "elsewhere").size() == 1);  // what a link points to
    CHECK_FALSE(value(requested_data_work(home.folders())));
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().done == told.back().total);
    CHECK(std::is_sorted(told.begin(), told.end(),
                         [](const auto& a, const auto& b) { return a.done < b.done; }));
}

TEST_CASE("a move that is killed at any step leaves one whole copy, and the next start ends it") {
    const int n_changes = n_changes_of([](Home& home) { home.request_move(); });
    REQUIRE(n_changes > 20);
    using Fault = FaultyFileSystem::Fault;
    for (const Fault fault : {Fault::kCrashBefore, Fault::kPowerLossAfter})
        for (int at = 0; at < n_changes; ++at) {
            INFO("change " << at << ", fault " << static_cast<int>(fault));
            Home home;
            home.request_move();
            FaultyFileSystem files;
            files.arm(fault, at);
            CHECK_THROWS_AS(home.start(files), Crash);
            REQUIRE(home.found() == home.data);
            FaultyFileSystem sound;
            REQUIRE(home.start(sound));
            REQUIRE(home.folders().data == home.to);
            REQUIRE(contents(home.to) == home.data);
            CHECK(contents(home.first).size() == 1);
            CHECK_FALSE(fs::exists(home.dir / "drive" / "mine.unfinished"));
        }
}

TEST_CASE("a move that fails at any step says why, loses nothing, and can be given up") {
    const int n_changes = n_changes_of([](Home& home) { home.request_move(); });
    for (int at = 0; at < n_changes; ++at) {
        INFO("change " << at);
        Home home;
        home.request_move();
        FaultyFileSystem files;
        files.arm(FaultyFileSystem::Fault::kFail, at);
        const Status moved = home.start(files);
        if (!moved) CHECK(moved.error().code == ErrorCode::kDiskFull);
        REQUIRE(home.found() == home.data);
        const auto work = value(requested_data_work(home.folders()));
        if (!work) continue;
        REQUIRE(give_up_move({home.configuration, home.first}, *work));
        CHECK_FALSE(value(requested_data_work(home.folders())));
        CHECK(home.found() == home.data);
        if (home.folders().data == home.first) CHECK(fs::is_empty(home.dir / "drive"));
    }
}

TEST_CASE("a move that is given up leaves the data where it was, and no copy") {
    Home home;
    home.request_move();
    std::stop_source stop;
    const auto work = value(requested_data_work(home.folders()));
    const Status moved = move_data(
        home.folders(), *work,
        [&](const DataProgress& progress) {
            if (progress.done > 1'000'000) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == ErrorCode::kCancelled);
    CHECK(home.folders().data == home.first);
    CHECK(home.found() == home.data);
    CHECK(fs::is_empty(home.dir / "drive"));
    CHECK_FALSE(value(requested_data_work(home.folders())));
}

TEST_CASE("where data cannot go is said before anything is done") {
    Home home;
    const auto refused = [&](const fs::path& to, FileSystem& files = posix_file_system()) {
        const auto plan = plan_move(home.folders(), to, files);
        return plan ? std::string() : plan.error().text();
    };
    CHECK(refused(home.first / "library").find("lies there already") != std::string::npos);
    FaultyFileSystem small;
    small.free = 68'000'000;
    CHECK(refused(home.to, small) ==
          "Moving your data needs 69 MB, and " + (home.dir / "drive").string() +
              " has only 68 MB free. Choose a folder on a larger drive, or make room there.");
    write(home.to / "a.txt", "something");
    CHECK(value(plan_move(home.folders(), home.to)).to == home.to / "lectern");
    write(home.to / "lectern" / "b.txt", "something");
    CHECK(refused(home.to).find("holds something already") != std::string::npos);
    CHECK(contents(home.first).size() == home.data.size() + 1);
}

TEST_CASE("what somebody put into the new place meanwhile stops the move and stays") {
    Home home;
    home.request_move();
    write(home.to / "a.txt", "something");
    FaultyFileSystem files;
    CHECK(home.start(files).error().code == ErrorCode::kInvalidArgument);
    REQUIRE(give_up_move(home.folders(), *value(requested_data_work(home.folders()))));
    CHECK(contents(home.to).size() == 1);
    CHECK(home.found() == home.data);
}

TEST_CASE("data that another program writes to is not moved") {
    Home home;
    home.request_move();
    const auto lease = value(WriterLease::take(home.first / "library"));
    FaultyFileSystem files;
    const Status moved = home.start(files);
    REQUIRE_FALSE(moved);
    CHECK(moved.error().code == ErrorCode::kBusy);
    CHECK(home.found() == home.data);
    CHECK(value(requested_data_work(home.folders())));  // the next start tries again
}

TEST_CASE("deleting all data leaves nothing that the program made, and all that it did not") {
    Home home;
    home.request_move();  // the data lies apart from where it was first
    FaultyFileSystem files;
    REQUIRE(home.start(files));
    write(home.configuration / "window.json", "{}");
    REQUIRE(request_data_work(home.folders(), {}));
    REQUIRE(home.start(files));
    CHECK_FALSE(fs::exists(home.to));
    CHECK_FALSE(fs::exists(home.configuration));
    CHECK(contents(home.dir.path()) ==
          std::map<std::string, std::string>{{"data/notes of mine.txt", "not the program's"},
                                             {"elsewhere/b.gguf", "another's"}});
}

TEST_CASE("deleting that is killed at any step is ended by the next start") {
    const auto request = [](Home& home) { REQUIRE(request_data_work(home.folders(), {})); };
    const int n_changes = n_changes_of(request);
    for (int at = 0; at < n_changes; ++at) {
        INFO("change " << at);
        Home home;
        request(home);
        FaultyFileSystem files;
        files.arm(FaultyFileSystem::Fault::kCrashAfter, at);
        CHECK_THROWS_AS(home.start(files), Crash);
        FaultyFileSystem sound;
        REQUIRE(home.start(sound));
        CHECK(contents(home.first).size() == 1);
        CHECK(contents(home.configuration).empty());  // the folder itself may be left
    }
}

TEST_CASE("deleting that is given up keeps what is left") {
    Home home;
    REQUIRE(request_data_work(home.folders(), {}));
    std::stop_source stop;
    const Status deleted = delete_data(
        home.folders(), [&](const DataProgress&) { stop.request_stop(); }, stop.get_token());
    REQUIRE_FALSE(deleted);
    CHECK(deleted.error().code == ErrorCode::kCancelled);
    CHECK(home.found().size() == home.data.size() - 1);
    CHECK(fs::exists(home.configuration / "settings.json"));
    CHECK_FALSE(value(requested_data_work(home.folders())));
}

TEST_CASE("a note that cannot be read does nothing") {
    Home home;
    write(home.configuration / "data-work.json", "{\"to\": 7");
    const auto work = requested_data_work(home.folders());
    REQUIRE_FALSE(work);
    CHECK(work.error().code == ErrorCode::kCorrupt);
    CHECK_FALSE(value(requested_data_work(home.folders())));
    CHECK(home.found() == home.data);
}

TEST_CASE("the parts of the data are measured") {
    const Home home;
    std::map<DataKind, std::int64_t> bytes;
    for (const DataPart& part : measure_data(home.first, home.first / "models", {}))
        bytes[part.kind] = part.n_bytes;
    CHECK(bytes == std::map<DataKind, std::int64_t>{{DataKind::kTexts, 9},
                                                    {DataKind::kVectors, 11},
                                                    {DataKind::kKv, 10'000},
                                                    {DataKind::kChats, 22},
                                                    {DataKind::kModels, 1'200'000},
                                                    {DataKind::kOther, 0}});
}
