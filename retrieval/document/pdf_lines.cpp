#include "retrieval/document/pdf_lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "retrieval/document/block_builder.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

constexpr char16_t kBrokenHyphen = 0xFFFE;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::string tidied(std::u16string_view text) {
    BlockBuilder builder(BlockKind::kParagraph);
    builder.append(text, 0);
    const auto block = builder.finish();
    return block ? block->text : std::string();
}

void add_line(std::vector<PdfLine>& lines, const PdfPage& page, int page_number, std::size_t begin,
              std::size_t end, bool hyphenated) {
    PdfLine line;
    line.page = page_number;
    line.begin = static_cast<std::int64_t>(begin);
    line.text = std::u16string_view(page.text).substr(begin, end - begin);
    line.words = tidied(line.text);
    line.hyphenated = hyphenated;
    if (!line.words.empty()) lines.push_back(std::move(line));
}

bool is_roman(std::string_view word) {
    return !word.empty() && word.size() <= 7 &&
           (word.find_first_not_of("ivxlc") == std::string_view::npos ||
            word.find_first_not_of("IVXLC") == std::string_view::npos);
}

/// The value of a roman number in one case of letters; 0 if it is none.
int roman_value(std::string_view word) {
    if (!is_roman(word)) return 0;
    const auto digit = [](char c) {
        constexpr std::string_view kDigits = "ivxlc";
        constexpr std::array kValues{1, 5, 10, 50, 100};
        return kValues[kDigits.find(c)];
    };
    const std::string lower = ascii_lower(word);
    int value = 0;
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const int here = digit(lower[i]);
        value += i + 1 < lower.size() && digit(lower[i + 1]) > here ? -here : here;
    }
    return value;
}

/// The words with the number [begin, end) counted from the page: the same on every page, if it is
/// the page's number.
std::string counted_from_page(std::string_view words, std::size_t begin, std::size_t end,
                              int page) {
    int value = roman_value(words.substr(begin, end - begin));
    if (value == 0) std::from_chars(words.data() + begin, words.data() + end, value);
    return std::string(words.substr(0, begin)) + "#" + std::to_string(value - page) +
           std::string(words.substr(end));
}

/// What a running header or footer has in common on its pages: all of it, or all but a page number
/// that stands first or last in it.
std::vector<std::string> recurring_keys(const PdfLine& line) {
    const std::string_view words = line.words;
    std::vector<std::string> keys{line.words};
    const std::size_t first = words.find_first_of("0123456789");
    if (first != std::string_view::npos) {
        const std::size_t end =
            std::min(words.find_first_not_of("0123456789", first), words.size());
        keys.push_back(counted_from_page(words, first, end, line.page));
    }
    const std::size_t space = words.rfind(' ');
    const std::size_t last = space == std::string_view::npos ? 0 : space + 1;
    const std::string_view word = words.substr(last);
    const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
    if (!word.empty() && last != first && (number || is_roman(word)))
        keys.push_back(counted_from_page(words, last, words.size(), line.page));
    return keys;
}

using Pages = std::vector<std::vector<PdfLine>>;

/// The lines that may be furniture: the first and last two of a page.
template <class Visit>
void visit_edges(Pages& pages, Visit visit) {
    for (auto& lines : pages)
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool top = i < 2;
            if (top || i + 2 >= lines.size()) visit(lines, i, top);
        }
}

/// A height on the page, coarse enough for rounding; -1 for lines without a box.
int level_of(const PdfLine& line, bool top) {
    return line.has_box ? static_cast<int>(std::lround((top ? line.box.top : line.box.bottom) / 3))
                        : -1;
}

/// Whether white space sets the line apart from the text next to it.
bool stands_apart(const std::vector<PdfLine>& lines, std::size_t i, bool top) {
    const std::size_t neighbour = top ? i + 1 : i - 1;
    if (neighbour >= lines.size()) return true;  // alone on its page (or i was 0)
    const PdfLine& line = lines[i];
    const PdfLine& other = lines[neighbour];
    if (!line.has_box || !other.has_box) return false;
    const double gap = top ? other.box.top - line.box.bottom : line.box.top - other.box.bottom;
    return gap > line.height();
}

}  // namespace

