#include "engine/base/hash.h"

#include <xxhash.h>

#include <cstring>
#include <new>

namespace lectern {
namespace {

Hash128 canonical(XXH128_hash_t hash) {
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, hash);
    Hash128 out;
    std::memcpy(out.bytes.data(), bytes.digest, out.bytes.size());
    return out;
}

}  // namespace

std::string Hash128::hex() const {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t byte : bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::uint64_t hash64(std::span<const std::byte> data) {
    return XXH3_64bits(data.data(), data.size());
}

Hash128 hash128(std::span<const std::byte> data) {
    return canonical(XXH3_128bits(data.data(), data.size()));
}

Hash128 hash128(std::string_view text) {
    return hash128(std::as_bytes(std::span(text.data(), text.size())));
}

struct Hasher::State {
    State() : xxh(XXH3_createState()) {
        if (xxh == nullptr) throw std::bad_alloc();
        XXH3_128bits_reset(xxh);
    }
    ~State() { XXH3_freeState(xxh); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    XXH3_state_t* xxh;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;

void Hasher::add(std::string_view field) {
    add(static_cast<std::int64_t>(field.size()));
    update(field.data(), field.size());
}

void Hasher::add(std::int64_t field) { update(&field, sizeof field); }

void Hasher::add(double field) { update(&field, sizeof field); }

void Hasher::add(std::span<const std::int32_t> field) {
    add(static_cast<std::int64_t>(field.size()));
    update(field.data(), field.size_bytes());
}

void Hasher::add(const Hash128& field) { update(field.bytes.data(), field.bytes.size()); }

Hash128 Hasher::finish() const { return canonical(XXH3_128bits_digest(state_->xxh)); }

void Hasher::update(const void* data, std::size_t n_bytes) {
    XXH3_128bits_update(state_->xxh, data, n_bytes);
}

}  // namespace lectern
