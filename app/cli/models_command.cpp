// `lectern models`: what there is, getting, importing and removing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/core/model_hub.h"
#include "app/core/model_shelf.h"
#include "app/core/network.h"
#include "app/core/paths.h"

namespace lectern {
namespace {

struct ModelsOptions {
    std::string name;
    std::string words;
};

std::string megabytes(std::int64_t n_bytes) {
    return std::to_string((n_bytes + 500'000) / 1'000'000) + " MB";
}

/// The network as the settings allow it, for one command.
struct Network {
    NetworkLog log{network_log_file()};
    HttpClient client{http_settings(load_settings(settings_file()).settings), log};
    ModelHub hub{client, catalogue_hub()};
};

nlohmann::json to_json(const ShelfModel& shelf) {
    const CatalogueModel& model = shelf.model;
    nlohmann::json json = {{"name", model.name},
                           {"title", model.title},
                           {"role", model.role == ModelRole::kEmbedder ? "embedder" : "answering"},
                           {"licence", model.licence},
                           {"bytes", model.n_bytes},
                           {"memory_bytes", model.memory_bytes},
                           {"kv_bytes_per_1000_passages", shelf.kv_bytes_per_1000},
                           {"fits", shelf.misfit.empty()},
                           {"misfit", shelf.misfit},
                           {"installed", shelf.installed},
                           {"in_catalogue", shelf.in_catalogue},
                           {"unfinished_bytes", shelf.unfinished_bytes},
                           {"path", model.location.string()}};
    if (shelf.speed) {
        json["read_tokens_per_s"] = shelf.speed->read_tokens_per_s;
        json["write_tokens_per_s"] = shelf.speed->write_tokens_per_s;
    }
    return json;
}

void print(const ShelfModel& shelf) {
    const CatalogueModel& model = shelf.model;
    std::string state = shelf.installed ? "installed" : "not installed";
    if (!shelf.installed && shelf.unfinished_bytes > 0)
        state = megabytes(shelf.unfinished_bytes) + " of it are here";
    std::printf("%-20s %-10s %9s  %s\n", model.name.c_str(),
                model.role == ModelRole::kEmbedder ? "embedder" : "answering",
                megabytes(model.n_bytes).c_str(), state.c_str());
    std::string takes = megabytes(model.memory_bytes) + " of memory";
    if (shelf.kv_bytes_per_1000 > 0)
        takes += ", " + megabytes(shelf.kv_bytes_per_1000) + " of disk for 1,000 passages";
    const std::string licence = model.licence.empty() ? "licence not stated" : model.licence;
    std::printf("%22s%s. %s.\n", "", takes.c_str(), licence.c_str());
    if (!model.note.empty()) std::printf("%22s%s\n", "", model.note.c_str());
    if (!shelf.misfit.empty()) std::printf("%22s%s\n", "", shelf.misfit.c_str());
}

int run_list(const CommonOptions& common) {
    nlohmann::json json = nlohmann::json::array();
    for (const ShelfModel& shelf : model_shelf()) {
        if (common.json)
            json.push_back(to_json(shelf));
        else
            print(shelf);
    }
    if (common.json) print_json({{"models", json}});
    return 0;
}

/// Of the catalogue by its name, or of the hub as OWNER/REPOSITORY/FILE.gguf.
Result<CatalogueModel> model_to_get(Network& network, const std::string& name,
                                    const std::stop_token& stop) {
    for (CatalogueModel& model : catalogue())
        if (model.name == name) return std::move(model);
    LECTERN_ASSIGN(const auto place, parse_hub_name(name));
    LECTERN_ASSIGN(const std::vector<HubFile> files, network.hub.files(place.first, stop));
    for (const HubFile& file : files)
        if (file.name == place.second)
            return model_of_hub(catalogue_hub(), {.id = place.first, .licence = ""}, file);
    return fail(ErrorCode::kNotFound, place.first + " has no file " + place.second + ".",
                "`lectern models search WORDS` lists what there is.");
}

int run_get(const CommonOptions& common, const std::string& name, std::stop_token stop) {
    Network network;
    const Result<CatalogueModel> model = model_to_get(network, name, stop);
    if (!model) return report(model.error());
    ProgressLine line;
    const auto show = [&line](const DownloadProgress& p) {
        std::string text = megabytes(p.bytes_done) + " of " + megabytes(p.bytes_total);
        if (p.checking) text += ", checking what is here";
        if (p.bytes_per_s > 0) text += ", " + megabytes(std::int64_t(p.bytes_per_s)) + "/s";
        if (p.seconds_left >= 0) text += ", " + duration_text(p.seconds_left) + " left";
        line.show(double(p.bytes_done) / double(std::max<std::int64_t>(1, p.bytes_total)), text);
    };
    Status done = download_model(network.client, *model, show, stop);
    line.clear();
    if (!done && done.error().code == ErrorCode::kCancelled)
        done.error() = {ErrorCode::kCancelled, "The download was stopped.",
                        "The same command goes on where it was."};
    if (done && model->role == ModelRole::kAnswering) done = check_answering_model(model->location);
    if (!done) return report(done.error());
    if (common.json)
        print_json(
            {{"name", model->name}, {"path", model->location.string()}, {"bytes", model->n_bytes}});
    else
        std::printf("%s is ready in %s\n", model->title.c_str(), model->location.c_str());
    return 0;
}

int run_import(const CommonOptions& common, const std::string& path, std::stop_token stop) {
    ProgressLine line;
    const auto name = import_model(
        path, [&line](double share) { line.show(share, "copied"); }, stop);
    line.clear();
    if (!name) return report(name.error());
    if (common.json)
        print_json({{"name", *name}, {"path", (models_folder() / (*name + ".gguf")).string()}});
    else
        std::printf("%s is ready: --model %s\n", name->c_str(), name->c_str());
    return 0;
}

int run_remove(const CommonOptions& common, const std::string& name) {
    for (const ShelfModel& shelf : model_shelf()) {
        if (shelf.model.name != name) continue;
        const auto freed = remove_model(shelf);
        if (!freed) return report(freed.error());
        if (common.json)
            print_json({{"name", name}, {"freed_bytes", *freed}});
        else
            std::printf("%s is removed; %s of disk are free again\n", name.c_str(),
                        megabytes(*freed).c_str());
        return 0;
    }
    return report({ErrorCode::kNotFound, "There is no model named " + name + ".",
                   "`lectern models list` names those there are."});
}

int run_search(const CommonOptions& common, const std::string& words, std::stop_token stop) {
    Network network;
    const auto repositories = network.hub.search(words, stop);
    if (!repositories) return report(repositories.error());
    nlohmann::json json = nlohmann::json::array();
    for (const HubRepository& repository : *repositories) {
        if (common.json)
            json.push_back({{"id", repository.id},
                            {"licence", repository.licence},
                            {"downloads", repository.n_downloads},
                            {"needs_account", repository.needs_account}});
        else
            std::printf("%s  %s%s\n", repository.id.c_str(), repository.licence.c_str(),
                        repository.needs_account ? "  (needs an account there)" : "");
    }
    if (common.json) print_json({{"repositories", json}});
    return 0;
}

int run_files(const CommonOptions& common, const std::string& repository, std::stop_token stop) {
    Network network;
    const auto files = network.hub.files(repository, stop);
    if (!files) return report(files.error());
    nlohmann::json json = nlohmann::json::array();
    for (const HubFile& file : *files) {
        const std::string name = repository + "/" + file.name;
        if (common.json)
            json.push_back({{"name", name}, {"bytes", file.n_bytes}, {"sha256", file.sha256}});
        else
            std::printf("%9s  %s\n", megabytes(file.n_bytes).c_str(), name.c_str());
    }
    if (common.json) print_json({{"files", json}});
    return 0;
}

}  // namespace

void add_models_command(CLI::App& app, CommandLine& line) {
    CLI::App* models =
        app.add_subcommand("models", "The models: what there is, getting, importing, removing");
    models->require_subcommand(1);
    const auto options = std::make_shared<ModelsOptions>();
    models->add_subcommand("list", "What there is, what is installed, what fits this machine")
        ->callback(
            [&line] { line.run = [&line](std::stop_token) { return run_list(line.common); }; });
    const auto add = [&](const char* name, const char* what, const char* argument,
                         std::string& value, auto run) {
        CLI::App* command = models->add_subcommand(name, what);
        command->add_option(argument, value)->required();
        command->callback([&line, &value, run, options] {
            line.run = [&line, &value, run, options](std::stop_token stop) {
                return run(line.common, value, stop);
            };
        });
    };
    add("get", "Download a model; goes on where it was stopped", "NAME", options->name, run_get);
    add("import", "Take a GGUF file into the folder of models", "FILE", options->name, run_import);
    add("remove", "Remove a model from the folder of models", "NAME", options->name,
        [](const CommonOptions& common, const std::string& name, std::stop_token) {
            return run_remove(common, name);
        });
    add("search", "Search the hub for repositories of GGUF files", "WORDS", options->words,
        run_search);
    add("files", "The GGUF files of a repository on the hub", "OWNER/REPOSITORY", options->words,
        run_files);
}

}  // namespace lectern
