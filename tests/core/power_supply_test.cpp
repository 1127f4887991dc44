#include "app/core/power_supply.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

namespace {

void add_device(const std::filesystem::path& devices, const std::string& name,
                const std::vector<std::pair<std::string, std::string>>& attributes) {
    std::filesystem::create_directories(devices / name);
    for (const auto& [attribute, value] : attributes)
        std::ofstream(devices / name / attribute) << value << '\n';
}

}  // namespace

TEST_CASE("a machine runs on its battery when that is being emptied, and not on its mouse's") {
    const test::TempDir devices;
    CHECK_FALSE(runs_on_battery(devices / "none"));
    add_device(devices / "d", "AC", {{"type", "Mains"}, {"online", "1"}});
    add_device(devices / "d", "BAT0", {{"type", "Battery"}, {"status", "Charging"}});
    add_device(devices / "d", "mouse",
               {{"type", "Battery"}, {"status", "Discharging"}, {"scope", "Device"}});
    CHECK_FALSE(runs_on_battery(devices / "d"));
    add_device(devices / "d", "BAT1", {{"type", "Battery"}, {"status", "Discharging"}});
    CHECK(runs_on_battery(devices / "d"));
}
