#include <cstdint>

#include "engine/decode/generator.h"

namespace lectern {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// How the bytes at the front of a text read (Unicode, table 3-7).
struct Sequence {
    std::size_t n_bytes = 1;  ///< of the sequence, or of its broken beginning
    enum { kWhole, kBroken, kUnfinished } state = kBroken;
};

Sequence read_sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {1, Sequence::kWhole};
    if (lead < 0xC2 || lead > 0xF4) return {1, Sequence::kBroken};
    const std::size_t n_bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < n_bytes; ++i) {
        if (i == text.size()) return {i, Sequence::kUnfinished};
        std::uint8_t low = 0x80, high = 0xBF;
        if (i == 1 && lead == 0xE0) low = 0xA0;   // overlong
        if (i == 1 && lead == 0xED) high = 0x9F;  // surrogates
        if (i == 1 && lead == 0xF0) low = 0x90;   // overlong
        if (i == 1 && lead == 0xF4) high = 0x8F;  // beyond U+10FFFF
        if (byte(i) < low || byte(i) > high) return {i, Sequence::kBroken};
    }
    return {n_bytes, Sequence::kWhole};
}

}  // namespace

std::string Utf8Stream::push(std::string_view piece) {
    pending_ += piece;
    std::string out;
    std::size_t read = 0;
    while (read < pending_.size()) {
        const std::string_view rest = std::string_view(pending_).substr(read);
        const Sequence sequence = read_sequence(rest);
        if (sequence.state == Sequence::kUnfinished) break;
        out += sequence.state == Sequence::kWhole ? rest.substr(0, sequence.n_bytes) : kReplacement;
        read += sequence.n_bytes;
    }
    pending_.erase(0, read);
    return out;
}

std::string Utf8Stream::finish() {
    const bool broken = !pending_.empty();
    pending_.clear();
    return broken ? std::string(kReplacement) : std::string();
}

}  // namespace lectern
