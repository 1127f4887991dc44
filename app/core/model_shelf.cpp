#include "app/core/model_shelf.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "app/core/kv_estimate.h"
#include "app/core/paths.h"
#include "engine/base/file_system.h"
#include "engine/gguf/gguf_file.h"
#include "engine/kv/kv_cache.h"
#include "engine/model/model_config.h"

namespace lectern {
namespace {

constexpr std::int64_t kBesideWeights = 300 << 20;  ///< as ModelSession counts it
constexpr int kUsualContext = 8192;
constexpr std::int64_t kSmallestMeasured = 50'000'000;  ///< bytes that an estimate may start from

std::string gigabytes(std::int64_t n_bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(n_bytes) / 1e9);
    return text;
}

std::string text_or(const GgufFile& file, const char* key, const std::string& fallback) {
    if (file.find(key) == nullptr) return fallback;
    const Result<std::string> text = file.text(key);
    return text && !text->empty() ? *text : fallback;
}

/// What a file says of itself.
CatalogueModel described(const std::filesystem::path& path) {
    CatalogueModel model;
    model.name = path.stem().string();
    model.title = model.name;
    model.location = path;
    std::error_code missing;
    model.n_bytes = static_cast<std::int64_t>(std::filesystem::file_size(path, missing));
    model.memory_bytes = model.n_bytes + kBesideWeights;
    model.files = {{.target = path, .n_bytes = model.n_bytes, .sha256 = "", .urls = {}}};
    const auto file = GgufFile::open(path);
    const auto config =
        file ? ModelConfig::from_gguf(**file) : Result<ModelConfig>(tl::unexpected(file.error()));
    if (!config) {
        model.note = config.error().text();
        return model;
    }
    model.title = text_or(**file, "general.name", model.name);
    model.licence = text_or(**file, "general.license", "");
    model.kv_shape = config->kv_shape();
    model.memory_bytes += static_cast<std::int64_t>(KvCache::bytes_needed(
        model.kv_shape, std::min(kUsualContext, config->context_length), DType::kI16));
    return model;
}

/// Downloads from a hub that are not finished: what their parts tell.
std::vector<CatalogueModel> unfinished_others() {
    constexpr std::string_view kPart = ".gguf.part";
    const std::vector<CatalogueModel> known = catalogue();
    std::vector<CatalogueModel> found;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(models_folder(), unreadable)) {
        if (!entry.path().string().ends_with(kPart)) continue;
        const std::filesystem::path target =
            std::filesystem::path(entry.path()).replace_extension();
        const auto is_it = [&](const CatalogueModel& one) { return one.location == target; };
        const std::optional<PartOrigin> origin = unfinished_origin(target);
        if (!origin || std::filesystem::exists(target) ||
            std::any_of(known.begin(), known.end(), is_it))
            continue;
        CatalogueModel model;
        model.name = target.stem().string();
        model.title = model.name;
        model.location = target;
        model.n_bytes = origin->n_bytes;
        model.memory_bytes = origin->n_bytes + kBesideWeights;
        model.files = {{target, origin->n_bytes, origin->sha256, {origin->url}}};
        found.push_back(std::move(model));
    }
    return found;
}

std::string misfit_of(const CatalogueModel& model) {
    const std::int64_t memory = machine_memory_bytes();
    if (model.memory_bytes >= memory)
        return "It needs " + gigabytes(model.memory_bytes) + " of memory; this machine has " +
               gigabytes(memory) + ".";
    return {};
}

ShelfModel shelved(CatalogueModel model, bool in_catalogue) {
    ShelfModel shelf;
    shelf.in_catalogue = in_catalogue;
    shelf.installed = model.installed();
    for (const ModelFile& file : model.files)
        shelf.unfinished_bytes += unfinished_bytes(file.target);
    if (model.kv_shape.n_layers > 0)
        shelf.kv_bytes_per_1000 = static_cast<std::int64_t>(
            1000 * kv_bytes_per_chunk(model.kv_shape, kDefaultKvFormat, {}));
    shelf.misfit = misfit_of(model);
    if (shelf.installed && model.role == ModelRole::kAnswering)
        shelf.speed = kept_speed(speeds_file(), model.location);
    shelf.model = std::move(model);
    return shelf;
}

void estimate_speeds(std::vector<ShelfModel>& shelf) {
    const auto measured = std::find_if(shelf.rbegin(), shelf.rend(), [](const ShelfModel& one) {
        return one.speed && one.model.n_bytes >= kSmallestMeasured;
    });
    if (measured == shelf.rend()) return;
    for (ShelfModel& one : shelf)
        if (one.model.role == ModelRole::kAnswering && !one.speed && one.model.n_bytes > 0)
            one.estimate =
                scaled_speed(*measured->speed, measured->model.n_bytes, one.model.n_bytes);
}

}  // namespace

std::vector<ShelfModel> model_shelf() {
    std::vector<ShelfModel> shelf;
    for (CatalogueModel& model : catalogue()) shelf.push_back(shelved(std::move(model), true));
    for (const std::filesystem::path& path : imported_models())
        shelf.push_back(shelved(described(path), false));
    for (CatalogueModel& model : unfinished_others())
        shelf.push_back(shelved(std::move(model), false));
    estimate_speeds(shelf);
    return shelf;
}

const ShelfModel* model_to_offer(const std::vector<ShelfModel>& shelf) {
    const ShelfModel* best = nullptr;
    for (const ShelfModel& one : shelf)
        if (one.in_catalogue && one.model.role == ModelRole::kAnswering && one.misfit.empty())
            best = &one;
    return best != nullptr && !best->installed ? best : nullptr;
}

Status download_model(HttpClient& client, const CatalogueModel& model,
                      const OnDownloadProgress& on_progress, std::stop_token stop) {
    const std::int64_t total =
        std::accumulate(model.files.begin(), model.files.end(), std::int64_t{0},
                        [](std::int64_t n, const ModelFile& file) { return n + file.n_bytes; });
    std::int64_t before = 0;
    for (const ModelFile& file : model.files) {
        DownloadRequest request;
        request.urls = file.urls;
        request.target = file.target;
        request.n_bytes = file.n_bytes;
        request.sha256 = file.sha256;
        const auto tell = [&](DownloadProgress progress) {
            progress.bytes_done += before;
            progress.bytes_total = total;
            if (progress.bytes_per_s > 0)
                progress.seconds_left =
                    static_cast<double>(total - progress.bytes_done) / progress.bytes_per_s;
            if (on_progress) on_progress(progress);
        };
        LECTERN_TRY(download(client, request, tell, stop));
        before += file.n_bytes;
    }
    return {};
}

Status discard_download(const CatalogueModel& model) {
    for (const ModelFile& file : model.files) LECTERN_TRY(discard_unfinished(file.target));
    return {};
}

}  // namespace lectern
