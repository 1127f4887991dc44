// Commands over data that was moved: found where it went, and missed where its drive is not there.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_lectern.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern::test;
using nlohmann::json;

TEST_CASE("a command finds data that was moved, and makes nothing where its drive is not there") {
    const TempDir dir;
    const auto home = dir / "home", drive = dir / "drive";
    std::filesystem::create_directories(home);
    std::ofstream(home / "data-folder") << drive.string();
    const CliRun missed = run_lectern(home, {"search", "anything"});
    CHECK(missed.status == 1);
    CHECK(missed.err.find("Connect its drive and start again.") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(drive));
    CHECK_FALSE(std::filesystem::exists(home / "library"));

    std::filesystem::create_directories(drive);
    const CliRun found = run_lectern(home, {"doctor", "--json"});
    REQUIRE(found.status == 0);
    CHECK(json::parse(found.out)["data_folder"] == drive.string());
}
