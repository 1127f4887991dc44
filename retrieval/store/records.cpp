#include "retrieval/store/records.h"

namespace lectern {

std::string chunk_context(const std::string& title, const std::string& heading_path) {
    if (title.empty() || heading_path.starts_with(title)) return heading_path;
    return heading_path.empty() ? title : title + " › " + heading_path;
}

}  // namespace lectern
