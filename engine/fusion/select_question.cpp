// "question": the rows that the question attends to most (question_probe.h), wherever they are.
#include "engine/fusion/question_probe.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

class SelectQuestion : public TokenSelector {
  public:
    std::string_view name() const override { return "question"; }
    bool reads_question() const override { return true; }
    Result<std::vector<std::int32_t>> rank(const SelectionContext& context) override {
        if (context.budget == 0) return std::vector<std::int32_t>{};
        LECTERN_ASSIGN(const QuestionProbe probe, probe_question(context, RowWeight::kAttention));
        const PhaseClock::Scope selecting = context.clock.in(ReadPhase::kSelect);
        return ranked_rows(context.candidates, probe.weighed(1), probe.budget);
    }
};

}  // namespace

std::unique_ptr<TokenSelector> make_select_question() { return std::make_unique<SelectQuestion>(); }

}  // namespace lectern
