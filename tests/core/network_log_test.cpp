#include "app/core/network_log.h"

#include <fstream>
#include <thread>

#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using namespace lectern::test;

namespace {

NetworkAccess access_to(const std::string& host) {
    return {.method = "GET", .host = host, .path = "/x", .via = "", .outcome = ""};
}

}  // namespace

TEST_CASE("an access stands in the log from before it begins, the newest first") {
    const TempDir dir;
    NetworkLog log(dir / "data/network.log");
    CHECK(log.read().empty());
    const std::string first = value(log.begin(access_to("a.example")));
    value(log.begin(access_to("b.example")));
    ok(log.end(first, 42, "200"));
    const std::vector<NetworkAccess> accesses = NetworkLog(dir / "data/network.log").read();
    REQUIRE(accesses.size() == 2);
    CHECK(accesses[0].host == "b.example");
    CHECK(accesses[0].outcome == "under way");
    CHECK(accesses[1].host == "a.example");
    CHECK(accesses[1].n_bytes == 42);
    CHECK(accesses[1].outcome == "200");
}

TEST_CASE("the log keeps its newest accesses and no more than twice as many") {
    const TempDir dir;
    NetworkLog log(dir / "network.log", 10);
    for (int i = 0; i < 100; ++i) {
        const std::string name = value(log.begin(access_to("h" + std::to_string(i))));
        ok(log.end(name, i, "200"));
    }
    const std::vector<NetworkAccess> accesses = log.read();
    CHECK(accesses.size() >= 10);
    CHECK(accesses.size() <= 21);
    CHECK(accesses[0].host == "h99");
    CHECK(accesses[9].n_bytes == 90);
}

TEST_CASE("lines that are damaged cost nothing but themselves") {
    const TempDir dir;
    NetworkLog log(dir / "network.log");
    value(log.begin(access_to("a.example")));
    std::ofstream(dir / "network.log", std::ios::app) << "{\"na\nnot json\n{\"name\": 3}\n";
    value(log.begin(access_to("b.example")));
    CHECK(log.read().size() == 2);
}

TEST_CASE("several threads' accesses are all there") {
    const TempDir dir;
    NetworkLog log(dir / "network.log");
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 25; ++i)
                    if (const auto name = log.begin(access_to("a.example")))
                        static_cast<void>(log.end(*name, 1, "200"));
            });
    }
    const std::vector<NetworkAccess> accesses = log.read();
    CHECK(accesses.size() == 100);
    for (const NetworkAccess& access : accesses) CHECK(access.outcome == "200");
}
