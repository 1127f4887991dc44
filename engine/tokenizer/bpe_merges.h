// The merges of byte-level BPE: which neighbours become one token, and which first.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/tokenizer/text_index.h"

namespace lectern {

/// Immutable after building; any thread.
class BpeMerges {
  public:
    /// Buffers of apply(), kept between words.
    struct Scratch {
        struct Symbol {
            TokenId id;
            std::int32_t previous, next;  ///< −1: none
        };
        struct Candidate {
            std::uint32_t rank;
            std::int32_t position;  ///< of the left symbol
            TokenId left, right, result;
        };
        std::vector<Symbol> symbols;
        std::vector<Candidate> heap;
    };

    BpeMerges() = default;
    /// Room for n merges.
    explicit BpeMerges(std::size_t n);
    /// Ranks are the order of adding; of the same pair the first counts.
    void add(TokenId left, TokenId right, TokenId result);

    /// Merges `symbols` until no neighbours can be: always the pair of lowest rank, of those the
    /// leftmost. O(n log n).
    void apply(std::vector<TokenId>& symbols, Scratch& scratch) const;

  private:
    struct Slot {
        TokenId left = kNoToken, right = kNoToken, result = kNoToken;
        std::uint32_t rank = 0;
    };

    const Slot* find(TokenId left, TokenId right) const;
    std::size_t home(TokenId left, TokenId right) const;
    void consider(std::int32_t position, Scratch& scratch) const;

    std::vector<Slot> slots_;  ///< open addressing; size is a power of two, at most half full
    std::uint32_t n_ = 0;
};

}  // namespace lectern
