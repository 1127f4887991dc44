#include "engine/fusion/phase_clock.h"

namespace lectern {

std::string_view name_of(ReadPhase phase) {
    constexpr std::array<std::string_view, kReadPhases> kNames{
        "prepare", "leading", "wait", "place", "probe", "select", "recompute", "logits"};
    return kNames[static_cast<std::size_t>(phase)];
}

}  // namespace lectern
