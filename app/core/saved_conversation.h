// A conversation between two runs of the program: what was said, and which passages it stood on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

struct SavedTurn {
    std::string question, answer;
    std::vector<TokenId> answer_ids;  ///< as the model decoded them
    std::vector<std::int64_t>
        chunk_ids;  ///< passages that the turn brought along, in reading order
};

struct SavedConversation {
    std::string model;  ///< Transformer::fingerprint() of the model that answered, in hexadecimal
    std::vector<SavedTurn> turns;
    int n_left = 0;  ///< turns before them, which made room in the context
};

/// As JSON text, and back. kCorrupt: it is not a conversation; kUnsupported: of a newer version.
std::string conversation_text(const SavedConversation& saved);
Result<SavedConversation> conversation_of(const std::string& text);

/// JSON. kNotFound: there is no such file; kCorrupt: it is not a conversation; kIo.
Result<SavedConversation> read_conversation(const std::filesystem::path& file);
/// As write_whole_file.
Status write_conversation(const std::filesystem::path& file, const SavedConversation& saved);

}  // namespace lectern
