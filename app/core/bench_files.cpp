#include "app/core/bench_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "app/core/paths.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

/// work(descriptor) for every file in the folder and below; false: it failed.
template <class Work>
Status for_files(const fs::path& folder, const Work& work) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
         at.increment(error)) {
        if (!at->is_regular_file(error)) continue;
        const int file = ::open(at->path().c_str(), O_RDONLY | O_CLOEXEC);
        const bool done = file >= 0 && work(file);
        if (file >= 0) ::close(file);
        if (!done) return fail(ErrorCode::kIo, "Cannot read " + at->path().string() + ".");
    }
    if (error) return fail(ErrorCode::kIo, "Cannot list " + folder.string() + ".");
    return {};
}

/// The number behind "name:" in a file of /proc; 0 where there is none.
std::int64_t proc_number(const char* path, const std::string& name) {
    std::ifstream file(path);
    for (std::string word; file >> word;) {
        std::int64_t number = 0;
        if (word == name && file >> number) return number;
    }
    return 0;
}

}  // namespace

BenchFolder::BenchFolder(const fs::path& given)
    : path_(given.empty() ? data_folder() / ("bench-" + std::to_string(::getpid())) : given),
      is_own_(given.empty()) {}

BenchFolder::~BenchFolder() {
    std::error_code ignored;  // what is left lies in a folder that says what it is
    if (is_own_) fs::remove_all(path_, ignored);
}

Status drop_from_page_cache(const fs::path& folder) {
    return for_files(folder, [](int file) {
        return ::fsync(file) == 0 && ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0;
    });
}

Status bring_into_page_cache(const fs::path& folder) {
    std::vector<char> part(1 << 20);
    return for_files(folder, [&](int file) {
        for (;;) {
            const ssize_t n = ::read(file, part.data(), part.size());
            if (n <= 0) return n == 0;
        }
    });
}

std::int64_t bytes_read_from_disk() { return proc_number("/proc/self/io", "read_bytes:"); }

std::int64_t peak_memory_bytes() { return proc_number("/proc/self/status", "VmHWM:") << 10; }

void reset_peak_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace lectern
