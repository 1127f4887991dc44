#include "engine/tokenizer/bpe_merges.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace lectern {
namespace {

/// Heap order: std's heaps keep the greatest on top.
struct ComesLater {
    using Candidate = BpeMerges::Scratch::Candidate;
    bool operator()(const Candidate& a, const Candidate& b) const {
        return a.rank != b.rank ? a.rank > b.rank : a.position > b.position;
    }
};

}  // namespace

BpeMerges::BpeMerges(std::size_t n) : slots_(std::bit_ceil(2 * n + 2)) {}

std::size_t BpeMerges::home(TokenId left, TokenId right) const {
    const std::uint64_t pair = (static_cast<std::uint64_t>(left) << 32) ^ right;
    const std::uint64_t mixed = (pair ^ (pair >> 29)) * 0x9E3779B97F4A7C15ULL;
    return (mixed >> 32) & (slots_.size() - 1);
}

const BpeMerges::Slot* BpeMerges::find(TokenId left, TokenId right) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = home(left, right); slots_[at].result != kNoToken; at = (at + 1) & mask)
        if (slots_[at].left == left && slots_[at].right == right) return &slots_[at];
    return nullptr;
}

void BpeMerges::add(TokenId left, TokenId right, TokenId result) {
    assert(2 * (n_ + 1) <= slots_.size());
    const std::uint32_t rank = n_++;
    if (find(left, right) != nullptr) return;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = home(left, right);
    while (slots_[at].result != kNoToken) at = (at + 1) & mask;
    slots_[at] = {left, right, result, rank};
}

void BpeMerges::consider(std::int32_t position, Scratch& scratch) const {
    if (position < 0) return;
    const Scratch::Symbol& left = scratch.symbols[position];
    if (left.next < 0) return;
    const TokenId right = scratch.symbols[left.next].id;
    const Slot* merge = find(left.id, right);
    if (merge == nullptr) return;
    scratch.heap.push_back({merge->rank, position, left.id, right, merge->result});
    std::push_heap(scratch.heap.begin(), scratch.heap.end(), ComesLater{});
}

void BpeMerges::apply(std::vector<TokenId>& symbols, Scratch& scratch) const {
    if (slots_.empty() || symbols.size() < 2) return;
    const auto n = static_cast<std::int32_t>(symbols.size());
    scratch.symbols.clear();
    scratch.heap.clear();
    for (std::int32_t i = 0; i < n; ++i)
        scratch.symbols.push_back({symbols[i], i - 1, i + 1 < n ? i + 1 : -1});
    for (std::int32_t i = 0; i + 1 < n; ++i) consider(i, scratch);

    auto& chain = scratch.symbols;
    while (!scratch.heap.empty()) {
        std::pop_heap(scratch.heap.begin(), scratch.heap.end(), ComesLater{});
        const Scratch::Candidate best = scratch.heap.back();
        scratch.heap.pop_back();
        Scratch::Symbol& left = chain[best.position];
        if (left.id != best.left || left.next < 0 || chain[left.next].id != best.right) continue;
        Scratch::Symbol& right = chain[left.next];
        left.id = best.result;
        left.next = right.next;
        right.id = kNoToken;  // merged away: candidates that name it are stale
        if (left.next >= 0) chain[left.next].previous = best.position;
        consider(left.previous, scratch);
        consider(best.position, scratch);
    }

    symbols.clear();
    for (std::int32_t i = 0; i >= 0; i = chain[i].next) symbols.push_back(chain[i].id);
}

}  // namespace lectern
