// Who may include whom (design): read from the sources themselves.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

const fs::path kRoot = LECTERN_SOURCE_DIR;

/// The folders of the engine, in steps: a folder may include its own step and those before.
const std::vector<Strings> kEngineSteps = {
    {"base"},   {"tensor", "quant"}, {"gguf", "tokenizer", "backend"}, {"kv"}, {"model"},
    {"fusion"}, {"decode"}};

int step_of(const std::string& folder) {
    for (std::size_t s = 0; s < kEngineSteps.size(); ++s)
        for (const std::string& name : kEngineSteps[s])
            if (name == folder) return static_cast<int>(s);
    return -1;
}

struct Include {
    std::string file;    ///< relative to the root
    std::string target;  ///< as written
    bool quoted = false;
};

std::vector<Include> includes_of(const std::string& folder) {
    static const std::regex kInclude(R"rx(^\s*#\s*include\s*(["<])([^">]+)[">])rx");
    std::vector<Include> found;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".h" && extension != ".cpp" && extension != ".cu" && extension != ".cuh")
            continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            std::smatch match;
            if (std::regex_search(line, match, kInclude))
                found.push_back(
                    {fs::relative(entry.path(), kRoot).string(), match[2], match[1] == "\""});
        }
    }
    return found;
}

/// The index-th part of a path, or nothing.
std::string part(const std::string& path, int index) {
    for (const fs::path& name : fs::path(path))
        if (index-- == 0) return name.string();
    return "";
}

bool starts_with_any(const std::string& text, const Strings& prefixes) {
    for (const std::string& prefix : prefixes)
        if (text.rfind(prefix, 0) == 0) return true;
    return false;
}

}  // namespace

TEST_CASE("the engine's folders include only what stands before them") {
    for (const Include& include : includes_of("engine")) {
        INFO(include.file << " includes " << include.target);
        if (!include.quoted) continue;
        const bool kernels = include.file.rfind("engine/backend/cuda", 0) == 0 &&
                             include.target == "kernels/launch.h";
        CHECK((part(include.target, 0) == "engine" || kernels));
        if (part(include.target, 0) != "engine") continue;
        CHECK(step_of(part(include.target, 1)) <= step_of(part(include.file, 1)));
    }
}

TEST_CASE("retrieval uses the engine's base, and only its embedder more of it") {
    for (const Include& include : includes_of("retrieval")) {
        INFO(include.file << " includes " << include.target);
        if (!include.quoted) continue;
        const bool embedder = include.file.rfind("retrieval/embedding/", 0) == 0;
        CHECK(starts_with_any(include.target, embedder ? Strings{"engine/", "retrieval/"}
                                                       : Strings{"engine/base/", "retrieval/"}));
    }
}

TEST_CASE("the application's parts include only what they stand on") {
    const std::map<std::string, Strings> allowed = {
        {"core", {"engine/", "retrieval/", "app/core/", "resources/"}},
        {"cli", {"engine/base/", "app/core/", "app/cli/"}},
        {"gui", {"engine/base/", "app/core/", "app/gui/"}},
    };
    for (const auto& [folder, prefixes] : allowed)
        for (const Include& include : includes_of("app/" + folder)) {
            INFO(include.file << " includes " << include.target);
            if (include.quoted) CHECK(starts_with_any(include.target, prefixes));
        }
}

TEST_CASE("Qt appears in the window and in the PDF reader alone") {
    static const std::regex kQt(R"(^(Q[A-Z]|Qt[A-Z]))");
    for (const std::string folder : {"engine", "retrieval", "app/core", "app/cli"})
        for (const Include& include : includes_of(folder)) {
            INFO(include.file << " includes " << include.target);
            if (include.file.rfind("retrieval/document/pdf", 0) == 0) continue;
            CHECK_FALSE(std::regex_search(include.target, kQt));
        }
}

TEST_CASE("no header depends on CUDA by the preprocessor, no source is over 500 lines") {
    for (const std::string folder : {"engine", "retrieval", "app", "tests"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp" && extension != ".qml") continue;
            std::ifstream file(entry.path());
            int n_lines = 0;
            for (std::string line; std::getline(file, line); ++n_lines)
                if (extension == ".h" && line.find("#if") != std::string::npos) {
                    INFO(entry.path() << ": " << line);
                    CHECK(line.find("CUDA") == std::string::npos);
                }
            INFO(entry.path() << " has " << n_lines << " lines");
            CHECK(n_lines <= 500);
        }
}
