// Built where QtPdf is not: PDF files are then refused with a reason.
#include "retrieval/document/pdf_reader.h"

namespace lectern {

std::unique_ptr<DocumentReader> make_pdf_reader() { return nullptr; }

Result<std::vector<PageRect>> pdf_rectangles(const std::filesystem::path&,
                                             std::span<const SourceSpan>) {
    return fail(ErrorCode::kUnsupported, "This build of Lectern cannot read PDF documents.");
}

}  // namespace lectern
