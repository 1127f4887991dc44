// BERT's WordPiece: text cleaned and cut into words, words into the longest pieces of the
// vocabulary.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/text_index.h"
#include "engine/tokenizer/vocabulary.h"

namespace lectern {

/// As tokenizer_config.json names them.
struct WordPieceSettings {
    bool lower_case = true;
    bool strip_accents = true;  ///< where the file does not say: as lower_case
    bool space_han = true;      ///< every Han character is a word
    std::string unknown = "[UNK]";
};

/// Lossy by design: decode() gives cleaned words, "##" pieces joined to the ones before.
class WordPiece final : public VocabularyTokenizer {
  public:
    static Result<std::unique_ptr<Tokenizer>> load(const std::filesystem::path& folder);

    std::vector<TokenId> encode(std::string_view text) const override;
    /// With a space before a piece that begins a word.
    std::string piece(TokenId id) const override;

  private:
    /// A word of more code points is unknown as a whole.
    static constexpr int kMaxWordChars = 100;

    WordPiece(Vocabulary vocabulary, WordPieceSettings settings, TokenId unknown);

    std::u32string clean(std::string_view text) const;
    void encode_word(std::u32string_view word, std::vector<TokenId>& ids) const;
    TokenId longest(std::string_view rest, bool inside, std::size_t& n_bytes) const;

    WordPieceSettings settings_;
    TokenId unknown_;
    std::vector<std::string> starts_, insides_;  ///< pieces at the start of and inside a word
    TextIndex start_index_, inside_index_;
};

}  // namespace lectern
