#include "retrieval/document/pdf_flow.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto at = values.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

bool has_bullet(const std::string& words) {
    constexpr std::array<std::string_view, 12> kBullets{"• ", "◦ ", "▪ ", "‣ ", "● ", "○ ",
                                                        "■ ", "□ ", "– ", "* ", "➢ ", "· "};
    return std::any_of(kBullets.begin(), kBullets.end(),
                       [&](std::string_view bullet) { return words.starts_with(bullet); });
}

/// Dots that lead to a page number at the line's end: an entry of a table of contents.
bool has_leader(const std::string& words) {
    return words.find(". . .") != std::string::npos || words.find("....") != std::string::npos;
}

/// Bytes of the first word: up to the first space.
double first_word_bytes(const std::string& words) {
    return static_cast<double>(std::min(words.find(' '), words.size()));
}

}  // namespace

bool starts_list_item(const std::string& words) {
    if (has_bullet(words)) return true;
    std::size_t at = words.starts_with("(") ? 1 : 0;
    const std::size_t begin = at;
    while (at < words.size() && at - begin < 2 && words[at] >= '0' && words[at] <= '9') ++at;
    if (at == begin && begin == 1 && at < words.size() && words[at] >= 'a' && words[at] <= 'z')
        ++at;
    if (at == begin || at + 1 >= words.size()) return false;
    return (words[at] == ')' || (begin == 0 && words[at] == '.')) && words[at + 1] == ' ';
}

bool ends_sentence(const std::string& words) {
    std::string_view text = words;
    while (!text.empty() && (text.ends_with(")") || text.ends_with("\"") || text.ends_with("”"))) {
        text.remove_suffix(text.ends_with("”") ? 3 : 1);
    }
    return text.ends_with(".") || text.ends_with("!") || text.ends_with("?") ||
           text.ends_with(":") || text.ends_with("。");
}

PageFlow::PageFlow(const std::vector<PdfLine>& lines) : lines_(lines) {
    std::vector<double> pitches;
    std::vector<double> bytes;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        bytes.push_back(static_cast<double>(lines[i].words.size()));
        if (i == 0 || !lines[i].has_box || !lines[i - 1].has_box) continue;
        const double pitch = lines[i].box.top - lines[i - 1].box.top;
        if (pitch > 0 && pitch < 4 * lines[i].height()) pitches.push_back(pitch);
    }
    pitch_ = percentile(pitches, 0.4);
    usual_bytes_ = percentile(bytes, 0.8);
    column_right_.resize(lines.size());
    for (std::size_t begin = 0; begin < lines.size();) {  // a column: lines that go down
        std::size_t end = begin + 1;
        while (end < lines.size() && lines[end].box.top > lines[end - 1].box.top) ++end;
        std::vector<double> rights;
        for (std::size_t i = begin; i < end; ++i)
            if (lines[i].words.size() >= 20) rights.push_back(lines[i].box.right);
        std::fill(column_right_.begin() + static_cast<std::ptrdiff_t>(begin),
                  column_right_.begin() + static_cast<std::ptrdiff_t>(end),
                  percentile(rights, 0.85));
        begin = end;
    }
}

LineStep PageFlow::step(std::size_t begin, std::size_t i) const {
    if (lines_[i - 1].hyphenated) return LineStep::kJoin;
    if (has_leader(lines_[i - 1].words)) return LineStep::kLine;
    if (has_bullet(lines_[i].words)) return LineStep::kBreak;
    return lines_[i].has_box && lines_[i - 1].has_box ? step_by_place(begin, i) : step_by_text(i);
}

bool PageFlow::is_full(std::size_t i) const {
    const PdfLine& line = lines_[i];
    if (!line.has_box) return static_cast<double>(line.words.size()) >= 0.75 * usual_bytes_;
    return line.box.right >= column_right_[i] - 4 * line.height();
}

LineStep PageFlow::step_by_text(std::size_t i) const {
    const std::string& before = lines_[i - 1].words;
    const bool ended = ends_sentence(before);
    if (starts_list_item(lines_[i].words) && (ended || !is_full(i - 1))) return LineStep::kBreak;
    if (is_full(i - 1)) return LineStep::kJoin;
    return ended ? LineStep::kBreak : LineStep::kLine;
}

LineStep PageFlow::step_by_place(std::size_t begin, std::size_t i) const {
    const PdfLine& a = lines_[i - 1];
    const PdfLine& b = lines_[i];
    const bool ended = ends_sentence(a.words);
    const double height = std::max(a.height(), b.height());
    if (b.box.top < a.box.top) {  // the next column
        std::size_t at = 0;
        const bool goes_on = !ended && is_full(i - 1) && is_lower(next_code_point(b.words, at));
        return goes_on ? LineStep::kJoin : LineStep::kBreak;
    }
    if (pitch_ > 0 && b.box.top - a.box.top > std::max(1.35 * pitch_, 1.6 * height))
        return LineStep::kBreak;
    if (b.box.top - a.box.bottom > 0.9 * height) return LineStep::kBreak;
    // A word that would have found room on the line before: that line was ended on purpose.
    const double byte_width =
        b.width() / static_cast<double>(std::max<std::size_t>(b.words.size(), 1));
    const bool is_short =
        a.box.right + (first_word_bytes(b.words) + 3) * byte_width < column_right_[i - 1];
    if (starts_list_item(b.words) && (ended || is_short)) return LineStep::kBreak;
    const bool second = i - begin == 1;
    const double left = second ? a.box.left : lines_[begin + 1].box.left;
    const double indent = b.box.left - left;
    if (!second && indent < -0.8 * height) return ended ? LineStep::kBreak : LineStep::kLine;
    if (!second && indent > 0.8 * height && ended) return LineStep::kBreak;
    return is_short ? LineStep::kLine : LineStep::kJoin;
}

}  // namespace lectern
