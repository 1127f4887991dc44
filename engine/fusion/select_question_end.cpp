// "question-value": the rows that move the question most, by its attention times their values'
// length, its last row counting as much as all of its rows together. What a row errs by behind
// other text grows with its length; many that are attended to have next to none. "question-end": by
// the attention alone. The answer's first token comes from the last row, and errs the most; the
// others are what it, and the rest of the answer, goes by.
#include "engine/fusion/question_probe.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectQuestionEnd : public TokenSelector {
  public:
    explicit SelectQuestionEnd(RowWeight weight) : weight_(weight) {}
    std::string_view name() const override {
        return weight_ == RowWeight::kValue ? "question-value" : "question-end";
    }
    bool reads_question() const override { return true; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_ASSIGN(const QuestionProbe probe, probe_question(context, weight_));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        // Every row gives as much, so that one weighs as all do with their number.
        const float last_weight = 1.0f + static_cast<float>(context.layout.question.size());
        return ranked_rows(context.candidates, probe.weighed(last_weight), probe.budget);
    }

  private:
    RowWeight weight_;
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question_end() {
    return std::make_unique<SelectQuestionEnd>(RowWeight::kAttention);
}

std::unique_ptr<TokenSelector> make_select_question_value() {
    return std::make_unique<SelectQuestionEnd>(RowWeight::kValue);
}

}  // namespace lectern
