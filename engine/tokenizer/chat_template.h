// Chat templates by family: the token ids that stand around what is said. Never made by rendering
// text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
    /// Recognises the family (and its variant) from the file's Jinja template text and checks that
    /// the vocabulary has its tokens. kUnsupported (also for a model without a template) names what
    /// is supported: no silent ChatML.
    static Result<ChatTemplate> detect(std::string_view jinja, const Tokenizer& tokenizer);

    ChatFamily family() const { return family_; }
    /// BOS where the template or the file wants one, the system turn (or its place in the first
    /// user turn), the user turn opened. Without a system turn where `system` is empty. A date that
    /// a template asks for is always the same one: the prefix is constant.
    std::vector<TokenId> begin(std::string_view system) const;
    /// Ends the user turn and opens the assistant's; Qwen3: thinking off unless asked.
    std::vector<TokenId> open_answer(bool thinking = false) const;
    /// Ends the assistant's turn and opens the next user turn. What open_answer() put before the
    /// answer stays in the history (templates of Qwen3 would drop an empty thought there).
    std::vector<TokenId> next_turn() const;
    /// Tokens that end an answer.
    const std::vector<TokenId>& stop_tokens() const { return stop_tokens_; }

  private:
    /// Written with control tokens in it, "<|im_end|>\n".
    struct Format {
        ChatFamily family = ChatFamily::kChatMl;
        std::vector<std::string> markers;  ///< control tokens the vocabulary must have
        std::string before_system, after_system;
        std::string open_user;    ///< of a turn without a system text
        std::string open_answer;  ///< ends the user turn, opens the assistant's
        std::string no_thought;   ///< what an answer begins with when thinking is off
        std::string end_answer;
        std::vector<std::string> stops;  ///< as far as the vocabulary has them
        bool trims_system = false;
    };
    class Writer;

    ChatTemplate(Format format, const Tokenizer& tokenizer)
        : family_(format.family), format_(std::move(format)), tokenizer_(&tokenizer) {}
    static Result<Format> recognise(const std::string& jinja);
    static Format chatml();
    static Format llama2();
    static Format llama3(bool dated);
    static Format mistral(const std::string& jinja);
    static Format gemma();

    ChatFamily family_;
    Format format_;
    const Tokenizer* tokenizer_;  ///< outlives this
    std::optional<TokenId> bos_;  ///< what a conversation begins with
    std::vector<TokenId> stop_tokens_;
};

}  // namespace lectern
