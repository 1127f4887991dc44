#include "tests/support/models.h"

#include <cstdlib>

namespace lectern::test {

std::filesystem::path models_folder() {
    if (const char* folder = std::getenv("LECTERN_MODELS")) return folder;
    if (const char* data = std::getenv("XDG_DATA_HOME"))
        return std::filesystem::path(data) / "lectern/models";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home == nullptr ? "/" : home) / ".local/share/lectern/models";
}

std::optional<std::filesystem::path> find_model(const std::string& name) {
    std::filesystem::path path = models_folder() / name;
    if (!std::filesystem::exists(path)) return std::nullopt;
    return path;
}

}  // namespace lectern::test
