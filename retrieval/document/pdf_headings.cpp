#include "retrieval/document/pdf_headings.h"

#include <algorithm>
#include <string_view>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using Pages = std::vector<std::vector<PdfLine>>;
using Levels = std::vector<std::vector<int>>;

constexpr std::size_t kMaxHeadingBytes = 160;

/// Letters and digits alone, ASCII in lower case: outlines differ from the page in the rest.
std::string letters_of(std::string_view text) {
    std::string out;
    for (const char c : ascii_lower(text))
        if ((static_cast<unsigned char>(c) & 0x80) != 0 || (c >= 'a' && c <= 'z') ||
            (c >= '0' && c <= '9'))
            out += c;
    return out;
}

/// Whether the text is the title, perhaps behind its number.
bool is_title(std::string_view text, std::string_view title) {
    if (title.empty() || !text.ends_with(title)) return false;
    text.remove_suffix(title.size());
    if (text.starts_with("chapter") || text.starts_with("section")) text.remove_prefix(7);
    return text.size() <= 8 && text.find_first_not_of("0123456789ivxabc") == std::string_view::npos;
}

/// Marks the lines of one outline entry from line `from` on; the line behind them, or `from` where
/// the title is not on the page.
std::size_t mark_entry(const std::vector<PdfLine>& lines, const PdfOutlineEntry& entry,
                       std::size_t from, std::vector<int>& levels) {
    constexpr std::size_t kMaxLines = 3;
    const std::string title = letters_of(entry.title);
    for (std::size_t begin = from; begin < lines.size(); ++begin) {
        std::string text;
        for (std::size_t end = begin; end < std::min(begin + kMaxLines, lines.size()); ++end) {
            text += letters_of(lines[end].words);
            if (text.size() > title.size() + 20) break;
            if (!is_title(text, title)) continue;
            for (std::size_t i = begin; i <= end; ++i) levels[i] = std::clamp(entry.level, 1, 6);
            return end + 1;
        }
    }
    return from;
}

/// How many entries were found on their pages.
std::size_t mark_by_outline(const Pages& pages, const std::vector<PdfOutlineEntry>& outline,
                            Levels& levels) {
    std::size_t n_found = 0;
    std::size_t from = 0;
    int page = 0;
    for (const PdfOutlineEntry& entry : outline) {
        if (entry.page < 1 || entry.page > static_cast<int>(pages.size())) continue;
        if (entry.page != page) from = 0;
        page = entry.page;
        const auto index = static_cast<std::size_t>(page - 1);
        const std::size_t behind = mark_entry(pages[index], entry, from, levels[index]);
        n_found += behind != from ? 1 : 0;
        from = behind;
    }
    return n_found;
}

/// The parts of a section number in front ("3.1.2. Title" has three), 0 for none.
int section_number_parts(std::string_view words) {
    int parts = 0;
    std::size_t at = 0;
    while (at < words.size() && words[at] >= '0' && words[at] <= '9') {
        std::size_t digits = 0;
        while (at < words.size() && words[at] >= '0' && words[at] <= '9') ++at, ++digits;
        if (digits > 2) return 0;  // a year or a quantity
        ++parts;
        if (at < words.size() && words[at] == '.') ++at;
    }
    if (parts == 0 || at + 1 >= words.size() || words[at] != ' ') return 0;
    const std::string_view title = words.substr(at + 1);
    std::size_t next = 0;
    const std::int32_t first = next_code_point(title, next);
    return is_letter(first) && !is_lower(first) ? parts : 0;
}

bool could_be_heading(const PdfLine& line) {
    const std::string& words = line.words;
    if (words.size() < 2 || words.size() > kMaxHeadingBytes) return false;
    if (words.back() == '.' || words.back() == ',' || words.back() == ';') return false;
    // Entries of a table of contents end with their page.
    if (words.find(" . .") != std::string::npos || words.find("...") != std::string::npos)
        return false;
    for (std::size_t at = 0; at < words.size();)
        if (is_letter(next_code_point(words, at))) return true;
    return false;
}

void mark_by_size(const Pages& pages, Levels& levels) {
    const double body = body_height(pages);
    if (body <= 0) return;
    for (std::size_t page = 0; page < pages.size(); ++page)
        for (std::size_t i = 0; i < pages[page].size(); ++i) {
            const PdfLine& line = pages[page][i];
            if (levels[page][i] > 0 || !line.has_box || !could_be_heading(line)) continue;
            const double ratio = line.height() / body;
            const int parts = section_number_parts(line.words);
            if (ratio < (parts > 0 ? 1.05 : 1.2) || ratio > 8) continue;
            levels[page][i] = parts > 0      ? std::min(parts, 6)
                              : ratio >= 1.8 ? 1
                              : ratio >= 1.4 ? 2
                                             : 3;
        }
}

}  // namespace

double body_height(const Pages& pages) {
    std::vector<double> heights;
    for (const auto& lines : pages)
        for (const PdfLine& line : lines)
            if (line.has_box && line.words.size() >= 30) heights.push_back(line.height());
    if (heights.empty()) return 0;
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

Levels heading_levels(const Pages& pages, const std::vector<PdfOutlineEntry>& outline) {
    Levels levels(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) levels[i].resize(pages[i].size());
    // An outline of a few entries says little about a long document.
    constexpr std::size_t kPagesPerEntry = 8;
    if (mark_by_outline(pages, outline, levels) * kPagesPerEntry < pages.size() + 1)
        mark_by_size(pages, levels);
    return levels;
}

}  // namespace lectern
