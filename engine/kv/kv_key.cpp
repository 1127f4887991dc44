#include "engine/kv/kv_key.h"

namespace lectern {

KvKey make_kv_key(const KvKeyContext& context, std::span<const TokenId> chunk_tokens) {
    Hasher hasher;
    hasher.add("lectern kv");
    hasher.add(std::int64_t{context.format_version});
    hasher.add(static_cast<std::int64_t>(context.format.k));
    hasher.add(static_cast<std::int64_t>(context.format.v));
    hasher.add(context.model);
    hasher.add(std::span<const TokenId>(context.prefix));
    hasher.add(chunk_tokens);
    return {hasher.finish()};
}

}  // namespace lectern
