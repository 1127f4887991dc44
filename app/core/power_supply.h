// Whether the machine runs on its battery, where work nobody waits for is left undone.
#pragma once

#include <filesystem>

namespace lectern {

/// A battery is being emptied. false where there is none or the system does not say. `devices`:
/// the kernel's power supplies, a folder each. Any thread.
bool runs_on_battery(const std::filesystem::path& devices = "/sys/class/power_supply");

}  // namespace lectern
