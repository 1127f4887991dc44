#include "app/core/catalogue.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/core/paths.h"
#include "resources/models.h"

namespace lectern {
namespace {

std::string names_of(ModelRole role) {
    std::string names;
    for (const CatalogueModel& model : catalogue())
        if (model.role == role) names += (names.empty() ? "" : ", ") + model.name;
    return names;
}

ModelFile file_from(const nlohmann::json& json, const std::filesystem::path& folder) {
    ModelFile file;
    file.target = folder / json.at("file").get<std::string>();
    file.n_bytes = json.at("bytes");
    file.sha256 = json.at("sha256");
    for (const auto& source : json.at("sources"))
        if (source.at("kind") == "url") file.urls.push_back(source.at("url"));
    return file;
}

CatalogueModel model_from(const nlohmann::json& entry) {
    CatalogueModel model;
    model.name = entry.at("name");
    model.title = entry.at("title");
    model.note = entry.at("note");
    model.licence = entry.at("licence");
    model.role = entry.at("role") == "embedder" ? ModelRole::kEmbedder : ModelRole::kAnswering;
    model.n_bytes = entry.at("bytes");
    model.memory_bytes = entry.at("memory_bytes");
    if (entry.contains("folder")) {
        model.location = models_folder() / entry.at("folder").get<std::string>();
        for (const auto& file : entry.at("files"))
            model.files.push_back(file_from(file, model.location));
    } else {
        model.files.push_back(file_from(entry, models_folder()));
        model.location = model.files[0].target;
    }
    if (entry.contains("kv")) {
        const auto& kv = entry.at("kv");
        model.kv_shape = {kv.at("layers"), kv.at("kv_heads"), kv.at("head_dim")};
    }
    return model;
}

struct Catalogue {
    std::string hub;
    std::vector<CatalogueModel> models;
};

Catalogue parse(const nlohmann::json& json) {
    Catalogue catalogue;
    catalogue.hub = json.at("hub");
    for (const auto& entry : json.at("models")) catalogue.models.push_back(model_from(entry));
    return catalogue;
}

std::optional<Catalogue> other_catalogue() {
    const char* path = std::getenv("LECTERN_CATALOGUE");
    if (path == nullptr || *path == '\0') return std::nullopt;
    try {
        std::ifstream file(path);
        return parse(nlohmann::json::parse(file));
    } catch (const nlohmann::json::exception& error) {
        spdlog::warn("The catalogue {} cannot be used: {}", path, error.what());
        return std::nullopt;
    }
}

Catalogue read_catalogue() {
    if (std::optional<Catalogue> other = other_catalogue()) return std::move(*other);
    return parse(nlohmann::json::parse(kModelsJson));
}

Result<std::filesystem::path> best_installed(ModelRole role) {
    const CatalogueModel* best = nullptr;
    const std::vector<CatalogueModel> models = catalogue();
    for (const CatalogueModel& model : models)
        if (model.role == role && model.installed() && model.memory_bytes < machine_memory_bytes())
            best = &model;
    if (best != nullptr) return best->location;
    if (role == ModelRole::kEmbedder)
        return fail(
            ErrorCode::kNotFound, "No embedding model is installed.",
            "Get one on the models page, or with `lectern models get` (" + names_of(role) + ").");
    if (const auto imported = imported_models(); !imported.empty()) return imported.front();
    return fail(
        ErrorCode::kNotFound, "No answering model is installed.",
        "Get one on the models page, or with `lectern models get` (" + names_of(role) + ").");
}

}  // namespace

bool CatalogueModel::installed() const {
    return std::all_of(files.begin(), files.end(),
                       [](const ModelFile& file) { return std::filesystem::exists(file.target); });
}

std::vector<CatalogueModel> catalogue() { return read_catalogue().models; }

std::string catalogue_hub() { return read_catalogue().hub; }

Result<std::filesystem::path> find_model(const std::string& name_or_path, ModelRole role) {
    if (name_or_path.empty()) return best_installed(role);
    for (const CatalogueModel& model : catalogue()) {
        if (model.name != name_or_path) continue;
        if (model.role != role)
            return fail(ErrorCode::kInvalidArgument, name_or_path + " is not a model for this use.",
                        "Use one of: " + names_of(role) + ".");
        if (model.installed()) return model.location;
        return fail(
            ErrorCode::kNotFound, "The model " + name_or_path + " is not installed.",
            "Get it on the models page, or with `lectern models get " + name_or_path + "`.");
    }
    if (std::filesystem::exists(name_or_path)) return std::filesystem::path(name_or_path);
    if (role == ModelRole::kAnswering)
        for (const std::filesystem::path& imported : imported_models())
            if (imported.stem() == name_or_path) return imported;
    return fail(ErrorCode::kNotFound, "There is no model or file named " + name_or_path + ".",
                "Give a path or one of: " + names_of(role) + ".");
}

std::vector<std::filesystem::path> imported_models() {
    const std::vector<CatalogueModel> known = catalogue();
    std::vector<std::filesystem::path> found;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(models_folder(), unreadable)) {
        const auto is_it = [&](const CatalogueModel& model) {
            return model.location == entry.path();
        };
        if (entry.path().extension() == ".gguf" && std::none_of(known.begin(), known.end(), is_it))
            found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::int64_t machine_memory_bytes() {
    return static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGE_SIZE);
}

}  // namespace lectern
