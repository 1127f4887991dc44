#include "app/core/inspect.h"

#include <algorithm>

#include "engine/model/row_pass.h"

namespace lectern {

Result<std::vector<TokenId>> tokenize_text(const std::filesystem::path& model,
                                           const std::string& text) {
    LECTERN_ASSIGN(const std::shared_ptr<const GgufFile> file, GgufFile::open(model));
    LECTERN_ASSIGN(const std::unique_ptr<Tokenizer> tokenizer, load_tokenizer(*file));
    return tokenizer->encode(text);
}

Result<std::vector<float>> text_logits(const std::filesystem::path& model, const std::string& text,
                                       const CpuBackendOptions& backend_options,
                                       std::stop_token stop) {
    LECTERN_ASSIGN(const std::shared_ptr<const GgufFile> file, GgufFile::open(model));
    LECTERN_ASSIGN(const std::unique_ptr<Tokenizer> tokenizer, load_tokenizer(*file));
    std::vector<TokenId> ids = tokenizer->encode(text);
    if (tokenizer->add_bos() && tokenizer->bos()) ids.insert(ids.begin(), *tokenizer->bos());
    if (ids.empty()) return fail(ErrorCode::kInvalidArgument, "The text is empty.");

    const std::unique_ptr<Backend> backend = make_cpu_backend(backend_options);
    LECTERN_ASSIGN(const std::unique_ptr<Transformer> transformer,
                   Transformer::load(file, *backend));
    const ModelConfig& config = transformer->config();
    const int n = static_cast<int>(ids.size());
    if (n > config.context_length)
        return fail(ErrorCode::kTooLong, "The text has " + std::to_string(n) +
                                             " tokens, more than the model's " +
                                             std::to_string(config.context_length) + ".");
    LECTERN_ASSIGN(KvCache cache, KvCache::create(*backend, config.kv_shape(), n));
    LECTERN_ASSIGN(Activations activations,
                   Activations::create(*backend, config, std::min(n, 512)));
    cache.append(ids, 0, SegmentKind::kQuestion, RowState::kExact);
    LECTERN_ASSIGN(const int last,
                   run_pass({*transformer, activations, cache, consecutive_rows(0, n), stop, 1}));
    std::vector<float> logits(config.vocab_size);
    transformer->logits(activations, last, logits);
    return logits;
}

}  // namespace lectern
