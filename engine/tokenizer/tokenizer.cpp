#include "engine/tokenizer/tokenizer.h"

#include "engine/tokenizer/byte_level_bpe.h"
#include "engine/tokenizer/sentencepiece.h"

namespace lectern {

std::string Tokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids) text += piece(id);
    return text;
}

Result<std::unique_ptr<Tokenizer>> load_tokenizer(const GgufFile& file) {
    LECTERN_ASSIGN(const std::string model, file.text("tokenizer.ggml.model"));
    if (model == "gpt2") return ByteLevelBpe::load(file);
    if (model == "llama") return SentencePiece::load(file);
    return fail(ErrorCode::kUnsupported,
                file.path().filename().string() + " has the tokenizer \"" + model +
                    "\", which is not known.",
                "Known are: gpt2 (byte-level BPE), llama (SentencePiece).");
}

}  // namespace lectern
