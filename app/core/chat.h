// Chats as they are kept: what was asked and answered, with the passages that the answers rest on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/core/assistant.h"
#include "app/core/saved_conversation.h"

namespace lectern {

/// A chat as lists show it. Times in milliseconds since the Unix epoch.
struct ChatSummary {
    std::int64_t id = 0;  ///< from 1; never given to another chat
    std::string title;
    std::int64_t created_ms = 0, used_ms = 0;
    bool operator==(const ChatSummary&) const = default;
};

/// A question and what came of it so far.
struct ChatTurn {
    std::int64_t id = 0;  ///< from 1; grows with every turn
    std::string question;
    std::string answer;
    std::vector<Citation> citations;
    std::vector<CitedSentence> sentences;
    std::string figures;   ///< the line under the answer; empty: there is none
    std::string error;     ///< empty: it did not fail
    bool stopped = false;  ///< by a person, or because the program ended
    /// As in Answer.
    int turn = -1, first_turn = 0, first_with_passages = 0;
    std::string searched_for;
    std::vector<std::filesystem::path> scope;  ///< as in AskOptions
};

struct Chat {
    ChatSummary summary;
    std::vector<ChatTurn> turns;
    SavedConversation conversation;  ///< for Assistant::resume; no turns: nothing to go on with
};

/// A chat that a search found, and the place that matches best.
struct ChatHit {
    ChatSummary chat;
    std::int64_t turn = 0;               ///< id of the turn; 0: the title alone matches
    std::string excerpt;                 ///< of the turn, one line; empty: of the title
    std::size_t match = 0, n_match = 0;  ///< bytes [match, match + n_match) of the excerpt
};

/// A chat's title: the question as one line, shortened at a word.
std::string chat_title(const std::string& question);

/// Passages and sentences of a turn as JSON text, and back. kCorrupt: it is not such JSON.
std::string turn_sources(const ChatTurn& turn);
Status read_turn_sources(const std::string& text, ChatTurn& turn);

}  // namespace lectern
