// A catalogue of a test's own: models that a test's server gives.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace lectern::test {

/// An entry of one file. `more` adds fields or replaces them.
inline nlohmann::json catalogue_entry(const std::string& name, const std::string& file,
                                      std::size_t n_bytes, const std::string& sha256,
                                      const std::string& url, nlohmann::json more = {}) {
    nlohmann::json entry = {{"name", name},
                            {"title", name},
                            {"note", "For tests."},
                            {"licence", "Apache-2.0"},
                            {"role", "answering"},
                            {"file", file},
                            {"bytes", n_bytes},
                            {"memory_bytes", 1'000'000},
                            {"kv", {{"layers", 2}, {"kv_heads", 1}, {"head_dim", 64}}},
                            {"sha256", sha256},
                            {"sources", {{{"kind", "url"}, {"url", url}}}}};
    if (!more.is_null()) entry.update(more);
    return entry;
}

inline void write_catalogue(const std::filesystem::path& path, const std::string& hub,
                            const std::vector<nlohmann::json>& models) {
    std::ofstream(path) << nlohmann::json{{"hub", hub}, {"models", models}};
}

}  // namespace lectern::test
