// Search of a public hub of models for GGUF files. Nothing is asked unless the person searched.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/core/catalogue.h"
#include "app/core/http_client.h"
#include "engine/base/result.h"

namespace lectern {

struct HubRepository {
    std::string id;       ///< "owner/name"
    std::string licence;  ///< empty: it is not said
    std::int64_t n_downloads = 0;
    bool needs_account = false;  ///< its files are not given to everybody
};

struct HubFile {
    std::string name;  ///< in the repository
    std::int64_t n_bytes = 0;
    std::string sha256;
};

/// Any thread that the client allows; calls block. Errors as HttpClient::get_text, and kCorrupt
/// where the hub answers something else than it should.
class ModelHub {
  public:
    /// base: the hub's address; catalogue_hub(). The client outlives it.
    ModelHub(HttpClient& client, std::string base) : client_(client), base_(std::move(base)) {}

    /// Repositories that have GGUF files, the most downloaded first.
    Result<std::vector<HubRepository>> search(const std::string& words, std::stop_token stop);
    /// The GGUF files at a repository's top with their checksums, the smallest first; files without
    /// a checksum and parts of larger models are left out.
    Result<std::vector<HubFile>> files(const std::string& repository, std::stop_token stop);

  private:
    HttpClient& client_;
    std::string base_;
};

/// What download_model() takes. kInvalidArgument: a name that is no file's.
Result<CatalogueModel> model_of_hub(const std::string& base, const HubRepository& repository,
                                    const HubFile& file);

/// "owner/name/file.gguf" → the repository and the file. kInvalidArgument.
Result<std::pair<std::string, std::string>> parse_hub_name(const std::string& name);

}  // namespace lectern
