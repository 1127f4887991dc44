#include "tests/support/models.h"

#include <cstdlib>

namespace lectern::test {
namespace {

std::filesystem::path models_dir() {
    if (const char* dir = std::getenv("LECTERN_MODELS")) return dir;
    if (const char* data = std::getenv("XDG_DATA_HOME"))
        return std::filesystem::path(data) / "lectern/models";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home == nullptr ? "/" : home) / ".local/share/lectern/models";
}

}  // namespace

std::optional<std::filesystem::path> find_model(const std::string& name) {
    std::filesystem::path path = models_dir() / name;
    if (!std::filesystem::exists(path)) return std::nullopt;
    return path;
}

}  // namespace lectern::test
