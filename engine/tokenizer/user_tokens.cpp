#include "engine/tokenizer/user_tokens.h"

namespace lectern {

UserTokens::UserTokens() : nodes_(1) {}

void UserTokens::add(std::string_view text, TokenId id) {
    if (text.empty()) return;
    begins_[static_cast<unsigned char>(text[0])] = true;
    int node = 0;
    for (const char byte : text) {
        int next = child(node, byte);
        if (next < 0) {
            next = static_cast<int>(nodes_.size());
            nodes_.push_back({.next_sibling = nodes_[node].first_child, .byte = byte});
            nodes_[node].first_child = next;
        }
        node = next;
    }
    if (nodes_[node].id == kNoToken) nodes_[node].id = id;
}

UserTokens::Match UserTokens::longest(std::string_view text) const {
    Match best;
    int node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        node = child(node, text[i]);
        if (node < 0) break;
        if (nodes_[node].id != kNoToken) best = {nodes_[node].id, i + 1};
    }
    return best;
}

int UserTokens::child(int node, char byte) const {
    int next = nodes_[node].first_child;
    while (next >= 0 && nodes_[next].byte != byte) next = nodes_[next].next_sibling;
    return next;
}

}  // namespace lectern
