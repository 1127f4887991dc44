// Content hashes: files, chunks, KV keys and checksums all use XXH3 (not a defence against an
// attacker).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace lectern {

struct Hash128 {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const Hash128&) const = default;
    /// 32 lower-case hexadecimal digits.
    std::string hex() const;
};

std::uint64_t hash64(std::span<const std::byte> data);
Hash128 hash128(std::span<const std::byte> data);
Hash128 hash128(std::string_view text);

/// Hashes a sequence of fields. Every add() of variable length is preceded by its length, so that
/// fields cannot run into one another.
class Hasher {
  public:
    Hasher();
    ~Hasher();
    Hasher(Hasher&&) noexcept;

    void add(std::string_view field);
    void add(std::int64_t field);
    void add(double field);
    void add(std::span<const std::int32_t> field);
    void add(const Hash128& field);
    Hash128 finish() const;

  private:
    void update(const void* data, std::size_t n_bytes);

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lectern
