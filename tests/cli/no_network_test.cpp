// The whole program under a watch on its attempts to reach a network: none, but what is asked for.
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/cli/run_lectern.h"
#include "tests/support/catalogue_file.h"
#include "tests/support/catch.h"
#include "tests/support/environment.h"
#include "tests/support/http_server.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

const std::string kSample = std::string(LECTERN_SOURCE_DIR) + "/resources/samples/zlib-faq.txt";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The attempts of every `lectern` that is started while it lives, its children's included.
struct Watch {
    TempDir dir;
    Environment watched{"NETWORK_WATCH", dir / "attempts"};
    Environment preload{"LD_PRELOAD", LECTERN_NETWORK_WATCH};

    std::string attempts() const { return read_file(dir / "attempts"); }
    CliRun run(const std::vector<std::string>& arguments) const {
        return run_lectern(dir / "home", arguments);
    }
    bool is_logged() const { return std::filesystem::exists(dir / "home/network.log"); }
};

}  // namespace

TEST_CASE("indexing, asking and listing models reach no network") {
    const Watch watch;
    CHECK(watch.run({"models", "list"}).status == 0);
    CHECK(watch.run({"doctor"}).status == 0);
    if (find_model(kStarter) && find_model(kEmbedder)) {
        std::ofstream(watch.dir / "note.txt") << "The lease ends in May. It is free of charge.";
        CHECK(watch.run({"index", watch.dir / "note.txt"}).status == 0);
        CHECK(watch.run({"--model", "smollm2-135m", "ask", "--max-tokens", "4", "Is it free?"})
                  .status == 0);
    }
    CHECK(watch.attempts().empty());
    CHECK_FALSE(watch.is_logged());
}

#ifdef LECTERN_HAS_WINDOW
TEST_CASE("the window's first start and the reading of a document reach no network") {
    const Watch watch;
    const std::string home = (watch.dir / "home").string();
    const std::string command =
        "env QT_QPA_PLATFORM=offscreen LECTERN_FIRST_FRAME=1 LECTERN_HOME='" + home +
        "' timeout -s TERM 3 '" LECTERN_EXECUTABLE "' '" + kSample + "' 2> '" +
        (watch.dir / "err").string() + "'";
    const int status = std::system(command.c_str());
    INFO(status << ": " << read_file(watch.dir / "err"));
    CHECK(read_file(watch.dir / "err").find("first frame") != std::string::npos);
    CHECK(std::filesystem::exists(watch.dir / "home/library"));
    CHECK(watch.attempts().empty());
    CHECK_FALSE(watch.is_logged());
}
#endif

TEST_CASE("what is asked for is seen by the watch, and stands in the log") {
    const Watch watch;
    const HttpServer server(
        [](const ServerRequest&, ServerReply& reply) { reply.send(200, "[]"); });
    write_catalogue(watch.dir / "catalogue.json", server.url(""), {});
    const Environment catalogue("LECTERN_CATALOGUE", watch.dir / "catalogue.json");
    const Environment no_proxy("no_proxy", "127.0.0.1");
    CHECK(watch.run({"models", "search", "small"}).status == 0);
    CHECK(watch.attempts().find("connect") != std::string::npos);
    CHECK(read_file(watch.dir / "home/network.log").find("/api/models?search=small") !=
          std::string::npos);
}
