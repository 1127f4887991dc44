#include "engine/kv/kv_key.h"

#include <set>

#include "tests/kv/sample_chunks.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

const KvKeyContext kContext{.model = hash128("a model"), .prefix = {1, 2, 3}};
const std::vector<TokenId> kChunk{10, 11, 12};

}  // namespace

TEST_CASE("the same model, prefix and chunk have the same key") {
    CHECK(make_kv_key(kContext, kChunk) == make_kv_key(kContext, kChunk));
}

TEST_CASE("whatever a chunk's KV depends on changes its key") {
    std::set<KvKey> keys{make_kv_key(kContext, kChunk)};
    const auto is_new = [&keys](const KvKeyContext& context, const std::vector<TokenId>& chunk) {
        return keys.insert(make_kv_key(context, chunk)).second;
    };
    KvKeyContext context = kContext;
    context.model = hash128("the model with another RoPE base");
    CHECK(is_new(context, kChunk));
    context = kContext;
    context.prefix = {1, 2, 4};
    CHECK(is_new(context, kChunk));
    context.prefix = {1, 2};
    CHECK(is_new(context, kChunk));
    context.prefix = {};
    CHECK(is_new(context, kChunk));
    context = kContext;
    for (const KvFormat format : test::all_kv_formats()) {
        context.format = format;
        CHECK(is_new(context, kChunk) == (format != kContext.format));
    }
    context = kContext;
    context.format_version = kKvFormatVersion + 1;
    CHECK(is_new(context, kChunk));
    CHECK(is_new(kContext, {10, 11, 13}));
    CHECK(is_new(kContext, {10, 11}));
    CHECK(is_new(kContext, {11, 10, 12}));
    CHECK(is_new(kContext, {}));
}

TEST_CASE("a token that moves from the prefix to the chunk changes the key") {
    KvKeyContext shorter = kContext;
    shorter.prefix = {1, 2};
    CHECK(make_kv_key(shorter, std::vector<TokenId>{3, 10, 11, 12}) !=
          make_kv_key(kContext, kChunk));
}
