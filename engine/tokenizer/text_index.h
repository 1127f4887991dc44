// A frozen map from text to token id: the hash table every encoder looks pieces up in.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace lectern {

inline constexpr TokenId kNoToken = -1;

/// Open addressing over texts it does not own. Any thread after building.
class TextIndex {
  public:
    TextIndex() = default;
    /// `texts` outlives this; ids are its positions. Empty texts are left out; of equal ones the
    /// first counts.
    explicit TextIndex(std::span<const std::string> texts);

    /// kNoToken where the text is no entry.
    TokenId find(std::string_view text) const;
    /// Bytes of the longest entry.
    std::size_t max_bytes() const { return max_bytes_; }

  private:
    struct Slot {
        std::uint32_t tag = 0;  ///< upper half of the text's hash
        TokenId id = kNoToken;
    };

    std::span<const std::string> texts_;
    std::vector<Slot> slots_;  ///< size is a power of two, at most half full
    std::size_t max_bytes_ = 0;
};

}  // namespace lectern
