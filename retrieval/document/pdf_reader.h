// PDF through QtPdf: text by pages, with the place of every block.
#pragma once

#include <memory>

#include "retrieval/document/document_reader.h"

namespace lectern {

/// Null where QtPdf was not built in.
std::unique_ptr<DocumentReader> make_pdf_reader();

}  // namespace lectern
