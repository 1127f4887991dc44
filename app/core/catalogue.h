// The models Lectern knows: resources/models.json, and where their files are on this machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

enum class ModelRole : std::uint8_t { kAnswering, kEmbedder };

struct CatalogueModel {
    std::string name;   ///< what --model and --embedder take
    std::string title;  ///< for people
    std::string note;
    std::string licence;
    ModelRole role = ModelRole::kAnswering;
    std::filesystem::path location;  ///< file or folder in models_folder()
    std::int64_t n_bytes = 0;        ///< to download
    std::int64_t memory_bytes = 0;   ///< while answering
    bool installed() const { return std::filesystem::exists(location); }
};

/// In the catalogue's order; best last among the answering ones. Any thread.
std::vector<CatalogueModel> catalogue();

/// The file or folder for a name from the catalogue or a path. An empty name: the best one
/// installed that fits this machine's memory. kNotFound says what is missing and how to get it.
Result<std::filesystem::path> find_model(const std::string& name_or_path, ModelRole role);

/// Memory of this machine, bytes.
std::int64_t machine_memory_bytes();

}  // namespace lectern
