#include "app/core/conversation.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace lectern {
namespace {

int n_passage_tokens(const ConversationTurn& turn) {
    std::size_t n = 0;
    for (const ConversationPassage& passage : turn.passages) n += passage.ids.size();
    return static_cast<int>(n);
}

int n_said_tokens(const ConversationTurn& turn) {
    return static_cast<int>(turn.question_ids.size() + turn.answer_ids.size());
}

}  // namespace

bool Conversation::holds(std::span<const TokenId> passage) const {
    return std::any_of(turns_.begin(), turns_.end(), [&](const ConversationTurn& turn) {
        return std::any_of(
            turn.passages.begin(), turn.passages.end(), [&](const ConversationPassage& held) {
                return std::equal(held.ids.begin(), held.ids.end(), passage.begin(), passage.end());
            });
    });
}

int Conversation::n_tokens() const {
    auto n = static_cast<int>(session_->planner().prefix().size());
    for (const ConversationTurn& turn : turns_) n += n_passage_tokens(turn) + n_said_tokens(turn);
    if (turns_.size() > 1)
        n += static_cast<int>((turns_.size() - 1) * session_->chat_template().next_turn().size());
    return n;
}

std::vector<TokenId> Conversation::opening() const {
    if (turns_.empty()) return {};
    const std::vector<TokenId>& answer = turns_.back().answer_ids;
    const bool is_held = n_held_ == turns_.size();  // else the whole answer is read with its turn
    const auto n_missing = is_held ? n_tokens() - session_->cache().size() : 0;
    assert(n_missing >= 0 && n_missing <= static_cast<int>(answer.size()));
    std::vector<TokenId> ids(answer.end() - n_missing, answer.end());
    const std::vector<TokenId> next = session_->chat_template().next_turn();
    ids.insert(ids.end(), next.begin(), next.end());
    return ids;
}

PromptSegments Conversation::segments_to_hold() const {
    assert(n_held_ < turns_.size());
    const ConversationTurn& turn = turns_[n_held_];
    PromptSegments segments;
    if (n_held_ > 0)
        segments.push_back({SegmentKind::kHistory, session_->chat_template().next_turn()});
    for (const ConversationPassage& passage : turn.passages)
        segments.push_back({SegmentKind::kPassage, passage.ids});
    PromptSegment said{SegmentKind::kQuestion, turn.question_ids};
    said.ids.insert(said.ids.end(), turn.answer_ids.begin(), turn.answer_ids.end());
    segments.push_back(std::move(said));
    return segments;
}

void Conversation::add(ConversationTurn turn) {
    assert(n_held_ == turns_.size());
    turns_.push_back(std::move(turn));
    ++n_held_;
}

void Conversation::shorten(int most_tokens) {
    for (ConversationTurn& turn : turns_) {
        if (n_tokens() <= most_tokens) break;
        turn.lost_passages = turn.lost_passages || !turn.passages.empty();
        turn.passages.clear();
    }
    while (!turns_.empty() && n_tokens() > most_tokens) {
        turns_.erase(turns_.begin());
        ++n_left_;
    }
    rewind();
}

int Conversation::first_with_passages() const {
    const auto first = std::find_if(turns_.begin(), turns_.end(), [](const ConversationTurn& turn) {
        return !turn.lost_passages;
    });
    return n_left_ + static_cast<int>(first - turns_.begin());
}

void Conversation::take_back(int n) {
    n_left_ = std::min(n_left_, n);
    const auto kept = static_cast<std::size_t>(n - n_left_);
    if (kept >= turns_.size()) return;
    turns_.resize(kept);
    if (kept == 0) return rewind();
    if (n_held_ <= kept) return;
    n_held_ = kept;
    session_->cache().truncate(std::min(n_tokens(), session_->cache().size()));
}

void Conversation::replace(std::vector<ConversationTurn> turns) {
    turns_ = std::move(turns);
    n_left_ = 0;
    rewind();
}

SavedConversation Conversation::saved() const {
    SavedConversation saved{session_->model().fingerprint().hex(), {}, n_left_};
    for (const ConversationTurn& turn : turns_) {
        SavedTurn& kept = saved.turns.emplace_back();
        kept.question = turn.question;
        kept.answer = turn.answer;
        kept.answer_ids = turn.answer_ids;
        for (const ConversationPassage& passage : turn.passages)
            kept.chunk_ids.push_back(passage.source.chunk_id);
    }
    return saved;
}

Status Conversation::resume(const SavedConversation& saved, const FindPassage& find) {
    const bool same_model = saved.model == session_->model().fingerprint().hex();
    std::vector<ConversationTurn> turns;
    for (const SavedTurn& kept : saved.turns) {
        ConversationTurn turn{kept.question, kept.answer, {}, {}, kept.answer_ids};
        if (!same_model) turn.answer_ids = session_->tokenizer().encode(kept.answer);
        PlanRequest request;
        request.question = kept.question;
        LECTERN_ASSIGN(PromptPlan plan,
                       session_->planner().plan_turn(request, {}, session_->context()));
        turn.question_ids = std::move(plan.segments.back().ids);
        for (const std::int64_t chunk_id : kept.chunk_ids) {
            Result<ConversationPassage> passage = find(chunk_id);
            if (passage)
                turn.passages.push_back(std::move(*passage));
            else if (passage.error().code != ErrorCode::kNotFound)
                return tl::unexpected<Error>(std::move(passage).error());
        }
        turns.push_back(std::move(turn));
    }
    replace(std::move(turns));
    n_left_ = saved.n_left;
    return {};
}

void Conversation::rewind() {
    session_->rewind();
    n_held_ = 0;
}

}  // namespace lectern
