#include "app/core/math_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "app/core/math_signs.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

constexpr int kDeepest = 40;  ///< groups inside groups

std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        next_code_point(text, at);
        out.push_back(text.substr(begin, at - begin));
    }
    return out;
}

bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0 || c == '.';
    });
}

/// In parentheses unless it holds together by itself.
std::string held(const std::string& text) { return is_word(text) ? text : "(" + text + ")"; }

/// Every character of the text in its small form, or "^x" and "^(x+y)" where one has none.
std::string script(const std::string& text, bool up) {
    std::string small;
    bool all = !text.empty();
    for (const std::string_view character : characters(text)) {
        if (character == " ") continue;
        const std::string_view form = up ? raised(character) : lowered(character);
        all = all && !form.empty();
        small += form;
    }
    if (all) return small;
    return (up ? "^" : "_") + held(text);
}

class MathReader {
  public:
    explicit MathReader(std::string_view tex) : tex_(tex) {}

    std::optional<std::string> read_all() {
        std::string out = sequence(false);
        if (failed_ || at_ < tex_.size()) return std::nullopt;
        return std::string(trimmed(out));
    }

  private:
    std::string sequence(bool in_group);
    std::string one();
    std::string command();
    std::string named(std::string_view name);
    std::string root();
    std::string verbatim_group();
    std::string_view command_name();
    std::string fail() {
        failed_ = true;
        return {};
    }
    void skip_spaces() {
        while (at_ < tex_.size() && std::isspace(static_cast<unsigned char>(tex_[at_])) != 0) ++at_;
    }

    std::string_view tex_;
    std::size_t at_ = 0;
    int depth_ = 0;
    bool failed_ = false;
};

void append_spaced(std::string& out, std::string_view part) {
    const bool opened = !out.empty() && std::string_view(" ([{").find(out.back()) != part.npos;
    if (opened && part.starts_with(' ')) part.remove_prefix(1);
    if (part == ")" || part == "]")
        while (!out.empty() && out.back() == ' ') out.pop_back();
    out += part;
}

std::string MathReader::sequence(bool in_group) {
    std::string out;
    while (at_ < tex_.size() && !failed_) {
        const char c = tex_[at_];
        if (c == '}') {
            if (!in_group) return fail();
            return out;
        }
        if (c == '^' || c == '_') {
            ++at_;
            while (!out.empty() && out.back() == ' ') out.pop_back();
            out += script(one(), c == '^');
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            skip_spaces();
            append_spaced(out, " ");
        } else {
            append_spaced(out, one());
        }
    }
    if (in_group) return fail();
    return out;
}

/// A character, a group or a command with what it takes.
std::string MathReader::one() {
    skip_spaces();
    if (at_ >= tex_.size() || depth_ > kDeepest) return fail();
    const std::size_t begin = at_;
    const char c = tex_[at_];
    if (c == '\\') return command();
    if (c == '&' || c == '}') return fail();
    if (c == '{') {
        ++at_;
        ++depth_;
        std::string inside = sequence(true);
        --depth_;
        ++at_;  // the closing brace
        return std::string(trimmed(inside));
    }
    next_code_point(tex_, at_);
    if (c == '-') return "−";
    if (c == '\'') return "′";
    if (c == '~') return " ";
    return std::string(tex_.substr(begin, at_ - begin));
}

std::string_view MathReader::command_name() {
    const std::size_t begin = ++at_;  // behind the backslash
    while (at_ < tex_.size() && std::isalpha(static_cast<unsigned char>(tex_[at_])) != 0) ++at_;
    if (at_ == begin && at_ < tex_.size()) ++at_;
    return tex_.substr(begin, at_ - begin);
}

std::string MathReader::command() {
    const std::string_view name = command_name();
    if (name.empty() || name == "\\" || name == "begin" || name == "end") return fail();
    if (name == "left" || name == "right" || name == "big" || name == "Big" || name == "bigl" ||
        name == "bigr" || name == "Bigl" || name == "Bigr") {
        skip_spaces();
        if (at_ < tex_.size() && tex_[at_] == '.') {
            ++at_;
            return {};
        }
        return one();
    }
    const MathSign* sign = math_sign(name);
    if (sign == nullptr) return named(name);
    if (sign->space == MathSpace::kBoth) {
        skip_spaces();
        return " " + std::string(sign->text) + " ";
    }
    if (sign->space == MathSpace::kBehind) {
        skip_spaces();
        const bool joins = at_ < tex_.size() &&
                           std::string_view("({[^_|,)}").find(tex_[at_]) != std::string_view::npos;
        return std::string(sign->text) + (joins ? "" : " ");
    }
    return std::string(sign->text);
}

/// Commands that take something.
std::string MathReader::named(std::string_view name) {
    if (name == "frac" || name == "dfrac" || name == "tfrac") {
        const std::string above = one();
        return held(above) + "/" + held(one());
    }
    if (name == "binom") {
        const std::string above = one();
        return "(" + above + " over " + one() + ")";
    }
    if (name == "sqrt") return root();
    if (name == "text" || name == "textbf" || name == "textit" || name == "textrm" ||
        name == "mbox" || name == "operatorname")
        return verbatim_group();
    if (name == "mathbb") {
        const std::string letter = one();
        const std::string_view struck = double_struck(letter);
        return struck.empty() ? letter : std::string(struck);
    }
    constexpr std::array kFaces = {"mathrm", "mathbf", "mathit",     "mathcal", "mathsf",
                                   "mathtt", "bm",     "boldsymbol", "mathfrak"};
    if (std::find(kFaces.begin(), kFaces.end(), name) != kFaces.end()) return one();
    const std::string_view accent = combining_accent(name);
    if (accent.empty()) return fail();
    const std::string base = one();
    if (characters(base).size() == 1) return base + std::string(accent);
    return std::string(name) + "(" + base + ")";
}

std::string MathReader::root() {
    std::string sign = "√";
    skip_spaces();
    if (at_ < tex_.size() && tex_[at_] == '[') {
        const std::size_t close = tex_.find(']', at_);
        if (close == std::string_view::npos) return fail();
        const std::string degree(tex_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
        sign = degree == "3" ? "∛" : degree == "4" ? "∜" : script(degree, true) + "√";
    }
    return sign + held(one());
}

/// Words: spaces in them stay.
std::string MathReader::verbatim_group() {
    skip_spaces();
    const std::size_t close = tex_.find('}', at_);
    if (at_ >= tex_.size() || tex_[at_] != '{' || close == std::string_view::npos) return fail();
    const std::string_view words = tex_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    if (words.find_first_of("{\\$") != std::string_view::npos) return fail();
    return std::string(words);
}

}  // namespace

std::optional<std::string> math_text(std::string_view tex) {
    if (trimmed(tex).empty()) return std::nullopt;
    return MathReader(tex).read_all();
}

}  // namespace lectern
