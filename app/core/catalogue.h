// The models Lectern knows: resources/models.json, and where their files are on this machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/kv/kv_cache.h"

namespace lectern {

enum class ModelRole : std::uint8_t { kAnswering, kEmbedder };

/// A file of a model, and where to get it.
struct ModelFile {
    std::filesystem::path target;  ///< in models_folder()
    std::int64_t n_bytes = 0;
    std::string sha256;
    std::vector<std::string> urls;  ///< in the order to try them
};

struct CatalogueModel {
    std::string name;   ///< what --model and --embedder take
    std::string title;  ///< for people
    std::string note;
    std::string licence;
    ModelRole role = ModelRole::kAnswering;
    std::filesystem::path location;  ///< file or folder in models_folder()
    std::int64_t n_bytes = 0;        ///< to download
    std::int64_t memory_bytes = 0;   ///< while answering
    std::vector<ModelFile> files;    ///< that it consists of
    KvShape kv_shape;                ///< of an answering model
    bool installed() const;
};

/// In the catalogue's order; best last among the answering ones. The file that $LECTERN_CATALOGUE
/// names takes the place of the one that came with the program; one that cannot be used is said in
/// the log and left. Any thread.
std::vector<CatalogueModel> catalogue();

/// The address of the hub that models are searched on, as the catalogue names it.
std::string catalogue_hub();

/// The file or folder for a name from the catalogue, of an imported model (its file's without
/// .gguf), or a path. An empty name: the catalogue's best that is installed and fits this machine's
/// memory, else one that was imported. kNotFound says what is missing and how to get it.
Result<std::filesystem::path> find_model(const std::string& name_or_path, ModelRole role);

/// GGUF files in models_folder() that the catalogue does not know, by name.
std::vector<std::filesystem::path> imported_models();

/// Memory of this machine, bytes.
std::int64_t machine_memory_bytes();

}  // namespace lectern
