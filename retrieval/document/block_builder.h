// Builds one block from pieces of source text: tidies white space, drops what is invisible,
// normalises to NFC and remembers where each stretch came from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "retrieval/document/document.h"

namespace lectern {

/// One thread at a time; used for one block, then finish().
class BlockBuilder {
  public:
    enum class Space {
        kFlow,  ///< every run of white space is one space
        kKeep   ///< lines and indentation stay (code, tables, verse)
    };

    explicit BlockBuilder(BlockKind kind, Space space = Space::kFlow, int heading_level = 0);

    /// Valid UTF-8 whose bytes stand one by one at `source` and on.
    void append(std::string_view utf8, std::int64_t source);
    /// Valid UTF-8 that stands for source units [source, source + length): text with entities, say.
    void append_replaced(std::string_view utf8, std::int64_t source, std::int64_t length);
    /// UTF-16 (lone surrogates are dropped), one source unit each.
    void append(std::u16string_view utf16, std::int64_t source);
    /// A separator that is not in the source: ' ' or '\n'. Several are one; none stands at an end.
    void separate(char separator);
    /// The block covers this part of the source even where it gave no text.
    void cover(std::int64_t begin, std::int64_t end);

    /// Put in front of the text when the block is finished: a list item's mark. ASCII.
    void set_mark(std::string mark) { mark_ = std::move(mark); }

    bool has_text() const { return !text_.empty(); }
    BlockKind kind() const { return kind_; }

    /// nullopt where no visible text was added. Leaves the builder empty.
    std::optional<Block> finish();

  private:
    void put(std::int32_t code_point, std::int64_t source);
    void put_visible(std::int32_t code_point, std::int64_t source);
    void flush_space();

    BlockKind kind_;
    Space space_;
    int heading_level_;
    std::string mark_;
    std::string text_;
    std::string pending_;  ///< white space that is written only before more text
    std::vector<TextAnchor> anchors_;
    std::int64_t begin_ = -1;
    std::int64_t end_ = -1;
};

}  // namespace lectern
