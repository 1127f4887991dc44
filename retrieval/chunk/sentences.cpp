#include "retrieval/chunk/sentences.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

std::unique_ptr<icu::BreakIterator> sentence_iterator() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> iterator(
        icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
    return U_SUCCESS(status) ? std::move(iterator) : nullptr;
}

/// A cut must not stand before these: they belong to the character in front.
bool joins_previous(std::int32_t code_point) {
    return (U_GET_GC_MASK(code_point) & U_GC_M_MASK) != 0 || code_point == 0x200D ||
           (code_point >= 0x1F3FB && code_point <= 0x1F3FF);
}

/// The end of a piece of at most max_chars code points that starts at `begin`: behind a space if
/// there is one in its second half.
std::size_t cut_end(std::string_view text, std::size_t begin, std::size_t end, int max_chars) {
    std::size_t at = begin;
    std::size_t after_space = 0;
    std::size_t between = 0;
    for (int n = 0; n < max_chars && at < end; ++n) {
        const std::size_t before = at;
        const std::int32_t code_point = next_code_point(text, at);
        if (!joins_previous(code_point)) between = before;
        if (is_space(code_point) && n >= max_chars / 2) after_space = at;
    }
    if (at >= end) return end;
    if (after_space > 0) return after_space;
    std::size_t peek = at;
    if (!joins_previous(next_code_point(text, peek))) return at;
    return between > begin ? between : at;
}

}  // namespace

std::vector<Stretch> split_sentences(std::string_view text) {
    std::vector<Stretch> sentences;
    const auto iterator = sentence_iterator();
    UErrorCode status = U_ZERO_ERROR;
    UText utext = UTEXT_INITIALIZER;
    utext_openUTF8(&utext, text.data(), static_cast<std::int64_t>(text.size()), &status);
    if (iterator == nullptr || U_FAILURE(status)) return {{0, text.size()}};
    iterator->setText(&utext, status);
    std::size_t begin = 0;
    for (std::int32_t end = iterator->next(); U_SUCCESS(status) && end != icu::BreakIterator::DONE;
         end = iterator->next()) {
        sentences.push_back({begin, static_cast<std::size_t>(end)});
        begin = static_cast<std::size_t>(end);
    }
    utext_close(&utext);
    if (begin < text.size()) sentences.push_back({begin, text.size()});
    return sentences;
}

std::vector<Stretch> split_lines(std::string_view text) {
    std::vector<Stretch> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t found = text.find('\n', begin);
        const std::size_t end = found == std::string_view::npos ? text.size() : found + 1;
        lines.push_back({begin, end});
        begin = end;
    }
    return lines;
}

std::vector<Stretch> cut_long(std::string_view text, const std::vector<Stretch>& stretches,
                              int max_chars) {
    std::vector<Stretch> out;
    for (const Stretch& stretch : stretches) {
        std::size_t begin = stretch.begin;
        while (begin < stretch.end) {
            const std::size_t end = cut_end(text, begin, stretch.end, max_chars);
            out.push_back({begin, end});
            begin = end;
        }
    }
    return out;
}

std::vector<Stretch> group_evenly(std::string_view text, const std::vector<Stretch>& stretches,
                                  int max_chars) {
    const auto limit = static_cast<std::size_t>(max_chars);
    const std::size_t total = count_code_points(text);
    const std::size_t n_groups = (total + limit - 1) / limit;
    const std::size_t goal = n_groups == 0 ? limit : (total + n_groups - 1) / n_groups;
    std::vector<Stretch> groups;
    std::size_t chars = 0;
    for (const Stretch& stretch : stretches) {
        const std::size_t more = count_code_points(text.substr(stretch.begin, stretch.size()));
        const bool fits = chars + more <= limit && chars + more / 2 <= goal;
        if (!groups.empty() && fits) {
            groups.back().end = stretch.end;
            chars += more;
        } else {
            groups.push_back(stretch);
            chars = more;
        }
    }
    return groups;
}

}  // namespace lectern
