// Markers behind the sentences of an answer, in the blocks of its Markdown.
#pragma once

#include <vector>

#include "app/core/assistant.h"
#include "app/core/markdown_blocks.h"

namespace lectern {

/// Puts a marker for each passage behind each sentence that rests on it. The blocks are of the
/// bytes from `offset` on of the text that the sentences' ends are in; those before it are passed
/// over. In code none can stand: it lists them.
void place_markers(std::vector<MarkdownBlock>& blocks, const std::vector<CitedSentence>& sentences,
                   std::size_t offset);

}  // namespace lectern
