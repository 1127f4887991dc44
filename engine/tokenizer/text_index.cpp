#include "engine/tokenizer/text_index.h"

#include <algorithm>
#include <bit>

#include "engine/base/hash.h"

namespace lectern {
namespace {

std::uint64_t hash_text(std::string_view text) {
    return hash64(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace

TextIndex::TextIndex(std::span<const std::string> texts)
    : texts_(texts), slots_(std::bit_ceil(2 * texts.size() + 2)) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t id = 0; id < texts.size(); ++id) {
        if (texts[id].empty() || find(texts[id]) != kNoToken) continue;
        const std::uint64_t hash = hash_text(texts[id]);
        std::size_t at = hash & mask;
        while (slots_[at].id != kNoToken) at = (at + 1) & mask;
        slots_[at] = {static_cast<std::uint32_t>(hash >> 32), static_cast<TokenId>(id)};
        max_bytes_ = std::max(max_bytes_, texts[id].size());
    }
}

TokenId TextIndex::find(std::string_view text) const {
    if (text.empty() || text.size() > max_bytes_) return kNoToken;
    const std::uint64_t hash = hash_text(text);
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].id != kNoToken; at = (at + 1) & mask)
        if (slots_[at].tag == tag && texts_[slots_[at].id] == text) return slots_[at].id;
    return kNoToken;
}

}  // namespace lectern
