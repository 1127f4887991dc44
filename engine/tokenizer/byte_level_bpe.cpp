#include "engine/tokenizer/byte_level_bpe.h"

#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/normal_form.h"

namespace lectern {
namespace {

/// "left right", cut at the first space behind a first letter (a left side may begin with one).
struct MergeText {
    std::string_view left, right;
};

std::optional<MergeText> parse_merge(std::string_view line) {
    const std::size_t space = line.find(' ', 1);
    if (space == std::string_view::npos || space + 1 == line.size()) return std::nullopt;
    return MergeText{line.substr(0, space), line.substr(space + 1)};
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> ByteLevelBpe::load(const GgufFile& file) {
    constexpr std::string_view kPre = "tokenizer.ggml.pre";
    const std::string name = file.path().filename().string();
    if (file.find(kPre) == nullptr) {
        return fail(
            ErrorCode::kUnsupported,
            name + " does not say how its tokenizer cuts words (no " + std::string(kPre) + ").",
            "It was made by an old converter: get a newer file of this model.");
    }
    LECTERN_ASSIGN(const std::string pre, file.text(kPre));
    LECTERN_ASSIGN(PreTokenizer pre_tokenizer, PreTokenizer::create(pre));
    LECTERN_ASSIGN(Vocabulary vocabulary, Vocabulary::read(file));
    const bool add_bos = vocabulary.add_bos().value_or(pre_tokenizer.traits().adds_bos);
    std::unique_ptr<ByteLevelBpe> tokenizer(
        new ByteLevelBpe(std::move(vocabulary), std::move(pre_tokenizer), add_bos));
    LECTERN_TRY(tokenizer->read_merges(file));
    LECTERN_ASSIGN(const auto* merges, string_array(file, "tokenizer.ggml.merges"));
    tokenizer->set_content_hash(pre, *merges);
    return tokenizer;
}

ByteLevelBpe::ByteLevelBpe(Vocabulary vocabulary, PreTokenizer pre_tokenizer, bool add_bos)
    : VocabularyTokenizer(std::move(vocabulary), add_bos),
      pre_tokenizer_(std::move(pre_tokenizer)),
      pieces_(vocabulary_.size()),
      words_(vocabulary_.size()),
      merges_whole_(std::make_unique<std::atomic<bool>[]>(vocabulary_.size())) {
    for (TokenId id = 0; id < vocabulary_.size(); ++id) {
        const std::string& text = vocabulary_.text(id);
        if (vocabulary_.kind(id) == TokenKind::kUserDefined) {
            pieces_[id] = text;
            user_tokens_.add(text, id);
        } else if (vocabulary_.is_mergeable(id)) {
            pieces_[id] = bytes_of_letters(text).value_or(text);
            words_[id] = pieces_[id];
        }
    }
    word_index_ = TextIndex(words_);
    for (int byte = 0; byte < 256; ++byte) {
        const TokenId id = vocabulary_.find(letter_of_byte(static_cast<unsigned char>(byte)));
        byte_ids_[byte] = id != kNoToken && vocabulary_.is_mergeable(id) ? id : kNoToken;
    }
}

Status ByteLevelBpe::read_merges(const GgufFile& file) {
    LECTERN_ASSIGN(const auto* lines, string_array(file, "tokenizer.ggml.merges"));
    merges_ = BpeMerges(lines->size());
    std::string merged;
    for (std::size_t i = 0; i < lines->size(); ++i) {
        const auto merge = parse_merge((*lines)[i]);
        TokenId left = kNoToken, right = kNoToken, result = kNoToken;
        if (merge) {
            merged.assign(merge->left).append(merge->right);
            left = vocabulary_.find(merge->left);
            right = vocabulary_.find(merge->right);
            result = vocabulary_.find(merged);
        }
        if (left == kNoToken || right == kNoToken || result == kNoToken) {
            return fail(ErrorCode::kCorrupt, "Merge " + std::to_string(i) + " of " +
                                                 file.path().filename().string() +
                                                 " names a token that it does not have.");
        }
        if (vocabulary_.is_mergeable(result)) merges_.add(left, right, result);
    }
    return {};
}

void ByteLevelBpe::set_content_hash(std::string_view pre, const std::vector<std::string>& merges) {
    Hasher hasher;
    hasher.add(std::string_view("byte-level BPE"));
    hasher.add(pre);
    vocabulary_.add_to(hasher);
    hasher.add(static_cast<std::int64_t>(add_bos_));
    for (const std::string& merge : merges) hasher.add(std::string_view(merge));
    content_hash_ = hasher.finish();
}

std::vector<TokenId> ByteLevelBpe::encode(std::string_view text) const {
    std::vector<TokenId> ids;
    Scratch scratch;
    user_tokens_.split(
        text, [&](std::string_view plain) { encode_plain(plain, scratch, ids); },
        [&](TokenId id) { ids.push_back(id); });
    return ids;
}

void ByteLevelBpe::encode_plain(std::string_view text, Scratch& scratch,
                                std::vector<TokenId>& ids) const {
    std::string normalised;
    if (pre_tokenizer_.traits().nfc) text = to_nfc(text, normalised);
    scratch.words.clear();
    pre_tokenizer_.split(text, scratch.regex, scratch.words);
    for (const std::string_view word : scratch.words) encode_word(word, scratch, ids);
}

void ByteLevelBpe::encode_word(std::string_view word, Scratch& scratch,
                               std::vector<TokenId>& ids) const {
    const TokenId whole = word_index_.find(word);
    if (whole != kNoToken && (pre_tokenizer_.traits().whole_words ||
                              merges_whole_[whole].load(std::memory_order_relaxed))) {
        ids.push_back(whole);
        return;
    }
    scratch.symbols.clear();
    for (const char c : word) {
        const TokenId id = byte_ids_[static_cast<unsigned char>(c)];
        if (id != kNoToken) scratch.symbols.push_back(id);
    }
    merges_.apply(scratch.symbols, scratch.merges);
    if (whole != kNoToken && scratch.symbols.size() == 1 && scratch.symbols[0] == whole)
        merges_whole_[whole].store(true, std::memory_order_relaxed);
    ids.insert(ids.end(), scratch.symbols.begin(), scratch.symbols.end());
}

}  // namespace lectern
