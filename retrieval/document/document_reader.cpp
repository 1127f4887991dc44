#include "retrieval/document/document_reader.h"

#include <algorithm>
#include <utility>

#include "retrieval/document/file_bytes.h"
#include "retrieval/document/html_reader.h"
#include "retrieval/document/markdown_reader.h"
#include "retrieval/document/pdf_reader.h"
#include "retrieval/document/text_decoding.h"
#include "retrieval/document/text_reader.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

constexpr std::int64_t kHeadBytes = 4096;

std::string lower_extension(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    return extension.empty() ? extension : ascii_lower(std::string_view(extension).substr(1));
}

tl::unexpected<Error> no_reader(const std::filesystem::path& path, std::string_view head) {
    const std::string_view kind = binary_kind(head);
    if (kind.empty())
        return fail(ErrorCode::kUnsupported, shown_name(path) + " is a binary file, not text.");
    return fail(ErrorCode::kUnsupported, shown_name(path) + " is " + std::string(kind) +
                                             ", which this build does not read.");
}

}  // namespace

ReaderRegistry ReaderRegistry::standard() {
    ReaderRegistry registry;
    if (auto pdf = make_pdf_reader()) registry.add(std::move(pdf));
    registry.add(std::make_unique<HtmlReader>());
    registry.add(std::make_unique<MarkdownReader>());
    registry.add(std::make_unique<TextReader>());
    return registry;
}

void ReaderRegistry::add(std::unique_ptr<DocumentReader> reader) {
    readers_.push_back(std::move(reader));
}

bool ReaderRegistry::knows_extension(std::string_view extension) const {
    const std::string lower = ascii_lower(extension);
    return std::any_of(readers_.begin(), readers_.end(),
                       [&](const auto& reader) { return reader->accepts(lower, {}); });
}

Result<ParsedDocument> ReaderRegistry::read(const std::filesystem::path& path) const {
    LECTERN_ASSIGN(const std::string head, read_file_head(path, kHeadBytes));
    const std::string extension = lower_extension(path);
    for (const auto& reader : readers_)
        if (reader->accepts(extension, std::as_bytes(std::span(head)))) return reader->read(path);
    return no_reader(path, head);
}

}  // namespace lectern
