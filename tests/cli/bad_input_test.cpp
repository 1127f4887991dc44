// What a person may do wrong: each has one clear sentence, the right exit status, and loses
// nothing.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/cli/run_lectern.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using test::run_lectern;

namespace {

int n_lines(const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("wrong usage exits with 2, an unknown command too") {
    test::TempDir home;
    CHECK(run_lectern(home.path(), {"ask"}).status == 2);
    CHECK(run_lectern(home.path(), {"frobnicate"}).status == 2);
    CHECK(run_lectern(home.path(), {"index", "--kv", "perhaps", "."}).status == 2);
    CHECK(run_lectern(home.path(), {"ask", "--ratio", "7", "What?"}).status == 2);
    const auto fidelity = run_lectern(home.path(), {"ask", "--fidelity", "perfect", "What?"});
    CHECK(fidelity.status == 2);
    CHECK(says(fidelity.err, "balanced"));
    CHECK(run_lectern(home.path(), {"--help"}).status == 0);
}

TEST_CASE("documents without a display: one sentence names the command that adds them") {
    test::TempDir home;
    std::ofstream(home.path() / "notes.txt") << "Notes.";
    for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) unsetenv(display);
    const auto run = run_lectern(home.path(), {home.path() / "notes.txt"});
    CHECK(run.status == 1);
    CHECK(run.out.empty());
    CHECK(n_lines(run.err) == 1);
    CHECK(says(run.err, "lectern index"));
    CHECK(run_lectern(home.path(), {"doctor"}).status == 0);  // a command, whatever is there
}

TEST_CASE("an unknown form of the stored caches is refused with those that are known") {
    test::TempDir home;
    const std::vector<std::vector<std::string>> commands = {
        {"ask", "--kv-precision", "int8:int5", "What?"},
        {"index", "--kv-precision", "q4", "."},
        {"eval", "--kv-precision", "f16,int3", "--dataset", "none.json"}};
    for (const auto& command : commands) {
        const auto refused = run_lectern(home.path(), command);
        CHECK(refused.status == 2);
        CHECK(says(refused.err, "known are f16, int8, int4, and pairs"));
    }
}

TEST_CASE("an unknown model, a model that is none and an empty library are said in one sentence") {
    test::TempDir home;
    const auto unknown = run_lectern(home.path(), {"--model", "gpt-17", "tokenize", "x"});
    CHECK(unknown.status == 1);
    CHECK(says(unknown.err, "gpt-17"));
    CHECK(n_lines(unknown.err) == 1);

    std::ofstream(home / "not-a-model.gguf") << "this is no model";
    const auto junk =
        run_lectern(home.path(), {"--model", home / "not-a-model.gguf", "tokenize", "x"});
    CHECK(junk.status == 1);
    CHECK(n_lines(junk.err) == 1);

    const auto empty = run_lectern(home.path(), {"ask", "Anything?"});
    CHECK(empty.status == 1);
    CHECK(says(empty.err, "library is empty"));
}

TEST_CASE("a missing path is refused and adds nothing") {
    if (!test::find_model(test::kEmbedder)) LECTERN_SKIP("the embedder is not installed");
    test::TempDir home;
    const auto missing = run_lectern(home.path(), {"index", home / "nowhere"});
    CHECK(missing.status == 1);
    CHECK(says(missing.err, "nowhere"));
}

TEST_CASE("bad files are listed with their reasons and never stop the rest") {
    if (!test::find_model(test::kEmbedder)) LECTERN_SKIP("the embedder is not installed");
    test::TempDir home;
    const std::filesystem::path docs = home / "docs";
    std::filesystem::create_directories(docs);
    std::ofstream(docs / "good.txt") << "The lighthouse of Pharos stood at Alexandria.\n";
    std::ofstream(docs / "empty.txt").flush();
    std::ofstream(docs / "broken.pdf") << "%PDF-1.4\nnothing that follows is a PDF";
    std::ofstream binary(docs / "binary.txt", std::ios::binary);
    for (int i = 0; i < 4096; ++i) binary.put(static_cast<char>(i * 37));
    binary.close();
    const auto done = run_lectern(home.path(), {"--json", "index", docs});
    CHECK(done.status == 0);
    CHECK(says(done.out, "\"documents\":1"));
#ifdef LECTERN_HAS_QTPDF
    CHECK(says(done.out, "broken.pdf"));
#endif
    CHECK(says(done.out, "binary.txt"));
    const auto found = run_lectern(home.path(), {"search", "lighthouse Alexandria"});
    CHECK(found.status == 0);
    CHECK(says(found.out, "Pharos"));
}

TEST_CASE("an empty question and a question longer than the context are refused") {
    if (!test::find_model(test::kEmbedder) || !test::find_model(test::kStarter))
        LECTERN_SKIP("models are not installed");
    test::TempDir home;
    std::ofstream(home / "a.txt") << "The lighthouse of Pharos stood at Alexandria.\n";
    REQUIRE(run_lectern(home.path(), {"index", home / "a.txt"}).status == 0);
    const auto empty = run_lectern(home.path(), {"--model", "smollm2-135m", "ask", "  "});
    CHECK(empty.status == 1);
    CHECK(n_lines(empty.err) == 1);
    std::string endless;
    for (int i = 0; i < 10000; ++i) endless += "lighthouse ";
    const auto too_long = run_lectern(home.path(), {"--model", "smollm2-135m", "ask", endless});
    CHECK(too_long.status == 1);
    CHECK(says(too_long.err, "context"));
}
