#include "app/core/chat_excerpt.h"

#include <algorithm>

#include "retrieval/document/unicode.h"
#include "retrieval/index/terms.h"

namespace lectern {
namespace {

constexpr std::size_t kCharactersBefore = 24;
constexpr std::size_t kCharactersBehind = 96;

/// The one of the words that the term begins with; nothing: none.
const std::string* beginning(const Term& term, const std::vector<std::string>& words) {
    const auto word = std::find_if(words.begin(), words.end(), [&](const std::string& one) {
        return term.text.starts_with(one);
    });
    return word == words.end() ? nullptr : &*word;
}

std::size_t back(std::string_view text, std::size_t at, std::size_t n_characters) {
    for (; at > 0 && n_characters > 0; --n_characters) {
        --at;
        while (at > 0 && is_continuation(text[at])) --at;
    }
    return at;
}

std::size_t forth(std::string_view text, std::size_t at, std::size_t n_characters) {
    for (; at < text.size() && n_characters > 0; --n_characters) {
        ++at;
        while (at < text.size() && is_continuation(text[at])) ++at;
    }
    return at;
}

/// Line ends and tabs as spaces: places stay.
std::string on_one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return line;
}

/// Moves begin and end, which hold a run of words without spaces (Chinese, Japanese, Korean), to
/// the word itself where it stands there as it was typed.
void narrow(std::string_view text, const std::string& word, std::size_t& begin, std::size_t& end) {
    const std::size_t at = text.substr(begin, end - begin).find(word);
    if (at == std::string_view::npos) return;
    begin += at;
    end = begin + word.size();
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
    std::vector<std::string> words;
    for (Term& term : terms_of(text, TermUse::kQuery))
        if (std::find(words.begin(), words.end(), term.text) == words.end())
            words.push_back(std::move(term.text));
    return words;
}

std::optional<std::string> search_expression(const std::vector<std::string>& words) {
    if (words.empty()) return std::nullopt;
    std::string expression;
    for (const std::string& word : words)
        expression += (expression.empty() ? "\"" : " AND \"") + word + "\" *";
    return expression;
}

std::optional<Excerpt> excerpt(std::string_view text, const std::vector<std::string>& words) {
    const std::string* word = nullptr;
    std::size_t begin = 0, end = 0;
    for (const Term& term : terms_of(text, TermUse::kDocument)) {
        word = beginning(term, words);
        if (word == nullptr) continue;
        begin = term.begin;
        end = term.end;
        if (end - begin > term.text.size()) narrow(text, *word, begin, end);
        break;
    }
    if (word == nullptr) return std::nullopt;
    std::size_t from = back(text, begin, kCharactersBefore);
    const std::size_t to = forth(text, end, kCharactersBehind);
    if (const std::size_t space = text.find(' ', from); from > 0 && space < begin) from = space + 1;
    Excerpt out;
    out.text = (from > 0 ? "…" : "") + on_one_line(text.substr(from, to - from)) +
               (to < text.size() ? "…" : "");
    out.match = begin - from + (from > 0 ? std::string_view("…").size() : 0);
    out.n_match = end - begin;
    return out;
}

}  // namespace lectern
