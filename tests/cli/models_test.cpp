// `lectern models` over a catalogue and a server of the test's own.
#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/run_lectern.h"
#include "tests/support/catch.h"
#include "tests/support/environment.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
using nlohmann::json;

namespace {

/// 200,000 times the letter a.
constexpr const char* kSha = "2287d207f24a941ff3b56c04c8a25ad56b63e3023207b3bb5b4ac0c9869d74be";

struct ModelsFixture {
    TempDir dir;
    std::atomic<bool> interrupts{false};
    ServedFile file{std::string(200'000, 'a')};
    HttpServer server{[this](const ServerRequest& request, ServerReply& reply) {
        if (!interrupts) return file.send(request, reply);
        file.send_beginning(request, reply, 100'000);
        interrupt();
        reply.stall();
    }};
    Environment models{"LECTERN_MODELS", dir / "models"};
    Environment catalogue{"LECTERN_CATALOGUE", dir / "catalogue.json"};
    Environment no_proxy{"no_proxy", "127.0.0.1"};

    explicit ModelsFixture(const std::string& sha256) {
        const json tiny = {{"name", "tiny"},
                           {"title", "Tiny"},
                           {"note", "For tests."},
                           {"licence", "MIT"},
                           {"role", "embedder"},
                           {"file", "tiny.bin"},
                           {"bytes", file.bytes.size()},
                           {"memory_bytes", 1000},
                           {"sha256", sha256},
                           {"sources", {{{"kind", "url"}, {"url", server.url("/tiny")}}}}};
        std::ofstream(dir / "catalogue.json") << json{{"hub", server.url("")}, {"models", {tiny}}};
    }

    CliRun run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"--json", "models"});
        return run_lectern(dir / "home", arguments);
    }
    json list() { return json::parse(run({"list"}).out)["models"]; }

    /// As Ctrl+C does, once what was sent has arrived.
    void interrupt() {
        while (true) {
            std::error_code missing;
            const auto n = std::filesystem::file_size(dir / "models/tiny.bin.part", missing);
            if (!missing && n >= 100'000) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        pid_t process = 0;
        std::ifstream(dir / "pid") >> process;
        kill(process, SIGINT);
    }
};

}  // namespace

TEST_CASE("models: a download that Ctrl+C stops says so, and the same command goes on") {
    ModelsFixture fixture(kSha);
    fixture.interrupts = true;
    const std::string command = "echo $$ > '" + (fixture.dir / "pid").string() +
                                "'; exec env LECTERN_HOME='" + (fixture.dir / "home").string() +
                                "' '" LECTERN_EXECUTABLE "' models get tiny 2> '" +
                                (fixture.dir / "err").string() + "'";
    const int status = std::system(command.c_str());
    std::ifstream err(fixture.dir / "err");
    const std::string said{std::istreambuf_iterator<char>(err), {}};
    INFO("status " << status << ", " << said);
    CHECK(WEXITSTATUS(status) == 1);
    CHECK(said.find("The same command goes on where it was.") != std::string::npos);
    CHECK(fixture.list()[0]["unfinished_bytes"] == 100'000);

    fixture.interrupts = false;
    const CliRun got = fixture.run({"get", "tiny"});
    INFO(got.err);
    REQUIRE(got.status == 0);
    CHECK(json::parse(got.out)["bytes"] == 200'000);
    CHECK(fixture.server.requests().back().field("range") == "bytes=100000-");
    CHECK(fixture.list()[0]["installed"] == true);
    CHECK(fixture.list()[0]["kv_bytes_per_1000_passages"] == 0);

    const CliRun removed = fixture.run({"remove", "tiny"});
    CHECK(json::parse(removed.out)["freed_bytes"] == 200'000);
    CHECK(fixture.list()[0]["installed"] == false);
}

TEST_CASE("models: what cannot be had is said in a sentence, and nothing is left of it") {
    ModelsFixture fixture(std::string(64, '0'));
    const CliRun corrupt = fixture.run({"get", "tiny"});
    CHECK(corrupt.status == 1);
    CHECK(corrupt.err.find("came with other bytes") != std::string::npos);
    CHECK(fixture.list()[0]["installed"] == false);
    CHECK(fixture.run({"get", "unknown"}).err.find("names no model") != std::string::npos);
    CHECK(fixture.run({"remove", "unknown"}).err.find("no model named") != std::string::npos);
    CHECK(fixture.run({"import", "/nowhere.gguf"}).err.find("There is no file") !=
          std::string::npos);

    std::filesystem::create_directories(fixture.dir / "home");
    std::ofstream(fixture.dir / "home/settings.json") << R"({"offline": true})";
    const std::size_t n_before = fixture.server.requests().size();
    CHECK(fixture.run({"get", "tiny"}).err.find("switched off in the settings") !=
          std::string::npos);
    CHECK(fixture.run({"search", "small"}).err.find("switched off in the settings") !=
          std::string::npos);
    CHECK(fixture.server.requests().size() == n_before);
}
