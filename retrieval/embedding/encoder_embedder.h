// The Embedder on our own engine: a BERT encoder (MiniLM and its kind) on a CPU backend of its own.
#pragma once

#include <filesystem>
#include <memory>

#include "retrieval/embedding/embedder.h"

namespace lectern {

struct EncoderEmbedderOptions {
    int n_threads = 0;            ///< 0: default_thread_count()
    int batch_tokens = 256;       ///< a batch of passages: what a question may have to wait for
    int overlap_tokens = 24;      ///< shared by neighbouring windows of a long passage
    int max_context_tokens = 48;  ///< of the context that each window begins with
};

/// Loads the encoder in `folder` (model.safetensors, config.json, vocab.txt). Errors as
/// Encoder::load.
Result<std::unique_ptr<Embedder>> load_encoder_embedder(const std::filesystem::path& folder,
                                                        const EncoderEmbedderOptions& options = {});

}  // namespace lectern
