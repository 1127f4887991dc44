// The window's settings are the commands' defaults, and flags win.
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_lectern.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern::test;
using nlohmann::json;

TEST_CASE("what was chosen in the window is the command line's default, and a flag wins") {
    const TempDir home;
    const auto threads = [&](const std::vector<std::string>& args) {
        const CliRun run = run_lectern(home.path(), args);
        REQUIRE(run.status == 0);
        return json::parse(run.out)["threads"].get<int>();
    };
    std::ofstream(home / "settings.json") << R"({"threads": 3})";
    CHECK(threads({"doctor", "--json"}) == 3);
    CHECK(threads({"doctor", "--json", "--threads", "2"}) == 2);
    CHECK(threads({"--threads", "2", "doctor", "--json"}) == 2);
}

TEST_CASE("a setting that cannot be used is said, and the command goes on") {
    const TempDir home;
    std::ofstream(home / "settings.json") << R"({"threads": -1})";
    const CliRun run = run_lectern(home.path(), {"doctor", "--json"});
    CHECK(run.status == 0);
    CHECK(run.err.find("The setting threads cannot be -1.") != std::string::npos);
    CHECK(json::parse(run.out).contains("cpu"));
}
