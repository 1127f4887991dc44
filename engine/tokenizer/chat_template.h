// Chat templates by family: the token ids that stand around what is said. Never made by rendering
// text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

enum class ChatFamily : std::uint8_t { kChatMl, kQwen3, kLlama2, kLlama3, kMistral, kGemma };

/// A conversation is: begin(system) · user content · open_answer() · answer · next_turn() · user
/// content · … User content (passages, question) is Tokenizer::encode of plain text, concatenated.
/// Immutable; any thread.
class ChatTemplate {
  public:
    /// Recognises the family from the file's Jinja template text and checks that the vocabulary has
    /// its tokens. kUnsupported (also for a model without a template) names what is supported: no
    /// silent ChatML.
    static Result<ChatTemplate> detect(std::string_view jinja, const Tokenizer& tokenizer);

    ChatFamily family() const { return family_; }
    /// BOS where the model wants one, the system turn (or its place in the first user turn), the
    /// user turn opened.
    std::vector<TokenId> begin(std::string_view system) const;
    /// Ends the user turn and opens the assistant's; Qwen3: thinking off unless asked.
    std::vector<TokenId> open_answer(bool thinking = false) const;
    /// Ends the assistant's turn and opens the next user turn.
    std::vector<TokenId> next_turn() const;
    /// Tokens that end an answer.
    const std::vector<TokenId>& stop_tokens() const { return stop_tokens_; }

  private:
    ChatTemplate(ChatFamily family, const Tokenizer& tokenizer)
        : family_(family), tokenizer_(&tokenizer) {}

    ChatFamily family_;
    const Tokenizer* tokenizer_;  ///< outlives this
    std::vector<TokenId> stop_tokens_;
};

}  // namespace lectern
