#include "app/core/library_overview.h"

#include <utility>

namespace lectern {

Result<LibraryOverview> library_overview(const Library& library) {
    LECTERN_ASSIGN(const auto folders, library.folders());
    LECTERN_ASSIGN(const auto documents, library.documents());
    LibraryOverview overview;
    for (const FolderRecord& folder : folders) {
        overview.folders.push_back({folder.path, folder.offline, folder.documents, folder.chunks});
        overview.documents += folder.documents;
        overview.chunks += folder.chunks;
    }
    for (const DocumentRecord& document : documents)
        if (document.failed)
            overview.failed.push_back({document.path, FileState::kFailed, document.failure.reason,
                                       static_cast<int>(document.chunks)});
    overview.read_only = library.read_only() || library.writer_elsewhere();
    return overview;
}

}  // namespace lectern
