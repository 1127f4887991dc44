#include "engine/model/architecture.h"

#include <array>

namespace lectern {
namespace {

constexpr std::array<Architecture, 4> kArchitectures{{
    {.name = "llama", .rope_style = RopeStyle::kInterleaved},
    {.name = "qwen2", .qkv_bias = true},
    {.name = "qwen3", .qk_norm = true},
    {.name = "gemma3",
     .activation = Activation::kGeluTanh,
     .qk_norm = true,
     .post_norms = true,
     .scaled_embedding = true,
     .rope_base = 1'000'000,
     .local_rope_base = 10'000,
     .window_period = 6},
}};

}  // namespace

const Architecture* find_architecture(std::string_view name) {
    for (const Architecture& architecture : kArchitectures)
        if (architecture.name == name) return &architecture;
    return nullptr;
}

std::string supported_architectures() {
    std::string names;
    for (const Architecture& architecture : kArchitectures) {
        if (!names.empty()) names += ", ";
        names += architecture.name;
    }
    return names;
}

}  // namespace lectern
