// What a question can be narrowed to: folders and documents of the library, by what is typed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lectern {

struct ScopeChoice {
    std::filesystem::path path;
    bool is_folder = false;
    int n_documents = 0;  ///< below a folder
};

/// The folders at and below `roots` that hold documents, and the documents. Those whose name begins
/// with what is typed come first, then those whose name holds it, then those whose path does;
/// folders before documents, else by path. Upper and lower case are the same (ASCII).
std::vector<ScopeChoice> scope_choices(const std::vector<std::filesystem::path>& roots,
                                       const std::vector<std::filesystem::path>& documents,
                                       std::string_view typed, std::size_t limit);

}  // namespace lectern
