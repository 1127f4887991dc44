#include "app/core/model_hub.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/core/paths.h"

namespace lectern {
namespace {

constexpr std::size_t kLongestAnswer = 4 << 20;
constexpr int kMostResults = 20;
constexpr std::int64_t kBesideWeights = 400'000'000;  ///< cache, scratch: about

/// For a part of an address: everything but letters, digits and -._~ as %XX; '/' where it may stay.
std::string escaped(const std::string& text, bool keeps_slash) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = (c < 128 && std::isalnum(c) != 0) || c == '-' || c == '.' || c == '_' ||
                           c == '~' || (keeps_slash && c == '/');
        if (plain) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += kDigits[c >> 4];
            out += kDigits[c & 15];
        }
    }
    return out;
}

Result<nlohmann::json> list_in(const std::string& text) {
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_array()) return json;
    return fail(ErrorCode::kCorrupt, "The hub answered something that is no list.",
                "Try again later, or import a file.");
}

std::string text_in(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t number_in(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string licence_in(const nlohmann::json& repository) {
    constexpr std::string_view kTag = "license:";
    const auto tags = repository.find("tags");
    if (tags == repository.end() || !tags->is_array()) return {};
    for (const auto& tag : *tags)
        if (tag.is_string() && tag.get<std::string>().starts_with(kTag))
            return tag.get<std::string>().substr(kTag.size());
    return {};
}

bool is_sha256(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f');
           });
}

/// "model-00001-of-00003.gguf"
bool is_part_of_several(const std::string& name) { return name.find("-of-0") != std::string::npos; }

/// A name that stays in the folder it is put into.
bool is_plain_name(const std::string& name) {
    return name.ends_with(".gguf") && name.find('/') == std::string::npos &&
           name.find('\\') == std::string::npos && !name.starts_with('.');
}

}  // namespace

Result<std::vector<HubRepository>> ModelHub::search(const std::string& words,
                                                    std::stop_token stop) {
    const std::string url =
        base_ + "/api/models?search=" + escaped(words, false) +
        "&filter=gguf&sort=downloads&direction=-1&limit=" + std::to_string(kMostResults);
    LECTERN_ASSIGN(const std::string text, client_.get_text(url, kLongestAnswer, stop));
    LECTERN_ASSIGN(const nlohmann::json list, list_in(text));
    std::vector<HubRepository> found;
    for (const auto& entry : list) {
        if (!entry.is_object()) continue;
        HubRepository repository{.id = text_in(entry, "id"),
                                 .licence = licence_in(entry),
                                 .n_downloads = number_in(entry, "downloads")};
        const auto gated = entry.find("gated");  // false, "auto" or "manual"
        repository.needs_account =
            gated != entry.end() && (gated->is_string() || *gated == nlohmann::json(true));
        if (!repository.id.empty()) found.push_back(std::move(repository));
    }
    return found;
}

Result<std::vector<HubFile>> ModelHub::files(const std::string& repository, std::stop_token stop) {
    const std::string url = base_ + "/api/models/" + escaped(repository, true) + "/tree/main";
    LECTERN_ASSIGN(const std::string text, client_.get_text(url, kLongestAnswer, stop));
    LECTERN_ASSIGN(const nlohmann::json list, list_in(text));
    std::vector<HubFile> files;
    for (const auto& entry : list) {
        if (!entry.is_object()) continue;
        const auto lfs = entry.find("lfs");
        if (lfs == entry.end() || !lfs->is_object()) continue;
        HubFile file{text_in(entry, "path"), number_in(*lfs, "size"), text_in(*lfs, "oid")};
        if (is_plain_name(file.name) && !is_part_of_several(file.name) && file.n_bytes > 0 &&
            is_sha256(file.sha256))
            files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(),
              [](const HubFile& a, const HubFile& b) { return a.n_bytes < b.n_bytes; });
    return files;
}

Result<CatalogueModel> model_of_hub(const std::string& base, const HubRepository& repository,
                                    const HubFile& file) {
    if (!is_plain_name(file.name))
        return fail(ErrorCode::kInvalidArgument, "\"" + file.name + "\" is no name of a GGUF file.",
                    "Choose another file.");
    CatalogueModel model;
    model.name = file.name.substr(0, file.name.size() - std::string_view(".gguf").size());
    model.title = model.name;
    model.licence = repository.licence;
    model.location = models_folder() / file.name;
    model.n_bytes = file.n_bytes;
    model.memory_bytes = file.n_bytes + kBesideWeights;
    model.files = {{.target = model.location,
                    .n_bytes = file.n_bytes,
                    .sha256 = file.sha256,
                    .urls = {base + "/" + escaped(repository.id, true) + "/resolve/main/" +
                             escaped(file.name, false)}}};
    return model;
}

Result<std::pair<std::string, std::string>> parse_hub_name(const std::string& name) {
    const auto first = name.find('/');
    const auto last = name.rfind('/');
    if (first == std::string::npos || first == last || first == 0 ||
        !is_plain_name(name.substr(last + 1)))
        return fail(ErrorCode::kInvalidArgument, "\"" + name + "\" names no model.",
                    "Give a name from `lectern models list`, or OWNER/REPOSITORY/FILE.gguf.");
    return std::pair(name.substr(0, last), name.substr(last + 1));
}

}  // namespace lectern
