#include "app/core/power_supply.h"

#include <fstream>
#include <string>
#include <system_error>

namespace lectern {
namespace {

std::string first_word(const std::filesystem::path& file) {
    std::string word;
    std::ifstream(file) >> word;
    return word;
}

}  // namespace

bool runs_on_battery(const std::filesystem::path& devices) {
    std::error_code none;  // no such folder: no power supplies
    for (const auto& device : std::filesystem::directory_iterator(devices, none)) {
        const bool is_own = first_word(device.path() / "scope") != "Device";  // a mouse's is
        if (is_own && first_word(device.path() / "type") == "Battery" &&
            first_word(device.path() / "status") == "Discharging")
            return true;
    }
    return false;
}

}  // namespace lectern
