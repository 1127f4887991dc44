// An evaluation on a tiny random model: its cases, a token a byte.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/core/eval.h"
#include "tests/fusion/tiny_reading.h"
#include "tests/support/plain_tokenizer.h"

namespace lectern::test {

/// A token a byte, folded into the tiny models' vocabulary.
class ByteTokenizer : public PlainTokenizer {
  public:
    explicit ByteTokenizer(int vocab_size) : vocab_size_(vocab_size) {}
    std::vector<TokenId> encode(std::string_view text) const override {
        std::vector<TokenId> ids;
        for (const unsigned char c : text) ids.push_back(c % vocab_size_);
        return ids;
    }
    std::string piece(TokenId id) const override {
        return std::string(1, static_cast<char>('@' + id));
    }
    int vocab_size() const override { return vocab_size_; }

  private:
    int vocab_size_;
};

inline std::vector<EvalCase> tiny_cases() {
    const std::string a = "Hannibal and Scipio is a play.", b = "Nabbes went to Exeter College.",
                      c = "Thomas Nabbes wrote it in 1635.";
    return {{"Where did its author go?", {"Exeter College"}, {{"", a}, {"", b}, {"", c}}, {}},
            {"Who wrote it?", {"Thomas Nabbes", "Nabbes"}, {{"", c}, {"", a}}, {}},
            {"When?", {"1635"}, {{"", b}, {"", c}, {"", a}, {"", a + b + c}}, {}}};
}

struct TinyEval {
    explicit TinyEval(const std::string& model = "llama")
        : reading(model),
          tokenizer(reading.model->config().vocab_size),
          engine{*reading.model,
                 tokenizer,
                 {},
                 [this](const EvalCase& item) {
                     PromptSegments prompt{{SegmentKind::kPrefix, tokenizer.encode("Read:")}};
                     for (const PlanTurn& turn : item.history)
                         prompt.push_back({SegmentKind::kHistory, tokenizer.encode(turn.question)});
                     for (const EvalPassage& passage : item.passages)
                         prompt.push_back({SegmentKind::kPassage, tokenizer.encode(passage.text)});
                     prompt.push_back({SegmentKind::kQuestion, tokenizer.encode(item.question)});
                     return Result<PromptSegments>(std::move(prompt));
                 },
                 [this](const EvalPassage& passage) { return tokenizer.encode(passage.text); }} {}

    Result<EvalReport> run(const EvalOptions& options, std::stop_token stop = {}) {
        return run_eval(options, tiny_cases(), engine, {}, std::move(stop));
    }

    TinyReading reading;
    ByteTokenizer tokenizer;
    EvalEngine engine;
};

}  // namespace lectern::test
