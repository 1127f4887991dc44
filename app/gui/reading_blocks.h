// A document's blocks as the source pane shows them, with the passage's characters in each.
#pragma once

#include <QString>
#include <vector>

#include "app/core/assistant.h"
#include "app/gui/passage_place.h"
#include "app/gui/source_place.h"

namespace lectern {

struct ReadingBlock {
    BlockKind kind = BlockKind::kParagraph;
    int heading_level = 0;
    QString text;
    std::vector<TextRange> marks{};  ///< of the passage
};

/// A document in blocks that a window lays out quickly: long ones are cut at line ends. `changed`:
/// the place's spans count for nothing, the passage is looked for by its words. Any thread.
std::vector<ReadingBlock> reading_blocks(const ParsedDocument& document, const SourcePlace& place,
                                         bool changed);

}  // namespace lectern
