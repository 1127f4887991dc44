#include "app/core/eval_metrics.h"

#include <libstemmer.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

namespace lectern {
namespace {

/// The first line that is not blank.
std::string_view first_line(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
    return text.substr(0, text.find('\n'));
}

bool is_ascii_punctuation(UChar32 c) { return c < 0x80 && std::ispunct(c) != 0; }
bool is_ascii_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::vector<std::string> squad_tokens(std::string_view text) {
    const icu::UnicodeString lower =
        icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())})
            .toLower(icu::Locale::getRoot());
    std::vector<std::string> tokens;
    std::string token;
    const auto end_token = [&] {
        if (!token.empty() && token != "a" && token != "an" && token != "the")
            tokens.push_back(token);
        token.clear();
    };
    for (int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
        const UChar32 c = lower.char32At(i);
        if (u_isUWhiteSpace(c))
            end_token();
        else if (!is_ascii_punctuation(c))
            icu::UnicodeString(c).toUTF8String(token);
    }
    end_token();
    return tokens;
}

double f_measure(double n_same, std::size_t n_answer, std::size_t n_reference) {
    if (n_same == 0) return 0;
    const double precision = n_same / static_cast<double>(n_answer);
    const double recall = n_same / static_cast<double>(n_reference);
    return 2 * precision * recall / (precision + recall);
}

double bag_f1(const std::vector<std::string>& answer, const std::vector<std::string>& reference) {
    if (answer.empty() || reference.empty()) return answer == reference ? 1 : 0;
    std::map<std::string_view, int> left;
    for (const std::string& token : reference) ++left[token];
    int n_same = 0;
    for (const std::string& token : answer) n_same += left[token]-- > 0 ? 1 : 0;
    return f_measure(n_same, answer.size(), reference.size());
}

class PorterStemmer {
  public:
    PorterStemmer() : stemmer_(sb_stemmer_new("porter", "UTF_8"), sb_stemmer_delete) {
        assert(stemmer_);
    }
    std::string stem(const std::string& word) {
        const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
        const sb_symbol* stemmed =
            sb_stemmer_stem(stemmer_.get(), symbols, static_cast<int>(word.size()));
        return {reinterpret_cast<const char*>(stemmed),
                static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
    }

  private:
    std::unique_ptr<sb_stemmer, void (*)(sb_stemmer*)> stemmer_;
};

std::vector<std::string> rouge_tokens(std::string_view text, PorterStemmer& stemmer) {
    constexpr std::size_t kLongestUnstemmed = 3;
    std::vector<std::string> tokens;
    std::string token;
    const auto end_token = [&] {
        if (token.size() > kLongestUnstemmed) token = stemmer.stem(token);
        if (!token.empty()) tokens.push_back(token);
        token.clear();
    };
    for (char c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (is_ascii_alnum(c))
            token += c;
        else
            end_token();
    }
    end_token();
    return tokens;
}

int longest_common_subsequence(const std::vector<std::string>& a,
                               const std::vector<std::string>& b) {
    std::vector<int> above(b.size() + 1, 0);  // row i − 1 of the table
    std::vector<int> row(b.size() + 1, 0);
    for (const std::string& token : a) {
        for (std::size_t j = 0; j < b.size(); ++j)
            row[j + 1] = token == b[j] ? above[j] + 1 : std::max(row[j], above[j + 1]);
        std::swap(above, row);
    }
    return above.back();
}

}  // namespace

double token_f1(std::string_view answer, std::span<const std::string> references) {
    const std::vector<std::string> tokens = squad_tokens(first_line(answer));
    double best = 0;
    for (const std::string& reference : references)
        best = std::max(best, bag_f1(tokens, squad_tokens(reference)));
    return best;
}

bool contains_answer(std::string_view answer, std::span<const std::string> references) {
    const std::vector<std::string> tokens = squad_tokens(answer);
    return std::any_of(references.begin(), references.end(), [&](const std::string& reference) {
        const std::vector<std::string> wanted = squad_tokens(reference);
        return !wanted.empty() && std::search(tokens.begin(), tokens.end(), wanted.begin(),
                                              wanted.end()) != tokens.end();
    });
}

double rouge_l(std::string_view answer, std::span<const std::string> references) {
    PorterStemmer stemmer;
    const std::vector<std::string> tokens = rouge_tokens(answer, stemmer);
    double best = 0;
    for (const std::string& reference : references) {
        const std::vector<std::string> expected = rouge_tokens(reference, stemmer);
        const int n_same = longest_common_subsequence(tokens, expected);
        best = std::max(best, f_measure(n_same, tokens.size(), expected.size()));
    }
    return best;
}

int top_token(std::span<const float> logits) {
    return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

double mean(std::span<const double> values) {
    if (values.empty()) return 0;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace lectern
