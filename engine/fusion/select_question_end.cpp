// "question-end": the rows that the question attends to most, its last row counting as much as all
// of its rows together. The answer's first token comes from that row, and errs the most; the others
// are what it, and the rest of the answer, goes by.
#include "engine/fusion/question_masses.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectQuestionEnd : public TokenSelector {
  public:
    std::string_view name() const override { return "question-end"; }
    bool reads_question() const override { return true; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_ASSIGN(const QuestionMasses masses, question_masses(context));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        // Every row gives as much, so that one weighs as all do with their number.
        const float weight = 1.0f + static_cast<float>(masses.n_rows);
        return ranked_rows(context.candidates, masses.weighed(weight), masses.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question_end() {
    return std::make_unique<SelectQuestionEnd>();
}

}  // namespace lectern
