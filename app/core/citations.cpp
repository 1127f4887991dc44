#include "app/core/citations.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "retrieval/chunk/sentences.h"

namespace lectern {
namespace {

constexpr double kLeastOverlap = 0.5;
constexpr double kConfirmed = 0.2;  ///< least overlap with a passage that was attended to
constexpr double kLeastAttentionShare = 0.2;
/// Mean weight of a token on all passages below which it is nothing: the chosen heads then look
/// elsewhere, and what is left is noise.
constexpr double kLeastWeight = 0.02;
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

std::size_t trimmed_size(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    return last == std::string_view::npos ? 0 : last + 1;
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

SentenceCiter::SentenceCiter(const std::vector<CitablePassage>& passages) {
    for (const CitablePassage& passage : passages) {
        Passage& own = passages_.emplace_back();
        own.words = content_words(passage.heading + " " + passage.text);
        for (const std::string& word : own.words) ++n_passages_with_[word];
        for (const Stretch& sentence : split_sentences(passage.text)) {
            const std::string_view text =
                std::string_view(passage.text).substr(sentence.begin, sentence.size());
            own.sentences.push_back(
                {{sentence.begin, sentence.begin + trimmed_size(text)}, content_words(text)});
        }
    }
}

std::vector<CitedSentence> SentenceCiter::cite(std::string_view answer, bool complete,
                                               const AnswerAttention* attention) const {
    std::vector<CitedSentence> sentences;
    for (const Stretch& stretch : split_sentences(answer)) {
        if (!complete && stretch.end == answer.size()) break;
        const std::string_view text = answer.substr(stretch.begin, stretch.size());
        const std::size_t size = trimmed_size(text);
        if (size == 0) continue;
        Attended attended{attention, {}};
        if (attention != nullptr)
            attended.weights = attention->weights_of(stretch.begin, stretch.begin + size);
        sentences.push_back({stretch.begin + size, {}});
        cite_sentence(text, attended, sentences.back());
    }
    return sentences;
}

void SentenceCiter::cite_sentence(std::string_view text, const Attended& attended,
                                  CitedSentence& out) const {
    const Words words = content_words(text);
    const std::vector<double> attention = attention_shares(attended);
    std::vector<std::pair<double, int>> scores;
    for (std::size_t p = 0; p < passages_.size(); ++p) {
        const double held = overlap(words, passages_[p].words);
        const double least = attention[p] >= kLeastAttentionShare ? kConfirmed : kLeastOverlap;
        if (held >= least) scores.emplace_back(held + attention[p], static_cast<int>(p) + 1);
    }
    std::stable_sort(scores.begin(), scores.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [score, number] : scores) {
        if (score < scores.front().first - kAsMuch || out.numbers.size() == kMostPassages) break;
        out.numbers.push_back(number);
        out.sentences.push_back(most_supporting(number, words, attended));
    }
}

/// Of each passage: its share of the weight on all of them; zeros where there is too little.
std::vector<double> SentenceCiter::attention_shares(const Attended& attended) const {
    std::vector<double> shares(passages_.size(), 0.0);
    double all = 0;
    for (std::size_t s = 0; s < attended.weights.size(); ++s) {
        all += attended.weights[s];
        shares[attended.attention->sources()[s].number - 1] += attended.weights[s];
    }
    for (double& share : shares) share = all < kLeastWeight ? 0 : share / all;
    return shares;
}

CitedText SentenceCiter::most_supporting(int number, const Words& words,
                                         const Attended& attended) const {
    const Passage& passage = passages_[number - 1];
    CitedText best;
    double best_score = 0;
    for (const Sentence& sentence : passage.sentences) {
        double attention = 0, most = 0;
        for (std::size_t s = 0; s < attended.weights.size(); ++s) {
            const SourceSentence& source = attended.attention->sources()[s];
            if (source.number != number || source.end == 0) continue;
            most = std::max(most, attended.weights[s]);
            if (source.begin == sentence.where.begin) attention = attended.weights[s];
        }
        const double score = overlap(words, sentence.words) + (most > 0 ? attention / most : 0);
        if (score > best_score) {
            best_score = score;
            best = sentence.where;
        }
    }
    return best;
}

/// The share of the words' weight that is held; 0 for no words.
double SentenceCiter::overlap(const Words& words, const Words& held) const {
    double total = 0, shared = 0;
    for (const std::string& word : words) {
        total += weight(word);
        if (held.count(word) > 0) shared += weight(word);
    }
    return total > 0 ? shared / total : 0;
}

double SentenceCiter::weight(const std::string& word) const {
    const auto found = n_passages_with_.find(word);
    const int n_with = found == n_passages_with_.end() ? 0 : found->second;
    return std::log((static_cast<double>(passages_.size()) + 1.0) / (n_with + 0.5));
}

}  // namespace lectern
