// Changes in folders are noticed, coalesced, and looked for where nobody tells of them.
#include "retrieval/watch/folder_watcher.h"

#include <atomic>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

bool wait_for(const std::function<bool()>& holds) {
    for (int i = 0; i < 1000 && !holds(); ++i) std::this_thread::sleep_for(5ms);
    return holds();
}

struct Watched {
    TempDir dir;
    fs::path docs = dir / "docs";
    std::atomic<int> n_told{0};
    std::unique_ptr<FolderWatcher> watcher;

    Watched() { fs::create_directories(docs / "inner"); }
    void start(std::vector<fs::path> paths, WatchOptions options = {}) {
        options.quiet = 50ms;
        options.roots_every = 20ms;
        watcher = std::make_unique<FolderWatcher>(
            std::move(paths), [this] { ++n_told; }, options);
        REQUIRE(wait_for([this] { return watcher->ready(); }));
    }
    bool told(int n) {
        return wait_for([&] { return n_told >= n; });
    }
    /// Nothing is told for a while.
    bool silent() {
        const int before = n_told;
        std::this_thread::sleep_for(200ms);
        return n_told == before;
    }
};

}  // namespace

TEST_CASE("a file that is written, moved or deleted below a watched folder is noticed") {
    Watched w;
    w.start({w.docs});
    write(w.docs / "inner" / "a.txt", "a");
    CHECK(w.told(1));
    fs::rename(w.docs / "inner" / "a.txt", w.docs / "b.txt");
    CHECK(w.told(2));
    fs::remove(w.docs / "b.txt");
    CHECK(w.told(3));
}

TEST_CASE("a burst of changes is told once, when it is quiet") {
    Watched w;
    w.start({w.docs});
    for (int i = 0; i < 200; ++i) write(w.docs / (std::to_string(i) + ".txt"), "x");
    CHECK(w.told(1));
    CHECK(w.silent());
    CHECK(w.n_told <= 2);
}

TEST_CASE("folders that are made or moved in are watched, too") {
    Watched w;
    write(w.dir / "elsewhere" / "deep" / "a.txt", "a");
    w.start({w.docs});
    fs::rename(w.dir / "elsewhere", w.docs / "moved");
    REQUIRE(w.told(1));
    write(w.docs / "moved" / "deep" / "b.txt", "b");
    CHECK(w.told(2));
}

TEST_CASE("what does not matter wakes nobody") {
    Watched w;
    WatchOptions options;
    options.matters = [](std::string_view name, bool is_folder) {
        return is_folder ? !name.starts_with('.') : name.ends_with(".txt");
    };
    fs::create_directories(w.docs / ".git");
    w.start({w.docs, w.dir / "one.txt"}, options);
    write(w.docs / "picture.png", "x");
    write(w.docs / ".git" / "a.txt", "x");
    write(w.dir / "two.txt", "x");
    CHECK(w.silent());
    CHECK(w.n_told == 0);
    write(w.dir / "one.txt", "x");
    CHECK(w.told(1));
}

TEST_CASE("where watches run out, it is told to look again from time to time") {
    Watched w;
    WatchOptions options;
    options.max_watches = 1;
    options.look_again = 30ms;
    w.start({w.docs}, options);
    CHECK(w.told(2));
}

TEST_CASE("a folder that comes and goes, as a drive does, is noticed and watched again") {
    Watched w;
    w.start({w.docs});
    fs::rename(w.docs, w.dir / "unplugged");
    CHECK(w.told(1));
    fs::rename(w.dir / "unplugged", w.docs);
    CHECK(w.told(2));
    CHECK(w.silent());
    const int before = w.n_told;
    write(w.docs / "a.txt", "a");
    CHECK(w.told(before + 1));
}
