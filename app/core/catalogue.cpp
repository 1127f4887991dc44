#include "app/core/catalogue.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

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

}  // namespace

std::vector<CatalogueModel> catalogue() {
    std::vector<CatalogueModel> models;
    const auto json = nlohmann::json::parse(kModelsJson);
    for (const auto& entry : json.at("models")) {
        CatalogueModel model;
        model.name = entry.at("name");
        model.title = entry.at("title");
        model.note = entry.at("note");
        model.licence = entry.at("licence");
        model.role = entry.at("role") == "embedder" ? ModelRole::kEmbedder : ModelRole::kAnswering;
        const char* key = entry.contains("folder") ? "folder" : "file";
        model.location = models_folder() / entry.at(key).get<std::string>();
        model.n_bytes = entry.at("bytes");
        model.memory_bytes = entry.at("memory_bytes");
        models.push_back(std::move(model));
    }
    return models;
}

Result<std::filesystem::path> find_model(const std::string& name_or_path, ModelRole role) {
    const std::vector<CatalogueModel> models = catalogue();
    if (name_or_path.empty()) {
        const CatalogueModel* best = nullptr;
        for (const CatalogueModel& model : models)
            if (model.role == role && model.installed() &&
                model.memory_bytes < machine_memory_bytes())
                best = &model;
        if (best != nullptr) return best->location;
        return fail(ErrorCode::kNotFound,
                    role == ModelRole::kEmbedder ? "No embedding model is installed."
                                                 : "No answering model is installed.",
                    "Get one with scripts/fetch-models (" + names_of(role) + ").");
    }
    for (const CatalogueModel& model : models) {
        if (model.name != name_or_path) continue;
        if (model.role != role)
            return fail(ErrorCode::kInvalidArgument, name_or_path + " is not a model for this use.",
                        "Use one of: " + names_of(role) + ".");
        if (model.installed()) return model.location;
        return fail(ErrorCode::kNotFound, "The model " + name_or_path + " is not installed.",
                    "Get it with scripts/fetch-models " + name_or_path + ".");
    }
    if (std::filesystem::exists(name_or_path)) return std::filesystem::path(name_or_path);
    return fail(ErrorCode::kNotFound, "There is no model or file named " + name_or_path + ".",
                "Give a path or one of: " + names_of(role) + ".");
}

std::int64_t machine_memory_bytes() {
    return static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGE_SIZE);
}

}  // namespace lectern
