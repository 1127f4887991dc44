#include "retrieval/document/block_builder.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

/// An anchor is worth its place when interpolation would be off by this many units.
constexpr std::int64_t kAnchorDrift = 24;

/// Normalises text and moves the anchors along, each to the normalised length of what precedes it.
void normalise(Block& block) {
    if (is_nfc(block.text)) return;
    std::int64_t done = 0;
    std::int64_t written = 0;
    const std::string_view text = block.text;
    for (TextAnchor& anchor : block.anchors) {
        const auto part = text.substr(static_cast<std::size_t>(done),
                                      static_cast<std::size_t>(anchor.text - done));
        written += static_cast<std::int64_t>(to_nfc(std::string(part)).size());
        done = anchor.text;
        anchor.text = written;
    }
    block.text = to_nfc(std::move(block.text));
    const auto size = static_cast<std::int64_t>(block.text.size());
    for (TextAnchor& anchor : block.anchors) anchor.text = std::min(anchor.text, size);
}

}  // namespace

BlockBuilder::BlockBuilder(BlockKind kind, Space space, int heading_level)
    : kind_(kind), space_(space), heading_level_(heading_level) {}

void BlockBuilder::append(std::string_view utf8, std::int64_t source) {
    for (std::size_t at = 0; at < utf8.size();) {
        const auto from = static_cast<std::int64_t>(at);
        put(next_code_point(utf8, at), source + from);
    }
    cover(source, source + static_cast<std::int64_t>(utf8.size()));
}

void BlockBuilder::append_replaced(std::string_view utf8, std::int64_t source,
                                   std::int64_t length) {
    const auto size = static_cast<std::int64_t>(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const auto from = static_cast<std::int64_t>(at);
        put(next_code_point(utf8, at), source + from * length / size);
    }
    cover(source, source + length);
}

void BlockBuilder::append(std::u16string_view utf16, std::int64_t source) {
    for (std::size_t at = 0; at < utf16.size(); ++at) {
        const auto from = static_cast<std::int64_t>(at);
        std::int32_t code_point = utf16[at];
        if (code_point >= 0xD800 && code_point <= 0xDFFF) {
            const bool pair = code_point < 0xDC00 && at + 1 < utf16.size() &&
                              utf16[at + 1] >= 0xDC00 && utf16[at + 1] <= 0xDFFF;
            if (!pair) continue;
            code_point = 0x10000 + ((code_point - 0xD800) << 10) + (utf16[++at] - 0xDC00);
        }
        put(code_point, source + from);
    }
    cover(source, source + static_cast<std::int64_t>(utf16.size()));
}

void BlockBuilder::separate(char separator) {
    if (text_.empty()) return;
    if (separator == '\n') {
        if (pending_.find('\n') == std::string::npos) pending_ = "\n";
    } else if (pending_.empty()) {
        pending_ = " ";
    }
}

void BlockBuilder::cover(std::int64_t begin, std::int64_t end) {
    if (begin_ < 0 || begin < begin_) begin_ = begin;
    end_ = std::max(end_, end);
}

void BlockBuilder::put(std::int32_t code_point, std::int64_t source) {
    if (code_point < 0) code_point = 0xFFFD;
    if (is_space(code_point)) {
        if (space_ == Space::kFlow) {
            separate(' ');
        } else if (code_point == '\n' || code_point == 0x2028 || code_point == 0x2029) {
            pending_.erase(
                std::find_if(pending_.rbegin(), pending_.rend(), [](char c) { return c == '\n'; })
                    .base(),
                pending_.end());  // white space at a line's end
            if (!text_.empty() && std::count(pending_.begin(), pending_.end(), '\n') < 2)
                pending_ += '\n';
        } else if (code_point != '\r' && code_point != '\f') {
            pending_ += code_point == '\t' ? '\t' : ' ';
        }
        return;
    }
    if (is_invisible(code_point)) return;
    if (const std::string_view letters = ligature_letters(code_point); !letters.empty()) {
        for (const char letter : letters) put_visible(letter, source);
        return;
    }
    put_visible(code_point, source);
}

void BlockBuilder::put_visible(std::int32_t code_point, std::int64_t source) {
    flush_space();
    const auto text = static_cast<std::int64_t>(text_.size());
    const std::int64_t drift =
        anchors_.empty() ? 0 : (source - anchors_.back().source) - (text - anchors_.back().text);
    if (anchors_.empty() || std::abs(drift) >= kAnchorDrift) anchors_.push_back({text, source});
    append_code_point(text_, code_point);
}

void BlockBuilder::flush_space() {
    text_ += pending_;
    pending_.clear();
}

std::optional<Block> BlockBuilder::finish() {
    pending_.clear();
    if (text_.empty()) return std::nullopt;
    Block block;
    block.kind = kind_;
    block.heading_level = heading_level_;
    block.text = std::exchange(text_, {});
    block.source = {0, begin_, end_ - begin_};
    block.anchors = std::exchange(anchors_, {});
    normalise(block);
    for (TextAnchor& anchor : block.anchors) anchor.text += static_cast<std::int64_t>(mark_.size());
    block.text.insert(0, std::exchange(mark_, {}));
    begin_ = end_ = -1;
    return block;
}

}  // namespace lectern
