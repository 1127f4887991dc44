// The tiny random models of every architecture, committed with what PyTorch computes with them
// (tests/golden/make_model_golden.py).
#pragma once

#include <array>
#include <filesystem>
#include <string>

namespace lectern::test {

inline constexpr std::array<const char*, 6> kTinyModels{"llama",      "llama3", "qwen2",
                                                        "qwen2-yarn", "qwen3",  "gemma3"};

/// NAME.gguf: 64 tokens, a context of 256, no tokenizer.
inline std::filesystem::path tiny_model(const std::string& name) {
    return std::filesystem::path(LECTERN_SOURCE_DIR) / "tests/golden/models" / (name + ".gguf");
}
inline std::filesystem::path tiny_model_golden(const std::string& name) {
    return tiny_model(name).replace_extension(".safetensors");
}

}  // namespace lectern::test
