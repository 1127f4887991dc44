// For comparing with a reference: token ids and logits of a text, by a model file.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/model_session.h"
#include "engine/base/result.h"

namespace lectern {

/// Ids of plain text: control tokens not parsed, no BOS added. Loads the tokenizer alone.
Result<std::vector<TokenId>> tokenize_text(const std::filesystem::path& model,
                                           const std::string& text);

/// Logits behind the last token of a text (behind BOS where the model begins with one); vocab_size
/// values.
Result<std::vector<float>> text_logits(const std::filesystem::path& model, const std::string& text,
                                       const CpuBackendOptions& backend, std::stop_token stop);

}  // namespace lectern
