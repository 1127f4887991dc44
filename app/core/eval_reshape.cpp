#include "app/core/eval_reshape.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <utility>

#include "retrieval/chunk/sentences.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

std::string_view piece(const std::string& text, const Stretch& at) {
    return std::string_view(text).substr(at.begin, at.size());
}

struct Sentence {
    Stretch at;
    int n_tokens = 0;
};

/// Sentences of the text; those of more than n tokens in parts of about n.
std::vector<Sentence> sentences_of(const std::string& text, int n, const CountTokens& count) {
    std::vector<Sentence> sentences;
    for (const Stretch& at : split_sentences(text)) {
        const int n_tokens = count(piece(text, at));
        if (n_tokens <= n) {
            sentences.push_back({at, n_tokens});
            continue;
        }
        const std::size_t n_chars = count_code_points(piece(text, at));
        const auto max_chars = std::max(static_cast<int>(n_chars * static_cast<std::size_t>(n) /
                                                         static_cast<std::size_t>(n_tokens)),
                                        1);
        for (const Stretch& part : cut_long(text, {at}, max_chars))
            sentences.push_back({part, count(piece(text, part))});
    }
    return sentences;
}

/// " lower case words " of letters and digits.
std::string words_of(std::string_view utf8) {
    const icu::UnicodeString lower =
        icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())})
            .toLower(icu::Locale::getRoot());
    std::string words = " ";
    for (int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
        const UChar32 c = lower.char32At(i);
        if (u_isalnum(c))
            icu::UnicodeString(c).toUTF8String(words);
        else if (words.back() != ' ')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

bool supports(const EvalCase& item, const EvalPassage& passage) {
    const auto& titles = item.supporting_titles;
    if (!titles.empty())
        return std::find(titles.begin(), titles.end(), passage.title) != titles.end();
    const std::string text = words_of(passage.text);
    return std::any_of(item.answers.begin(), item.answers.end(), [&](const std::string& answer) {
        const std::string words = words_of(answer);
        return words != " " && text.find(words) != std::string::npos;
    });
}

Status add_history(std::vector<EvalCase>& cases) {
    if (cases.size() < 2)
        return fail(ErrorCode::kInvalidArgument,
                    "A case's earlier turn is the case before it, and there is only one.");
    const EvalCase* before = &cases.back();
    for (EvalCase& item : cases) {
        if (before->answers.empty())
            return fail(ErrorCode::kInvalidArgument,
                        "An earlier turn is answered from its references, and there are none.");
        item.history = {{before->question, before->answers.front()}};
        before = &item;
    }
    return {};
}

}  // namespace

Status reshape(std::vector<EvalCase>& cases, const EvalShape& shape, const CountTokens& count) {
    for (EvalCase& item : cases) {
        if (shape.chunk_tokens > 0) {
            std::vector<EvalPassage> chunks;
            for (const EvalPassage& passage : item.passages)
                for (EvalPassage& chunk : cut_passage(passage, shape.chunk_tokens, count))
                    chunks.push_back(std::move(chunk));
            item.passages = std::move(chunks);
        }
        if (shape.n_passages > 0) item.passages = choose_passages(item, shape.n_passages);
    }
    return shape.has_history ? add_history(cases) : Status{};
}

std::vector<EvalPassage> cut_passage(const EvalPassage& passage, int n, const CountTokens& count) {
    std::vector<Sentence> chunks;
    for (const Sentence& sentence : sentences_of(passage.text, n, count)) {
        if (chunks.empty() || chunks.back().n_tokens + sentence.n_tokens > n) {
            chunks.push_back(sentence);
            continue;
        }
        chunks.back().at.end = sentence.at.end;
        chunks.back().n_tokens += sentence.n_tokens;
    }
    if (chunks.size() > 1 && 4 * chunks.back().n_tokens < n) {
        chunks[chunks.size() - 2].at.end = chunks.back().at.end;
        chunks.pop_back();
    }
    std::vector<EvalPassage> out;
    for (const Sentence& chunk : chunks) {
        std::string text(trimmed(piece(passage.text, chunk.at)));
        std::string before(trimmed(std::string_view(passage.text).substr(0, chunk.at.begin)));
        if (!text.empty()) out.push_back({passage.title, std::move(text), std::move(before)});
    }
    return out;
}

std::vector<EvalPassage> choose_passages(const EvalCase& item, int n) {
    std::vector<std::size_t> order;  // supporting ones first, then by place
    for (std::size_t i = 0; i < item.passages.size(); ++i) order.push_back(i);
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return supports(item, item.passages[i]); });
    order.resize(std::min(order.size(), static_cast<std::size_t>(n)));
    std::sort(order.begin(), order.end());
    std::vector<EvalPassage> chosen;
    chosen.reserve(order.size());
    for (const std::size_t i : order) chosen.push_back(item.passages[i]);
    return chosen;
}

std::string suffix_of(const EvalShape& shape) {
    std::string suffix;
    if (shape.n_passages > 0) suffix += "-" + std::to_string(shape.n_passages) + "-passages";
    if (shape.chunk_tokens > 0) suffix += "-" + std::to_string(shape.chunk_tokens) + "-tokens";
    if (shape.has_history) suffix += "-history";
    return suffix;
}

}  // namespace lectern
