#include "app/core/scope_choices.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

bool is_within(const fs::path& path, const fs::path& folder) {
    const auto [at, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return at == folder.end();
}

/// 0: the best; −1: it does not match.
int rank_of(const fs::path& path, const std::string& typed) {
    const std::string name = ascii_lower(path.filename().string());
    if (name.starts_with(typed)) return 0;
    if (name.find(typed) != std::string::npos) return 1;
    return ascii_lower(path.string()).find(typed) != std::string::npos ? 2 : -1;
}

std::map<fs::path, int> folders_of(const std::vector<fs::path>& roots,
                                   const std::vector<fs::path>& documents) {
    std::map<fs::path, int> n_documents;
    for (const fs::path& document : documents)
        for (const fs::path& root : roots) {
            if (!is_within(document, root) || document == root) continue;
            for (fs::path folder = document.parent_path(); is_within(folder, root);
                 folder = folder.parent_path()) {
                ++n_documents[folder];
                if (folder == root) break;
            }
        }
    return n_documents;
}

}  // namespace

std::vector<ScopeChoice> scope_choices(const std::vector<fs::path>& roots,
                                       const std::vector<fs::path>& documents,
                                       std::string_view typed, std::size_t limit) {
    const std::string wanted = ascii_lower(typed);
    std::vector<ScopeChoice> choices;
    for (const auto& [folder, n] : folders_of(roots, documents))
        if (rank_of(folder, wanted) >= 0) choices.push_back({folder, true, n});
    for (const fs::path& document : documents)
        if (rank_of(document, wanted) >= 0) choices.push_back({document, false, 1});
    std::stable_sort(choices.begin(), choices.end(),
                     [&](const ScopeChoice& a, const ScopeChoice& b) {
                         return std::tuple(rank_of(a.path, wanted), !a.is_folder, a.path) <
                                std::tuple(rank_of(b.path, wanted), !b.is_folder, b.path);
                     });
    if (choices.size() > limit) choices.resize(limit);
    return choices;
}

}  // namespace lectern
