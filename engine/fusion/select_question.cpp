// "question": the rows that the question attends to most (question_masses), wherever they are.
#include "engine/fusion/question_masses.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectQuestion : public TokenSelector {
  public:
    std::string_view name() const override { return "question"; }
    bool reads_question() const override { return true; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_ASSIGN(const QuestionMasses masses, question_masses(context));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        return ranked_rows(context.candidates, masses.weighed(1), masses.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question() { return std::make_unique<SelectQuestion>(); }

}  // namespace lectern
