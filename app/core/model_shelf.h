// The models there are for this machine, installed or not: what each takes, whether it fits, and
// what can be done with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/catalogue.h"
#include "app/core/download.h"
#include "app/core/model_speed.h"
#include "engine/base/result.h"

namespace lectern {

struct ShelfModel {
    CatalogueModel model;  ///< of an imported one: what its own file says
    bool in_catalogue = false;
    bool installed = false;
    std::int64_t unfinished_bytes = 0;   ///< of its download
    std::int64_t kv_bytes_per_1000 = 0;  ///< disk of 1,000 passages' KV; 0: it has none
    std::string misfit;                  ///< a sentence; empty: it fits this machine
    std::optional<ModelSpeed> speed;     ///< measured on this machine
    std::optional<ModelSpeed> estimate;  ///< from another's measured speed
};

/// The catalogue's, then those that were imported, then those of a hub that are not finished. Reads
/// the heads of files; any thread.
std::vector<ShelfModel> model_shelf();

/// The best answering model that fits this machine; nullptr: none does, or it is installed.
const ShelfModel* model_to_offer(const std::vector<ShelfModel>& shelf);

/// All files of a model, told as one. Errors as download().
Status download_model(HttpClient& client, const CatalogueModel& model,
                      const OnDownloadProgress& on_progress, std::stop_token stop);

/// Drops what was fetched of a model that is not installed. Errors as discard_unfinished().
Status discard_download(const CatalogueModel& model);

/// Whether this program can answer with a GGUF file: its tables, architecture, tokenizer and
/// template are looked at. kNotFound, kCorrupt, kUnsupported say why not.
Status check_answering_model(const std::filesystem::path& file);

/// Checks a GGUF file and puts it into models_folder(), as a second name of the same file where the
/// disk allows it, else copied. Returns its name. Errors of check_answering_model;
/// kInvalidArgument: there is another of this name; kDiskFull, kReadOnly, kIo, kCancelled.
Result<std::string> import_model(const std::filesystem::path& file,
                                 const std::function<void(double)>& on_share, std::stop_token stop);

/// Compares an installed model of the catalogue with its checksums. kCorrupt names the file that
/// differs; kNotFound: it is not installed, or the catalogue has no checksum of it.
Status verify_model(const ShelfModel& model, const std::function<void(double)>& on_share,
                    std::stop_token stop);

/// Bytes of disk that removing it frees; a file with another name elsewhere frees nothing.
std::int64_t bytes_freed_by_removing(const ShelfModel& model);

/// Removes a model from models_folder(). Returns the bytes that it freed. kNotFound: it is not
/// installed; kInvalidArgument: it lies elsewhere; kReadOnly, kIo.
Result<std::int64_t> remove_model(const ShelfModel& model);

}  // namespace lectern
