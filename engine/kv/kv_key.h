// What a chunk's KV depends on. Two equal keys mean the same bytes; any difference means: compute
// again.
#pragma once

#include <span>
#include <vector>

#include "engine/base/hash.h"
#include "engine/kv/chunk_kv.h"
#include "engine/tokenizer/tokenizer.h"

namespace lectern {

/// Bumped whenever the stored bytes of a chunk would differ for the same inputs.
inline constexpr int kKvFormatVersion = 3;

struct KvKey {
    Hash128 hash;
    auto operator<=>(const KvKey&) const = default;
};

/// Everything of a model and its prompt prefix that a chunk's KV depends on.
struct KvKeyContext {
    Hash128 model;  ///< weights, tokenizer, RoPE factors and scales, attention settings:
                    ///< Transformer::fingerprint()
    std::vector<TokenId> prefix;
    KvFormat format = kDefaultKvFormat;
    int format_version = kKvFormatVersion;
};

/// Any thread. chunk_tokens: the chunk's own ids, as they stand in the prompt.
KvKey make_kv_key(const KvKeyContext& context, std::span<const TokenId> chunk_tokens);

}  // namespace lectern
