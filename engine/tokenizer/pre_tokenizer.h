// Cuts text into the words within which byte-level BPE merges, as tokenizer.ggml.pre names it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/regex.h"

namespace lectern {

/// What a model's training tokenizer did beside its patterns.
struct PreTokenizerTraits {
    bool nfc = false;          ///< text is brought into normal form C first
    bool whole_words = false;  ///< a word that is a token is that token, whatever merges say
    bool adds_bos = false;     ///< unless the file says otherwise
};

/// Immutable; any thread.
class PreTokenizer {
  public:
    /// kUnsupported names an unknown `name` and lists the known ones.
    static Result<PreTokenizer> create(std::string_view name);

    const PreTokenizerTraits& traits() const { return traits_; }
    /// Appends the words of text, in order and without gaps, as views into it. Bytes that are no
    /// UTF-8 count as signs, each by itself.
    void split(std::string_view text, Regex::Scratch& scratch,
               std::vector<std::string_view>& words) const;

  private:
    void split_valid(std::string_view text, Regex::Scratch& scratch,
                     std::vector<std::string_view>& words) const;

    PreTokenizerTraits traits_;
    std::vector<Regex> patterns_;  ///< each cuts the pieces that the one before left
};

}  // namespace lectern
