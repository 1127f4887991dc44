// Finds user-defined tokens in text: they are parsed before anything else, the leftmost and longest
// first.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "engine/tokenizer/text_index.h"
#include "engine/tokenizer/vocabulary.h"

namespace lectern {

/// A trie of the user-defined tokens' texts. Any thread after building.
class UserTokens {
  public:
    UserTokens();
    void add(std::string_view text, TokenId id);

    /// Cuts text into stretches of plain text and user-defined tokens, in order: on_text(stretch),
    /// on_token(id).
    template <class OnText, class OnToken>
    void split(std::string_view text, OnText on_text, OnToken on_token) const {
        std::size_t plain_from = 0;
        for (std::size_t pos = 0; pos < text.size();) {
            const Match match = match_at(text, pos);
            if (match.id == kNoToken) {
                ++pos;
                continue;
            }
            if (pos > plain_from) on_text(text.substr(plain_from, pos - plain_from));
            on_token(match.id);
            pos += match.n_bytes;
            plain_from = pos;
        }
        if (plain_from < text.size()) on_text(text.substr(plain_from));
    }

  private:
    struct Match {
        TokenId id = kNoToken;
        std::size_t n_bytes = 0;
    };
    struct Node {
        int first_child = -1, next_sibling = -1;
        TokenId id = kNoToken;
        char byte = 0;
    };

    /// The longest token that begins at pos.
    Match match_at(std::string_view text, std::size_t pos) const {
        if (!begins_[static_cast<unsigned char>(text[pos])]) return {};
        return longest(text.substr(pos));
    }
    Match longest(std::string_view text) const;
    int child(int node, char byte) const;

    std::array<bool, 256> begins_{};  ///< by first byte
    std::vector<Node> nodes_;
};

}  // namespace lectern
