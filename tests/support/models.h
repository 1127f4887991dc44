// Where tests find the development models.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace lectern::test {

/// $LECTERN_MODELS, or the application's own models folder.
std::filesystem::path models_folder();

/// The file or folder NAME there, or nothing.
std::optional<std::filesystem::path> find_model(const std::string& name);

inline constexpr const char* kStarter = "SmolLM2-135M-Instruct.Q4_1.gguf";
inline constexpr const char* kRecommended = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf";
inline constexpr const char* kGemma = "gemma-3-270m-q4_k_m.gguf";
inline constexpr const char* kEmbedder = "all-MiniLM-L6-v2";

}  // namespace lectern::test
