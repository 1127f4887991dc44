// A whole file mapped read-only into memory: model weights and stored KV are read through it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "engine/base/result.h"

namespace lectern {

/// Owns the mapping. Movable; the bytes stay where they are when it moves.
class MappedFile {
  public:
    /// kNotFound, or kIo with the system's reason. An empty file maps to an empty span.
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile() = default;
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    /// Valid while this object lives.
    std::span<const std::byte> bytes() const { return {data_, size_}; }

  private:
    const std::byte* data_ = nullptr;
    std::size_t size_ = 0;
};

/// While it lives, an access to a mapping reads the page it needs and none around it. For samples.
/// mapped: all of a MappedFile's bytes, outliving this object.
class SampledAccess {
  public:
    explicit SampledAccess(std::span<const std::byte> mapped);
    ~SampledAccess();
    SampledAccess(const SampledAccess&) = delete;
    SampledAccess& operator=(const SampledAccess&) = delete;

  private:
    std::span<const std::byte> mapped_;
};

/// The whole pages of a mapping's bytes may leave memory: the next access reads them from the file
/// again. For what was copied elsewhere.
void release_pages(std::span<const std::byte> mapped);

}  // namespace lectern
