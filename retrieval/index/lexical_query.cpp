#include "retrieval/index/lexical_query.h"

#include <algorithm>
#include <array>
#include <vector>

#include "retrieval/index/terms.h"

namespace lectern {
namespace {

/// Beyond these a question is a text; its first terms say enough.
constexpr std::size_t kMaxTerms = 96;

/// Sorted. Contractions fall into pieces ("don't" → don, t), hence the single letters.
constexpr auto kStopWords = std::to_array<std::string_view>(
    {"a",     "about", "after", "all",    "also",   "am",    "an",     "and",   "any",   "are",
     "as",    "at",    "be",    "been",   "before", "being", "both",   "but",   "by",    "can",
     "could", "d",     "did",   "do",     "does",   "doing", "during", "each",  "for",   "from",
     "had",   "has",   "have",  "having", "he",     "her",   "here",   "hers",  "him",   "his",
     "how",   "i",     "if",    "in",     "into",   "is",    "it",     "its",   "ll",    "m",
     "me",    "my",    "no",    "not",    "of",     "on",    "or",     "our",   "ours",  "re",
     "s",     "shall", "she",   "should", "so",     "some",  "such",   "t",     "than",  "that",
     "the",   "their", "them",  "then",   "there",  "these", "they",   "this",  "those", "to",
     "too",   "us",    "ve",    "was",    "we",     "were",  "what",   "when",  "where", "which",
     "while", "who",   "whom",  "whose",  "why",    "will",  "with",   "would", "you",   "your"});
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

bool is_stop_word(const std::string& term) {
    return std::binary_search(kStopWords.begin(), kStopWords.end(), std::string_view(term));
}

/// Terms hold letters, digits and marks only: quoting makes AND, OR, NOT and NEAR words as well.
std::string quoted(std::string_view words) { return '"' + std::string(words) + '"'; }

std::vector<std::string> distinct_terms(std::string_view text) {
    std::vector<std::string> terms;
    for (Term& term : terms_of(text, TermUse::kQuery))
        if (std::find(terms.begin(), terms.end(), term.text) == terms.end())
            terms.push_back(std::move(term.text));
    return terms;
}

std::vector<std::string> phrases(std::string_view text) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t open = text.find('"');
        const std::size_t close = open == text.npos ? open : text.find('"', open + 1);
        if (close == text.npos) return out;
        std::string phrase;
        std::size_t n_terms = 0;
        for (const Term& term :
             terms_of(text.substr(open + 1, close - open - 1), TermUse::kQuery)) {
            phrase += (phrase.empty() ? "" : " ") + term.text;
            ++n_terms;
        }
        if (n_terms > 1) out.push_back(phrase);
        text.remove_prefix(close + 1);
    }
}

}  // namespace

std::vector<std::string> content_terms(std::string_view text) {
    std::vector<std::string> terms = distinct_terms(text);
    if (!std::all_of(terms.begin(), terms.end(), is_stop_word)) std::erase_if(terms, is_stop_word);
    return terms;
}

std::optional<std::string> lexical_query(std::string_view text) {
    std::vector<std::string> terms = content_terms(text);
    if (terms.empty()) return std::nullopt;
    for (std::string& phrase : phrases(text)) terms.insert(terms.begin(), std::move(phrase));
    terms.resize(std::min(terms.size(), kMaxTerms));
    std::string expression;
    for (const std::string& term : terms)
        expression += (expression.empty() ? "" : " OR ") + quoted(term);
    return expression;
}

}  // namespace lectern
