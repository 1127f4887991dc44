#include "engine/tokenizer/sentencepiece.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/tokenizer/utf8.h"

namespace lectern {
namespace {

constexpr std::string_view kSpace = "\u2581";

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t found = text.find(from, pos);
        out += text.substr(pos, found - pos);
        if (found == std::string_view::npos) break;
        out += to;
        pos = found + from.size();
    }
    return out;
}

/// 0–255 of "<0x0A>"; −1 for anything else.
int parse_byte_token(std::string_view text) {
    if (text.size() != 6 || !text.starts_with("<0x") || text.back() != '>') return -1;
    int value = -1;
    const auto [end, error] = std::from_chars(text.data() + 3, text.data() + 5, value, 16);
    return error == std::errc() && end == text.data() + 5 ? value : -1;
}

/// Calls on_space(pos) where a space stands directly behind another character.
template <class OnSpace>
void for_each_inner_space(std::string_view text, OnSpace on_space) {
    for (std::size_t pos = text.find(kSpace, 1); pos != std::string_view::npos;
         pos = text.find(kSpace, pos + 1))
        if (!text.substr(0, pos).ends_with(kSpace)) on_space(pos);
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> SentencePiece::load(const GgufFile& file) {
    LECTERN_ASSIGN(Vocabulary vocabulary, Vocabulary::read(file));
    LECTERN_ASSIGN(const auto* numbers, number_array(file, "tokenizer.ggml.scores"));
    const std::string name = file.path().filename().string();
    if (numbers->size() != static_cast<std::size_t>(vocabulary.size())) {
        return fail(ErrorCode::kCorrupt, name + " has " + std::to_string(vocabulary.size()) +
                                             " tokens but " + std::to_string(numbers->size()) +
                                             " scores.");
    }
    if (!std::ranges::all_of(*numbers, [](double score) { return std::isfinite(score); }))
        return fail(ErrorCode::kCorrupt, name + " has a token score that is not a number.");
    const bool add_bos = vocabulary.add_bos().value_or(true);
    std::unique_ptr<SentencePiece> tokenizer(new SentencePiece(
        std::move(vocabulary), std::vector<float>(numbers->begin(), numbers->end()), add_bos));
    LECTERN_TRY(tokenizer->read_bytes(file));
    tokenizer->set_content_hash();
    return tokenizer;
}

SentencePiece::SentencePiece(Vocabulary vocabulary, std::vector<float> scores, bool add_bos)
    : VocabularyTokenizer(std::move(vocabulary), add_bos),
      scores_(std::move(scores)),
      pieces_(vocabulary_.size()),
      mergeable_(vocabulary_.size()),
      merges_whole_(std::make_unique<std::atomic<bool>[]>(vocabulary_.size())) {
    byte_ids_.fill(kNoToken);
    for (TokenId id = 0; id < vocabulary_.size(); ++id) {
        if (!vocabulary_.is_mergeable(id)) continue;
        // Converters write the spaces of user-defined tokens as spaces, of others as "▁".
        mergeable_[id] = replace_all(vocabulary_.text(id), " ", kSpace);
        pieces_[id] = replace_all(vocabulary_.text(id), kSpace, " ");
        if (vocabulary_.kind(id) == TokenKind::kUserDefined) user_tokens_.add(mergeable_[id], id);
    }
    index_ = TextIndex(mergeable_);
    for (const std::string& text : mergeable_) {
        for_each_inner_space(text, [&](std::size_t pos) {
            joins_space_[static_cast<unsigned char>(text[pos - 1])] = true;
        });
    }
}

Status SentencePiece::read_bytes(const GgufFile& file) {
    int n_bytes = 0;
    for (TokenId id = 0; id < vocabulary_.size(); ++id) {
        if (vocabulary_.kind(id) != TokenKind::kByte) continue;
        const int byte = parse_byte_token(vocabulary_.text(id));
        if (byte < 0 || byte_ids_[byte] != kNoToken) {
            return fail(ErrorCode::kCorrupt, "Token " + std::to_string(id) + " of " +
                                                 file.path().filename().string() +
                                                 " is no byte token, or one too many.");
        }
        byte_ids_[byte] = id;
        pieces_[id] = std::string(1, static_cast<char>(byte));
        ++n_bytes;
    }
    if (n_bytes == 256 || (n_bytes == 0 && vocabulary_.unknown())) return {};
    return fail(ErrorCode::kCorrupt, file.path().filename().string() + " has " +
                                         std::to_string(n_bytes) +
                                         " byte tokens instead of 256 and no unknown token.");
}

void SentencePiece::set_content_hash() {
    Hasher hasher;
    hasher.add(std::string_view("SentencePiece BPE"));
    vocabulary_.add_to(hasher);
    hasher.add(static_cast<std::int64_t>(add_bos_));
    for (const float score : scores_) hasher.add(static_cast<double>(score));
    content_hash_ = hasher.finish();
}

std::vector<TokenId> SentencePiece::encode(std::string_view text) const {
    const std::string escaped = replace_all(text, " ", kSpace);
    std::vector<TokenId> ids;
    Scratch scratch;
    user_tokens_.split(
        escaped, [&](std::string_view plain) { encode_plain(plain, scratch, ids); },
        [&](TokenId id) { ids.push_back(id); });
    return ids;
}

void SentencePiece::encode_plain(std::string_view text, Scratch& scratch,
                                 std::vector<TokenId>& ids) const {
    // Where no token joins them, words are merged one by one: the same ids, a shorter heap.
    std::size_t from = 0;
    for_each_inner_space(text, [&](std::size_t pos) {
        if (joins_space_[static_cast<unsigned char>(text[pos - 1])]) return;
        encode_word(text.substr(from, pos - from), scratch, ids);
        from = pos;
    });
    encode_word(text.substr(from), scratch, ids);
}

void SentencePiece::encode_word(std::string_view word, Scratch& scratch,
                                std::vector<TokenId>& ids) const {
    const TokenId whole = index_.find(word);
    if (whole != kNoToken && merges_whole_[whole].load(std::memory_order_relaxed)) {
        ids.push_back(whole);
        return;
    }
    const std::size_t n_before = ids.size();
    merge_word(word, scratch, ids);
    if (whole != kNoToken && ids.size() == n_before + 1 && ids.back() == whole)
        merges_whole_[whole].store(true, std::memory_order_relaxed);
}

/// Heap order (std's heaps keep the greatest on top): the best score first, then the leftmost.
struct SentencePiece::ComesLater {
    bool operator()(const Candidate& a, const Candidate& b) const {
        return a.score != b.score ? a.score < b.score : a.position > b.position;
    }
};

void SentencePiece::consider(std::string_view text, std::int32_t position, Scratch& scratch) const {
    if (position < 0 || scratch.symbols[position].next < 0) return;
    const Symbol& left = scratch.symbols[position];
    const std::size_t n_bytes = left.n_bytes + scratch.symbols[left.next].n_bytes;
    const TokenId id = index_.find(text.substr(left.begin, n_bytes));
    if (id == kNoToken) return;
    scratch.heap.push_back({scores_[id], position, n_bytes, id});
    std::push_heap(scratch.heap.begin(), scratch.heap.end(), ComesLater{});
}

void SentencePiece::merge_word(std::string_view text, Scratch& scratch,
                               std::vector<TokenId>& ids) const {
    std::vector<Symbol>& chain = scratch.symbols;
    chain.clear();
    scratch.heap.clear();
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t n_bytes = utf8_at(text, pos).n_bytes;
        const auto i = static_cast<std::int32_t>(chain.size());
        chain.push_back({pos, n_bytes, i - 1, i + 1, index_.find(text.substr(pos, n_bytes))});
        pos += n_bytes;
    }
    chain.back().next = -1;
    for (std::size_t i = 0; i < chain.size(); ++i)
        consider(text, static_cast<std::int32_t>(i), scratch);

    while (!scratch.heap.empty()) {
        std::pop_heap(scratch.heap.begin(), scratch.heap.end(), ComesLater{});
        const Candidate best = scratch.heap.back();
        scratch.heap.pop_back();
        Symbol& left = chain[best.position];
        if (left.n_bytes == 0 || left.next < 0) continue;
        Symbol& right = chain[left.next];
        if (left.n_bytes + right.n_bytes != best.n_bytes) continue;  // stale
        left.n_bytes = best.n_bytes;
        left.id = best.id;
        right.n_bytes = 0;
        left.next = right.next;
        if (left.next >= 0) chain[left.next].previous = best.position;
        consider(text, left.previous, scratch);
        consider(text, best.position, scratch);
    }
    for (std::int32_t i = 0; i >= 0; i = chain[i].next) append_symbol(text, chain[i], ids);
}

void SentencePiece::append_symbol(std::string_view text, const Symbol& symbol,
                                  std::vector<TokenId>& ids) const {
    if (symbol.id != kNoToken) {
        ids.push_back(symbol.id);
        return;
    }
    const std::string_view bytes = text.substr(symbol.begin, symbol.n_bytes);
    if (byte_ids_[0] == kNoToken) {
        ids.push_back(*vocabulary_.unknown());
        return;
    }
    for (const char byte : bytes) ids.push_back(byte_ids_[static_cast<unsigned char>(byte)]);
}

}  // namespace lectern
