#include "retrieval/document/document.h"

#include <algorithm>
#include <iterator>

namespace lectern {
namespace {

/// The source unit of a byte of the text: linear between the anchors around it.
std::int64_t source_position(const Block& block, std::int64_t text) {
    TextAnchor low{0, block.source.begin};
    TextAnchor high{static_cast<std::int64_t>(block.text.size()),
                    block.source.begin + block.source.length};
    const auto after = std::upper_bound(
        block.anchors.begin(), block.anchors.end(), text,
        [](std::int64_t position, const TextAnchor& anchor) { return position < anchor.text; });
    if (after != block.anchors.end()) high = *after;
    if (after != block.anchors.begin()) low = *std::prev(after);
    if (high.text <= low.text) return low.source;
    return low.source + static_cast<std::int64_t>(static_cast<double>(text - low.text) *
                                                  static_cast<double>(high.source - low.source) /
                                                  static_cast<double>(high.text - low.text));
}

}  // namespace

SourceSpan source_of(const Block& block, std::size_t begin, std::size_t end) {
    if (begin == 0 && end >= block.text.size()) return block.source;
    const std::int64_t from = source_position(block, static_cast<std::int64_t>(begin));
    const std::int64_t to = end >= block.text.size()
                                ? block.source.begin + block.source.length
                                : source_position(block, static_cast<std::int64_t>(end));
    return {block.source.page, from, std::max<std::int64_t>(to - from, 0)};
}

}  // namespace lectern
