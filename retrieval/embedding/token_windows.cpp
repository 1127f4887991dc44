#include "retrieval/embedding/token_windows.h"

#include <algorithm>
#include <cassert>

namespace lectern {

std::vector<std::vector<TokenId>> token_windows(std::span<const TokenId> context,
                                                std::span<const TokenId> text,
                                                const TokenWindowOptions& options) {
    assert(options.max_tokens > options.max_context_tokens && options.max_context_tokens >= 0);
    context = context.first(
        std::min(context.size(), static_cast<std::size_t>(options.max_context_tokens)));
    const std::size_t room = static_cast<std::size_t>(options.max_tokens) - context.size();
    const std::size_t overlap =
        std::min(static_cast<std::size_t>(options.overlap_tokens), room / 2);
    std::vector<std::vector<TokenId>> windows;
    for (std::size_t begin = 0;; begin += room - overlap) {
        const auto part = text.subspan(begin, std::min(room, text.size() - begin));
        std::vector<TokenId>& window = windows.emplace_back(context.begin(), context.end());
        window.insert(window.end(), part.begin(), part.end());
        if (begin + part.size() == text.size()) return windows;
    }
}

}  // namespace lectern
