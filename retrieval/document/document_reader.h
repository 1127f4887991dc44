// Readers by format behind one registry, and the way to run them in a killable child process.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "retrieval/document/document.h"

namespace lectern {

/// Reads one format. Called in the child process only (or in tests). kUnsupported, kCorrupt,
/// kTooLong, kIo say, in a sentence for people, why the file gave nothing (encrypted, broken,
/// empty, scanned, binary).
class DocumentReader {
  public:
    virtual ~DocumentReader() = default;
    virtual std::string_view format() const = 0;
    /// By name (lower-case extension without the dot) and the first bytes of the file (up to 4
    /// KiB).
    virtual bool accepts(std::string_view extension, std::span<const std::byte> head) const = 0;
    virtual Result<ParsedDocument> read(const std::filesystem::path& path) const = 0;
};

class ReaderRegistry {
  public:
    /// Plain text, Markdown, HTML, and PDF where QtPdf was built in.
    static ReaderRegistry standard();
    void add(std::unique_ptr<DocumentReader> reader);
    /// Whether a scan should take the file at all, by its name alone.
    bool knows_extension(std::string_view extension) const;
    Result<ParsedDocument> read(const std::filesystem::path& path) const;

  private:
    std::vector<std::unique_ptr<DocumentReader>> readers_;
};

struct ReadLimits {
    std::chrono::seconds time{60};
    std::int64_t memory_bytes = 2LL << 30;
    std::int64_t output_bytes = 256LL << 20;
    std::int64_t file_bytes = 512LL << 20;
};

/// Reads a file in a child process: `executable read-document PATH`, its result as CBOR on stdout.
/// A crash, a hang or a bomb costs this one file: the error says so. Any thread.
Result<ParsedDocument> read_in_child(const std::filesystem::path& executable,
                                     const std::filesystem::path& path, const ReadLimits& limits,
                                     std::stop_token stop);

/// The child's side: reads PATH with the standard registry under the limits, writes to stdout,
/// returns the exit status.
int read_document_main(const std::filesystem::path& path, const ReadLimits& limits);

/// A rectangle on a page, in points from its top left corner.
struct PageRect {
    std::int32_t page = 1;
    double x = 0, y = 0, width = 0, height = 0;
};

/// The rectangles, one a line, that spans cover in a PDF. kUnsupported without QtPdf.
Result<std::vector<PageRect>> pdf_rectangles(const std::filesystem::path& path,
                                             std::span<const SourceSpan> spans);

}  // namespace lectern
