#include "app/core/prompt_plan.h"

#include <algorithm>

#include "resources/system_prompt.h"

namespace lectern {
namespace {

void append(std::vector<TokenId>& ids, const std::vector<TokenId>& more) {
    ids.insert(ids.end(), more.begin(), more.end());
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string trimmed(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string() : std::string(text.substr(0, end + 1));
}

}  // namespace

PromptPlanner::PromptPlanner(const Tokenizer& tokenizer, const ChatTemplate& chat_template)
    : tokenizer_(&tokenizer),
      template_(&chat_template),
      prefix_(chat_template.begin(trimmed(kSystemPrompt))) {}

std::vector<TokenId> PromptPlanner::passage_tokens(const PlanPassage& passage) const {
    const std::string head = passage.heading.empty() ? "" : passage.heading + "\n";
    return tokenizer_->encode(head + passage.text + "\n\n");
}

Result<PromptPlan> PromptPlanner::plan(const PlanRequest& request, int budget) const {
    int left = budget - static_cast<int>(prefix_.size());
    LECTERN_ASSIGN(std::vector<TokenId> question, question_tokens(request, left));
    left -= static_cast<int>(question.size());
    PromptPlan plan;
    plan.segments.push_back({SegmentKind::kPrefix, prefix_});

    // History may take a quarter of what is left: passages are what the answer rests on.
    std::size_t first_turn = 0;
    std::vector<TokenId> history = history_tokens(request.history, first_turn);
    while (first_turn < request.history.size() && static_cast<int>(history.size()) > left / 4)
        history = history_tokens(request.history, ++first_turn);
    plan.dropped_turns = static_cast<int>(first_turn);
    left -= static_cast<int>(history.size());
    if (!history.empty()) plan.segments.push_back({SegmentKind::kHistory, std::move(history)});
    add_passages_and_question(plan, request, std::move(question), left);
    return plan;
}

Result<PromptPlan> PromptPlanner::plan_turn(const PlanRequest& request,
                                            std::vector<TokenId> opening, int budget) const {
    int left = budget - static_cast<int>(opening.size());
    LECTERN_ASSIGN(std::vector<TokenId> question, question_tokens(request, left));
    left -= static_cast<int>(question.size());
    PromptPlan plan;
    if (!opening.empty()) plan.segments.push_back({SegmentKind::kHistory, std::move(opening)});
    add_passages_and_question(plan, request, std::move(question), left);
    return plan;
}

Result<std::vector<TokenId>> PromptPlanner::question_tokens(const PlanRequest& request,
                                                            int room) const {
    if (is_blank(request.question))
        return fail(ErrorCode::kInvalidArgument, "The question is empty.",
                    "Type what you want to know.");
    std::vector<TokenId> question = tokenizer_->encode("Question: " + request.question);
    if (!request.instructions.empty())
        append(question, tokenizer_->encode("\n" + request.instructions));
    append(question, template_->open_answer());
    if (static_cast<int>(question.size()) > room)
        return fail(ErrorCode::kTooLong,
                    "The question has " + std::to_string(question.size()) +
                        " tokens, but the context has room for " +
                        std::to_string(std::max(room, 0)) + ".",
                    "Shorten it, or put the text into a document and ask about that.");
    return question;
}

/// Fills `room` tokens at most with passages, from the last one backwards.
void PromptPlanner::add_passages_and_question(PromptPlan& plan, const PlanRequest& request,
                                              std::vector<TokenId> question, int room) const {
    std::vector<std::vector<TokenId>> passages;  // from the question backwards
    for (auto passage = request.passages.rbegin(); passage != request.passages.rend(); ++passage) {
        std::vector<TokenId> ids = passage_tokens(*passage);
        if (static_cast<int>(ids.size()) > room) break;
        room -= static_cast<int>(ids.size());
        passages.push_back(std::move(ids));
    }
    plan.n_passages = static_cast<int>(passages.size());
    plan.dropped_passages = static_cast<int>(request.passages.size()) - plan.n_passages;
    for (auto ids = passages.rbegin(); ids != passages.rend(); ++ids)
        plan.segments.push_back({SegmentKind::kPassage, std::move(*ids)});
    plan.segments.push_back({SegmentKind::kQuestion, std::move(question)});
    for (const PromptSegment& segment : plan.segments)
        plan.n_tokens += static_cast<int>(segment.ids.size());
}

/// Past turns without their passages: question, answer, and the next user turn opened.
std::vector<TokenId> PromptPlanner::history_tokens(const std::vector<PlanTurn>& history,
                                                   std::size_t first) const {
    std::vector<TokenId> ids;
    for (std::size_t t = first; t < history.size(); ++t) {
        append(ids, tokenizer_->encode("Question: " + history[t].question));
        append(ids, template_->open_answer());
        append(ids, tokenizer_->encode(history[t].answer));
        append(ids, template_->next_turn());
    }
    return ids;
}

}  // namespace lectern
