// Calibrating a model, and reading as its profile says: from the real executable with the starter.
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_lectern.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using nlohmann::json;
using test::run_lectern;

namespace {

test::CliRun run_starter(const test::TempDir& home, std::vector<std::string> command) {
    command.insert(command.begin(), {"--json", "--model", "smollm2-135m"});
    test::CliRun ran = run_lectern(home.path(), command);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    return ran;
}

void write_dataset(const std::filesystem::path& path) {
    const json passages = {{{"title", "Pharos"}, {"text", "The lighthouse stood at Alexandria."}},
                           {{"title", "Rhodes"}, {"text", "The colossus was of bronze. It fell."}},
                           {{"title", "Babylon"}, {"text", "The gardens hung above the river."}}};
    const json cases = {{{"question", "Where did the lighthouse stand?"},
                         {"answers", {"Alexandria"}},
                         {"ctxs", passages}}};
    std::ofstream(path) << cases.dump();
}

}  // namespace

TEST_CASE("calibrate writes the model's profile, and every reading follows it unless told how") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    json profile = json::parse(run_starter(home, {"calibrate", "--limit", "1"}).out);
    for (const char* field : {"version", "model", "fingerprint", "kv_format", "selector",
                              "correction", "sure_nats", "n_cases", "made_by", "points"}) {
        INFO(field);
        CHECK(profile.contains(field));
    }
    CHECK(profile["n_cases"] == 1);
    CHECK(profile["points"].size() == 7);
    CHECK(profile["points"][6]["charged"] > profile["points"][0]["charged"]);
    const std::filesystem::path file = profile["file"];
    CHECK(file.parent_path() == home / "profiles");
    CHECK(std::filesystem::exists(file));
    CHECK_FALSE(std::filesystem::exists(std::filesystem::path(file).replace_extension(".jsonl")));

    profile = json::parse(std::ifstream(file));
    CHECK(profile.contains("shift"));
    profile["points"] = {{{"ratio", 0.3},
                          {"charged", 0.32},
                          {"kl_mean", 0.004},
                          {"kl_upper", 0.006},
                          {"kl_first", 0.01},
                          {"top1", 0.99}}};
    std::ofstream(file) << profile.dump();
    const std::string dataset = home / "wonders.json";
    write_dataset(dataset);
    const auto eval = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"eval", "--dataset", dataset});
        return json::parse(run_starter(home, more).out);
    };
    const json balanced = eval({});
    CHECK(balanced["ratio"] == 0.3);
    CHECK(balanced["fidelity"] ==
          "balanced: at least 30 % of the passages recomputed, 32 % of a full read's work and KL "
          "0.0040 measured");
    const json exact = eval({"--fidelity", "exact"});
    CHECK(exact["mode"] == "full");
    CHECK(exact["fidelity"] == "exact: all passages read in full");
    const json given = eval({"--fidelity", "exact", "--ratio", "0.25"});
    CHECK(given["ratio"] == 0.25);
    CHECK(given["fidelity"].is_null());
}

TEST_CASE("an answer says how its reading was chosen; a broken profile keeps nobody from it") {
    if (!test::find_model(test::kEmbedder) || !test::find_model(test::kStarter))
        LECTERN_SKIP("models are not installed");
    test::TempDir home;
    const std::string sample =
        std::filesystem::path(LECTERN_SOURCE_DIR) / "resources/samples/zlib-faq.txt";
    REQUIRE(run_lectern(home.path(), {"index", sample}).status == 0);
    const auto ask = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"ask", "--max-tokens", "8", "--top-k", "3"});
        more.push_back("Is zlib Y2K-compliant?");
        return run_starter(home, more);
    };
    const json exact = json::parse(ask({"--fidelity", "exact"}).out);
    CHECK(exact["mode"] == "full");
    CHECK(exact["fidelity"] == "exact: all passages read in full");
    CHECK(exact["charged_ratio"] == 1);
    const json balanced = json::parse(ask({}).out);
    CHECK(balanced["fidelity"].get<std::string>().find("balanced: ") == 0);
    CHECK(balanced["charged_ratio"] < 0.6);
    CHECK(json::parse(ask({"--ratio", "0.1"}).out)["fidelity"].is_null());
    const auto shifted = ask({"--ratio", "0.1", "--correction", "static-shift"});
    INFO(shifted.err);
    CHECK(shifted.status == 0);  // its shift came with the program

    const json profile = json::parse(run_starter(home, {"calibrate", "--limit", "1"}).out);
    std::ofstream(profile["file"].get<std::string>()) << "{\"version\": 2, \"model\": ";
    const auto broken = ask({});
    CHECK(broken.err.find("A profile is not used.") != std::string::npos);
    CHECK(json::parse(broken.out)["answer"] == balanced["answer"]);
}
