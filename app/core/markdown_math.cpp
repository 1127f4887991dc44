#include "app/core/markdown_math.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "app/core/math_text.h"

namespace lectern {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80); }

std::size_t run_length(std::string_view text, std::size_t at) {
    const std::size_t end = text.find_first_not_of(text[at], at);
    return std::min(end, text.size()) - at;
}

/// Behind the fenced block whose fence begins at `at`; kNone: there is no fence.
std::size_t behind_fence(std::string_view text, std::size_t at) {
    const std::size_t length = run_length(text, at);
    if (length < 3) return kNone;
    const std::string fence(length, text[at]);
    std::size_t line = text.find('\n', at);
    while (line != kNone) {
        const std::size_t first = text.find_first_not_of(" >", line + 1);
        if (first != kNone && text.substr(first).starts_with(fence))
            return std::min(text.find('\n', first), text.size());
        line = text.find('\n', line + 1);
    }
    return text.size();
}

/// Behind the code span that begins at `at`; kNone: nothing closes it.
std::size_t behind_code(std::string_view text, std::size_t at) {
    const std::size_t length = run_length(text, at);
    for (std::size_t next = at + length; (next = text.find('`', next)) != kNone;) {
        const std::size_t n = run_length(text, next);
        next += n;
        if (n == length) return next;
    }
    return kNone;
}

/// The end of [begin, …) before an empty line.
std::size_t paragraph_end(std::string_view text, std::size_t begin) {
    return std::min(text.find("\n\n", begin), text.size());
}

struct Delimited {
    std::size_t end = 0;  ///< behind the closing delimiter
    std::string_view tex;
};

std::optional<Delimited> closed_by(std::string_view text, std::size_t inside,
                                   std::string_view close) {
    const std::size_t at = text.substr(0, paragraph_end(text, inside)).find(close, inside);
    if (at == kNone || at == inside) return std::nullopt;
    return Delimited{at + close.size(), text.substr(inside, at - inside)};
}

/// $…$: as Pandoc tells it from money.
std::optional<Delimited> dollars(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return std::nullopt;
    if (text[at + 1] == '$') return closed_by(text, at + 2, "$$");
    if (is_space(text[at + 1]) || (at > 0 && is_alnum(text[at - 1]))) return std::nullopt;
    const std::size_t end = paragraph_end(text, at);
    for (std::size_t close = at + 2; close < end; ++close) {
        if (text[close] == '\\') {
            ++close;
        } else if (text[close] == '$') {
            const bool closes = !is_space(text[close - 1]) &&
                                (close + 1 == text.size() || !is_digit(text[close + 1]));
            if (!closes) return std::nullopt;
            return Delimited{close + 1, text.substr(at + 1, close - at - 1)};
        }
    }
    return std::nullopt;
}

std::optional<Delimited> formula_at(std::string_view text, std::size_t at) {
    if (text[at] == '$') return dollars(text, at);
    if (text.substr(at).starts_with("\\(")) return closed_by(text, at + 2, "\\)");
    if (text.substr(at).starts_with("\\[")) {
        // "\[1\]" is an escaped bracket: a formula has more in it than digits.
        auto formula = closed_by(text, at + 2, "\\]");
        if (formula && std::all_of(formula->tex.begin(), formula->tex.end(), is_digit))
            return std::nullopt;
        return formula;
    }
    return std::nullopt;
}

bool begins_line(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '>')) --at;
    return at == 0 || text[at - 1] == '\n';
}

}  // namespace

std::vector<MathSpan> math_spans(std::string_view markdown) {
    std::vector<MathSpan> spans;
    for (std::size_t at = 0; (at = markdown.find_first_of("`~\\$", at)) != kNone;) {
        const char c = markdown[at];
        if (c == '`' || c == '~') {
            std::size_t behind = begins_line(markdown, at) ? behind_fence(markdown, at) : kNone;
            if (behind == kNone && c == '`') behind = behind_code(markdown, at);
            at = behind == kNone ? at + run_length(markdown, at) : behind;
            continue;
        }
        if (const auto formula = formula_at(markdown, at)) {
            const std::string_view written = markdown.substr(at, formula->end - at);
            spans.push_back(
                {at, formula->end, math_text(formula->tex).value_or(std::string(written))});
            at = formula->end;
        } else {
            at += c == '\\' ? 2 : run_length(markdown, at);
        }
    }
    return spans;
}

std::string without_math(std::string_view markdown, const std::vector<MathSpan>& spans) {
    std::string out(markdown);
    for (const MathSpan& span : spans) {
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(span.begin),
                  out.begin() + static_cast<std::ptrdiff_t>(span.end), 'm');
        out.replace(span.begin, kMathMark.size(), kMathMark);
    }
    return out;
}

}  // namespace lectern
