#include "app/core/reading_rate.h"

#include <cstdlib>
#include <string>

namespace lectern {
namespace {

constexpr const char* kRate = "reading_rate";  ///< "CHUNKS SECONDS"
constexpr std::int64_t kFewChunks = 8;
constexpr double kManyChunks = 4000;  ///< beyond it, what is kept counts half

struct Reading {
    double chunks = 0, seconds = 0;
};

Result<Reading> kept_reading(const Library& library) {
    LECTERN_ASSIGN(const std::optional<std::string> text, library.setting(kRate));
    Reading reading;
    if (!text) return reading;
    char* end = nullptr;
    reading.chunks = std::strtod(text->c_str(), &end);
    reading.seconds = std::strtod(end, nullptr);
    return reading;
}

}  // namespace

Result<std::optional<double>> seconds_per_chunk(const Library& library) {
    LECTERN_ASSIGN(const Reading kept, kept_reading(library));
    if (kept.chunks <= 0 || kept.seconds <= 0) return std::nullopt;
    return kept.seconds / kept.chunks;
}

Status note_reading(Library& library, std::int64_t n_chunks, double seconds) {
    if (n_chunks < kFewChunks || seconds <= 0) return {};
    LECTERN_ASSIGN(Reading kept, kept_reading(library));
    const double weight = kept.chunks > kManyChunks ? 0.5 : 1;
    return library.set_setting(
        kRate, std::to_string(kept.chunks * weight + static_cast<double>(n_chunks)) + " " +
                   std::to_string(kept.seconds * weight + seconds));
}

}  // namespace lectern