std::vector<PdfLine> pdf_lines(const PdfPage& page, int page_number) {
    std::vector<PdfLine> lines;
    const std::u16string& text = page.text;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool last = i == text.size();
        // The library leaves out the line's end behind a hyphen.
        const bool hyphen = !last && text[i] == kBrokenHyphen && i + 1 < text.size() &&
                            text[i + 1] != u'\r' && text[i + 1] != kBrokenHyphen && i > begin;
        if (!last && text[i] != u'\r' && text[i] != u'\n' && !hyphen) continue;
        add_line(lines, page, page_number, begin, i, hyphen);
        begin = i + 1;
    }
    const std::vector<PdfBox> boxes = line_boxes(page.boxes);
    if (boxes.size() != lines.size()) return lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].has_box = true;
        lines[i].box = boxes[i];
    }
    return lines;
}

std::vector<PdfBox> line_boxes(const std::vector<PdfBox>& boxes) {
    std::vector<PdfBox> lines;
    for (const PdfBox& box : boxes) {
        if (!lines.empty()) {
            PdfBox& line = lines.back();
            const double shared = std::min(line.bottom, box.bottom) - std::max(line.top, box.top);
            const double smaller = std::min(line.bottom - line.top, box.bottom - box.top);
            const bool goes_on = box.left >= line.right - 0.5 * (line.bottom - line.top) - 2;
            if (shared >= 0.3 * smaller && goes_on) {
                line.top = std::min(line.top, box.top);
                line.bottom = std::max(line.bottom, box.bottom);
                line.right = std::max(line.right, box.right);
                continue;
            }
        }
        lines.push_back(box);
    }
    return lines;
}

bool is_page_number(std::string_view words) {
    if (ascii_lower(words).starts_with("page ")) words.remove_prefix(5);
    while (!words.empty() && (words.front() == '-' || words.front() == ' ')) words.remove_prefix(1);
    while (!words.empty() && (words.back() == '-' || words.back() == ' ')) words.remove_suffix(1);
    if (is_roman(words)) return true;
    std::string shape;
    for (const char c : words)
        if (!is_ascii_digit(c))
            shape += c;
        else if (shape.empty() || shape.back() != '#')
            shape += '#';
    return words.size() <= 12 && (shape == "#" || shape == "# of #" || shape == "#/#");
}

void drop_page_furniture(Pages& pages) {
    std::map<std::pair<std::string, bool>, int> recurring;
    visit_edges(pages, [&](const std::vector<PdfLine>& lines, std::size_t i, bool top) {
        for (std::string& key : recurring_keys(lines[i])) ++recurring[{std::move(key), top}];
    });
    constexpr int kOften = 3;
    // Where furniture stands on most pages, other lines set apart there are furniture too (a
    // running title that changes with the chapter).
    std::map<std::pair<int, bool>, int> furniture_levels;
    const auto recurs = [&](const PdfLine& line, bool top) {
        for (std::string& key : recurring_keys(line))
            if (recurring[{std::move(key), top}] >= kOften) return true;
        return false;
    };
    visit_edges(pages, [&](const std::vector<PdfLine>& lines, std::size_t i, bool top) {
        if (recurs(lines[i], top)) ++furniture_levels[{level_of(lines[i], top), top}];
    });
    const int most = std::max(kOften, static_cast<int>(pages.size()) / 4);
    const auto is_furniture = [&](const std::vector<PdfLine>& lines, std::size_t i, bool top) {
        const PdfLine& line = lines[i];
        const bool outermost = i == 0 || i + 1 == lines.size();
        if (is_page_number(line.words) && outermost) return true;
        if (recurs(line, top)) return true;
        if (level_of(line, top) < 0 || !stands_apart(lines, i, top)) return false;
        int n_pages = 0;
        for (const int nearby : {-1, 0, 1})
            n_pages += furniture_levels[{level_of(line, top) + nearby, top}];
        return outermost && n_pages >= most;
    };
    for (auto& lines : pages) {
        std::vector<PdfLine> kept;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool edge = i < 2 || i + 2 >= lines.size();
            const bool drop =
                edge && (is_furniture(lines, i, i < 2) ||
                         (i < 2 && i + 2 >= lines.size() && is_furniture(lines, i, false)));
            if (!drop) kept.push_back(lines[i]);
        }
        lines = std::move(kept);
    }
}

}  // namespace lectern
