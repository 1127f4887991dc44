#include "app/core/query_rewrite.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/decode/generator.h"
#include "engine/fusion/fuser.h"
#include "retrieval/document/unicode.h"
#include "retrieval/index/lexical_query.h"
#include "retrieval/index/terms.h"

namespace lectern {
namespace {

constexpr int kMostTokens = 48;
constexpr std::size_t kMostBytes = 300;    ///< of a query
constexpr std::size_t kAnswerBytes = 400;  ///< of the answer before
constexpr std::size_t kFewTerms = 2;       ///< a question of so few of its own is a follow-up

constexpr auto kPronouns = std::to_array<std::string_view>(
    {"it",    "its",    "they",   "them",   "their",  "this",  "these",  "those",  "he",
     "she",   "his",    "him",    "hers",   "one",    "ones",  "former", "latter", "same",
     "er",    "sie",    "ihn",    "ihm",    "ihr",    "ihre",  "ihnen",  "deren",  "dessen",
     "dies",  "diese",  "dieser", "dieses", "diesen", "davon", "dafur",  "damit",  "dazu",
     "daran", "darin",  "dabei",  "jene",   "il",     "elle",  "ils",    "elles",  "cela",
     "ceci",  "celui",  "celle",  "ceux",   "leur",   "lui",   "el",     "ella",   "ellos",
     "ellas", "eso",    "esto",   "ese",    "esta",   "este",  "su",     "sus",    "esso",
     "essa",  "questo", "questa", "quello", "quella", "suo",   "sua",    "loro"});
constexpr auto kBeginnings = std::to_array<std::string_view>(
    {"and",   "but",      "or",   "so",    "then",  "also",     "why",  "und",
     "aber",  "oder",     "dann", "warum", "wieso", "et",       "mais", "ou",
     "alors", "pourquoi", "y",    "pero",  "o",     "entonces", "e",    "ma"});

template <class Words>
bool has(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view first_line(std::string_view text) {
    text = trimmed(text);
    return trimmed(text.substr(0, text.find('\n')));
}

/// Without quotation marks around it and a label like "Question:" before it.
std::string_view without_wrapping(std::string_view line) {
    constexpr std::size_t kLabelBytes = 24;
    const std::size_t colon = line.find(": ");
    if (colon < kLabelBytes) line = trimmed(line.substr(colon + 2));
    while (line.size() > 1 && (line.front() == '"' || line.front() == '*')) line.remove_prefix(1);
    while (line.size() > 1 && (line.back() == '"' || line.back() == '*')) line.remove_suffix(1);
    return line;
}

/// At most so many bytes, cut between characters.
std::string_view beginning(std::string_view text, std::size_t n_bytes) {
    if (text.size() <= n_bytes) return text;
    while (n_bytes > 0 && is_continuation(text[n_bytes])) --n_bytes;
    return text.substr(0, n_bytes);
}

std::vector<TokenId> prompt_tokens(const ModelSession& session, std::string_view question,
                                   std::string_view question_before,
                                   std::string_view answer_before) {
    const std::string text =
        "Earlier question: " + std::string(question_before) +
        "\nAnswer: " + std::string(beginning(answer_before, kAnswerBytes)) +
        "\nNew question: " + std::string(question) +
        "\n\nWrite the new question again so that it can be understood without the earlier one: "
        "put what its words point to in their place. Keep its language. Write the question only.";
    std::vector<TokenId> ids = session.tokenizer().encode(text);
    const std::vector<TokenId> open = session.chat_template().open_answer();
    ids.insert(ids.end(), open.begin(), open.end());
    return ids;
}

}  // namespace

bool leans_on_earlier(std::string_view question) {
    const std::vector<Term> terms = terms_of(question, TermUse::kQuery);
    if (terms.empty()) return true;
    if (has(kBeginnings, terms.front().text)) return true;
    for (const Term& term : terms)
        if (has(kPronouns, term.text)) return true;
    return content_terms(question).size() <= kFewTerms;
}

std::optional<std::string> usable_query(std::string_view written, std::string_view question,
                                        std::string_view question_before) {
    const std::string_view query = without_wrapping(first_line(written));
    if (query.empty() || query.size() > kMostBytes || query == trimmed(question))
        return std::nullopt;
    std::vector<std::string> known = content_terms(question);
    for (std::string& term : content_terms(question_before)) known.push_back(std::move(term));
    for (const std::string& term : content_terms(query))
        if (has(known, term)) return std::string(query);
    return std::nullopt;
}

Result<std::optional<std::string>> rewrite_query(ModelSession& session, std::string_view question,
                                                 std::string_view question_before,
                                                 std::string_view answer_before,
                                                 std::stop_token stop) {
    std::vector<TokenId> prompt = prompt_tokens(session, question, question_before, answer_before);
    const int n_rows = static_cast<int>(prompt.size()) + kMostTokens;
    LECTERN_ASSIGN(KvCache* const cache, session.chunk_cache(n_rows, stop));
    const int n_prefix = cache->size();
    if (n_prefix + n_rows > cache->capacity()) return std::optional<std::string>();
    struct PrefixAlone {
        KvCache* cache;
        int n;
        ~PrefixAlone() { cache->truncate(n); }
    } const prefix_alone{cache, n_prefix};
    LECTERN_ASSIGN(FuseReport report,
                   read_full(session.model(), session.activations(), *cache,
                             {{SegmentKind::kQuestion, std::move(prompt)}}, stop));
    GenerateOptions options;
    options.max_tokens = kMostTokens;
    options.stop_tokens = session.chat_template().stop_tokens();
    options.segment = cache->rows().back().segment + 1;
    options.draft_from = cache->tokens();  // most of its words stand in the prompt
    LECTERN_ASSIGN(const Generated generated,
                   generate(
                       session.model(), session.activations(), *cache, session.tokenizer(),
                       report.logits, options, [](std::string_view) {}, stop));
    if (generated.finish == FinishReason::kCancelled)
        return fail(ErrorCode::kCancelled, "The question was stopped.");
    if (generated.finish != FinishReason::kStop) return std::optional<std::string>();
    return usable_query(generated.text, question, question_before);
}

}  // namespace lectern
