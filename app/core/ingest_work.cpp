#include "app/core/ingest_work.h"

#include <algorithm>
#include <map>
#include <utility>

namespace lectern {

std::vector<IngestWork> take_turns(std::vector<IngestWork> work,
                                   const std::vector<FolderRecord>& folders) {
    std::map<std::int64_t, const FolderRecord*> by_id;
    for (const FolderRecord& folder : folders) by_id[folder.id] = &folder;
    const auto turn = [&](const IngestWork& file) {
        const auto folder = by_id.find(file.folder_id);
        return folder == by_id.end() ? 0 : folder->second->turn;
    };
    std::erase_if(work, [&](const IngestWork& file) {
        const auto folder = by_id.find(file.folder_id);
        return folder != by_id.end() && folder->second->paused;
    });
    std::stable_sort(work.begin(), work.end(), [&](const IngestWork& a, const IngestWork& b) {
        return std::pair(-turn(a), a.bytes) < std::pair(-turn(b), b.bytes);
    });
    return work;
}

}  // namespace lectern
