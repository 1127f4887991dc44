#include "app/core/citations.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace lectern {
namespace {

constexpr double kLeastShare = 0.5;
constexpr double kAsMuch = 0.05;
constexpr std::size_t kMostPassages = 3;

/// English words that say nothing about a topic.
const std::unordered_set<std::string>& stop_words() {
    static const std::unordered_set<std::string> kWords = {
        "a",         "an",       "the",   "of",       "in",      "on",        "at",      "to",
        "for",       "from",     "by",    "with",     "and",     "or",        "but",     "not",
        "is",        "are",      "was",   "were",     "be",      "been",      "it",      "its",
        "this",      "that",     "as",    "if",       "then",    "than",      "so",      "do",
        "does",      "did",      "has",   "have",     "had",     "can",       "will",    "would",
        "could",     "should",   "may",   "also",     "which",   "who",       "whom",    "what",
        "when",      "where",    "there", "their",    "they",    "he",        "she",     "his",
        "her",       "you",      "your",  "we",       "our",     "i",         "answer",  "passages",
        "according", "question", "based", "provided", "passage", "documents", "document"};
    return kWords;
}

using BreakIterator = std::unique_ptr<icu::BreakIterator>;

/// Calls on_piece(begin, end, rule status) for every piece that `iterator` cuts text into; byte
/// offsets.
template <class OnPiece>
void for_each_piece(std::string_view text, const BreakIterator& iterator, OnPiece on_piece) {
    UErrorCode status = U_ZERO_ERROR;
    UText* utext =
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status);
    if (U_FAILURE(status)) return;
    iterator->setText(utext, status);
    std::int32_t begin = iterator->first();
    for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
         end = iterator->next()) {
        on_piece(static_cast<std::size_t>(begin), static_cast<std::size_t>(end),
                 iterator->getRuleStatus());
        begin = end;
    }
    utext_close(utext);
}

/// Content words, case-folded, a plural or verb "s" dropped.
std::unordered_set<std::string> content_words(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const BreakIterator iterator(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    std::unordered_set<std::string> words;
    for_each_piece(text, iterator, [&](std::size_t begin, std::size_t end, std::int32_t kind) {
        if (kind < UBRK_WORD_NUMBER) return;
        std::string word;
        icu::UnicodeString::fromUTF8({text.data() + begin, static_cast<std::int32_t>(end - begin)})
            .foldCase()
            .toUTF8String(word);
        if (stop_words().count(word) > 0) return;
        if (word.size() > 3 && word.back() == 's') word.pop_back();
        words.insert(std::move(word));
    });
    return words;
}

}  // namespace

SentenceCiter::SentenceCiter(const std::vector<std::string>& passages) {
    for (const std::string& passage : passages) {
        words_.push_back(content_words(passage));
        for (const std::string& word : words_.back()) ++n_passages_with_[word];
    }
}

std::vector<CitedSentence> SentenceCiter::cite(std::string_view answer, bool complete) const {
    UErrorCode status = U_ZERO_ERROR;
    const BreakIterator iterator(
        icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
    std::vector<CitedSentence> sentences;
    for_each_piece(answer, iterator, [&](std::size_t begin, std::size_t end, std::int32_t) {
        if (!complete && end == answer.size()) return;
        const std::string_view sentence = answer.substr(begin, end - begin);
        const std::size_t last = sentence.find_last_not_of(" \t\r\n");
        if (last == std::string_view::npos) return;
        sentences.push_back({begin + last + 1, passages_of(sentence)});
    });
    return sentences;
}

std::vector<int> SentenceCiter::passages_of(std::string_view sentence) const {
    const std::unordered_set<std::string> words = content_words(sentence);
    double total = 0;
    for (const std::string& word : words) total += weight(word);
    if (total <= 0) return {};
    std::vector<std::pair<double, int>> shares;
    for (std::size_t p = 0; p < words_.size(); ++p) {
        double held = 0;
        for (const std::string& word : words)
            if (words_[p].count(word) > 0) held += weight(word);
        shares.emplace_back(held / total, static_cast<int>(p) + 1);
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<int> numbers;
    for (const auto& [share, number] : shares)
        if (share >= kLeastShare && share >= shares.front().first - kAsMuch &&
            numbers.size() < kMostPassages)
            numbers.push_back(number);
    return numbers;
}

double SentenceCiter::weight(const std::string& word) const {
    const auto found = n_passages_with_.find(word);
    const int n_with = found == n_passages_with_.end() ? 0 : found->second;
    return std::log((static_cast<double>(words_.size()) + 1.0) / (n_with + 0.5));
}

}  // namespace lectern
