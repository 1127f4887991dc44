#include "retrieval/document/document_reader.h"

#include <utility>

namespace lectern {

void ReaderRegistry::add(std::unique_ptr<DocumentReader> reader) {
    readers_.push_back(std::move(reader));
}

}  // namespace lectern
