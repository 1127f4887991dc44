// A conversation as its tokens stand in the model's context: turn behind turn, each with the
// passages that it brought along, its question and its answer.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/model_session.h"
#include "app/core/saved_conversation.h"
#include "engine/fusion/prompt_segments.h"

namespace lectern {

/// A passage in the context.
struct ConversationPassage {
    Citation source;  ///< its number is a turn's matter and nothing here
    std::vector<TokenId> ids;
};

struct ConversationTurn {
    std::string question, answer;               ///< as asked and as shown
    std::vector<ConversationPassage> passages;  ///< in reading order
    std::vector<TokenId> question_ids;          ///< the question's segment
    std::vector<TokenId> answer_ids;            ///< as decoded, without the token that ended it
    bool lost_passages = false;                 ///< they made room
};

using FindPassage = std::function<Result<ConversationPassage>(std::int64_t chunk_id)>;

/// Knows which of its turns the session's cache holds behind the prefix: the first n_held() of
/// them, all rows of each but the last answer's last tokens perhaps. One thread at a time; the
/// session outlives it.
class Conversation {
  public:
    explicit Conversation(ModelSession& session) : session_(&session) {}

    std::span<const ConversationTurn> turns() const { return turns_; }
    std::size_t n_held() const { return n_held_; }
    /// How many turns there were before the first of turns(): they made room.
    int n_left() const { return n_left_; }
    /// Of all turns there were, the first one that has the passages it brought along.
    int first_with_passages() const;
    /// Whether a passage stands in the context, so that it need not be read again.
    bool holds(std::span<const TokenId> passage) const;
    /// Tokens that prefix and turns take, the opening of the next turn apart.
    int n_tokens() const;
    /// What comes in front of the next turn's own segments once the cache holds all turns: the last
    /// answer's tokens that are not in it, its end, the next turn's beginning. Nothing before the
    /// first turn.
    std::vector<TokenId> opening() const;

    /// The first turn that the cache does not hold, behind those that it holds: with its answer as
    /// the end of its question segment. Pre: n_held() < turns().size().
    PromptSegments segments_to_hold() const;
    /// They were read into the cache.
    void hold_next() { ++n_held_; }

    /// A turn was read and answered, and the cache holds it but for what of the answer was not run.
    /// Pre: it held all turns before.
    void add(ConversationTurn turn);
    /// Makes room: the oldest turns lose their passages, then go, until n_tokens() is at most this
    /// or nothing is left. What stays must be read again, since all of it stands elsewhere.
    void shorten(int most_tokens);
    /// The first n of all turns there were stay, as far as they are in the context: it goes on as
    /// if the others had never been. What the cache holds of those that stay is left as it is.
    void take_back(int n);
    /// These turns instead, of which the cache holds none.
    void replace(std::vector<ConversationTurn> turns);

    SavedConversation saved() const;
    /// Its turns instead, of which the cache holds none, without passages that `find` does not find
    /// (kNotFound). Other errors of `find`; kTooLong: a question is beyond the context.
    Status resume(const SavedConversation& saved, const FindPassage& find);

  private:
    void rewind();

    ModelSession* session_;
    std::vector<ConversationTurn> turns_;
    std::size_t n_held_ = 0;
    int n_left_ = 0;
};

}  // namespace lectern
