#include "engine/model/memory_check.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>

namespace lectern {
namespace {

constexpr std::uint64_t kUnknown = std::numeric_limits<std::uint64_t>::max();

/// The first number in a file, or kUnknown ("max", or no such file).
std::uint64_t number_in(const char* path) {
    std::ifstream file(path);
    std::uint64_t value = 0;
    return file >> value ? value : kUnknown;
}

std::uint64_t system_available() {
    std::ifstream file("/proc/meminfo");
    std::string field;
    std::uint64_t kilobytes = 0;
    while (file >> field) {
        if (field == "MemAvailable:" && file >> kilobytes) return kilobytes * 1024;
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return kUnknown;
}

std::string gigabytes(std::uint64_t n_bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(n_bytes) / 1e9);
    return text;
}

}  // namespace

std::uint64_t available_memory_bytes() {
    // What a container has used counts its page cache too, so only its limit is taken.
    return std::min(system_available(), number_in("/sys/fs/cgroup/memory.max"));
}

Status check_memory(const std::string& thing, std::uint64_t needed, std::uint64_t available) {
    if (needed <= available) return {};
    return fail(ErrorCode::kOutOfMemory,
                "Not enough memory for " + thing + ": it needs " + gigabytes(needed) + ", " +
                    gigabytes(available) + " are free.",
                "Close other programs or choose a smaller model.");
}

}  // namespace lectern
