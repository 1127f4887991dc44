// The JSON that scripts and benchmarks read, from the real executable with the real models.
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

void check_fields(const json& object, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        INFO(name);
        CHECK(object.contains(name));
    }
}

const std::filesystem::path kSamples =
    std::filesystem::path(LECTERN_SOURCE_DIR) / "resources/samples";

}  // namespace

TEST_CASE(
    "index, search, ask and store give the fields of the contract; a second question computes no "
    "KV") {
    if (!test::find_model(test::kEmbedder) || !test::find_model(test::kStarter))
        LECTERN_SKIP("models are not installed");
    test::TempDir home;
    const auto indexed = run_lectern(home.path(), {"--json", "index", kSamples / "zlib-faq.txt"});
    REQUIRE(indexed.status == 0);
    const json index = json::parse(indexed.out);
    check_fields(index, {"documents", "chunks", "tokens", "kv_bytes", "seconds", "failed"});
    CHECK(index["documents"] == 1);
    CHECK(index["chunks"] > 3);

    const json hits =
        json::parse(run_lectern(home.path(), {"--json", "search", "Y2K"}).out)["hits"];
    REQUIRE_FALSE(hits.empty());
    check_fields(hits[0], {"path", "page", "text", "score", "dense_rank", "lexical_rank"});

    const std::vector<std::string> ask = {
        "--json",  "--model", "smollm2-135m",          "ask", "--max-tokens", "24",
        "--top-k", "4",       "Is zlib Y2K-compliant?"};
    const json first = json::parse(run_lectern(home.path(), ask).out);
    check_fields(first, {"answer", "citations", "mode", "ttft_ms", "retrieve_ms", "load_ms",
                         "fuse_ms", "model_load_ms", "prompt_tokens", "reused_tokens",
                         "recomputed_tokens", "kv", "charged_ratio", "decode_tokens_per_s"});
    for (const json& sentence : first["sentences"])
        CHECK(sentence["sources"].size() == sentence["citations"].size());
    CHECK(first["kv"]["computed"] == 4);  // nothing was stored yet
    double phases = 0;
    for (const auto& [name, ms] : first["phases_ms"].items()) phases += ms.get<double>();
    CHECK(phases == Approx(first["ttft_ms"].get<double>()));
    CHECK(first["phases_ms"]["rest"] < 0.1 * first["ttft_ms"].get<double>());
    CHECK(first["phases_ms"]["compute"] > first["phases_ms"]["open"]);
    const json second = json::parse(run_lectern(home.path(), ask).out);
    CHECK(second["answer"] == first["answer"]);
    CHECK(second["kv"]["computed"] == 0);
    CHECK(second["kv"]["disk"] == 4);
    CHECK(second["citations"].size() == 4);
    const double reused = second["reused_tokens"], recomputed = second["recomputed_tokens"];
    CHECK(reused >= 0.8 * (reused + recomputed));

    auto smaller = ask;
    smaller.insert(smaller.end(), {"--kv-precision", "int4:int8"});
    const json other = json::parse(run_lectern(home.path(), smaller).out);
    CHECK(other["kv"]["computed"] == 4);  // another form is another cache

    const json store = json::parse(run_lectern(home.path(), {"--json", "store", "verify"}).out);
    check_fields(store, {"entries", "bytes", "budget_bytes", "corrupt"});
    CHECK(store["entries"] == 8);
    CHECK(store["corrupt"] == 0);

    std::filesystem::path lost;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home / "library/kv"))
        if (entry.path().extension() == ".kv") lost = entry.path();
    std::filesystem::remove(lost);
    std::ofstream(lost.replace_extension(".tmp")) << "half";
    const json repaired = json::parse(run_lectern(home.path(), {"--json", "store", "verify"}).out);
    CHECK(repaired["entries"] == 7);
    CHECK(repaired["forgotten"] == 1);
    CHECK(repaired["leftovers"] == 1);
    CHECK(repaired["adopted"] == 0);
}

TEST_CASE("the budget of passages' caches is chosen on the command line and remembered") {
    test::TempDir home;
    const auto budget = [&](std::vector<std::string> more) -> std::int64_t {
        std::vector<std::string> command = {"--json", "store", "stats"};
        command.insert(command.end(), more.begin(), more.end());
        const auto ran = run_lectern(home.path(), command);
        INFO(ran.err);
        REQUIRE(ran.status == 0);
        return json::parse(ran.out)["budget_bytes"];
    };
    const std::int64_t by_default = budget({});
    CHECK(by_default > 0);
    CHECK(by_default <= 20'000'000'000);
    CHECK(budget({"--kv-budget", "4G"}) == 4'000'000'000);
    CHECK(budget({}) == 4'000'000'000);
    CHECK(budget({"--kv-budget", "123456"}) == 123'456);
    CHECK(budget({"--kv-budget", "0"}) > 123'456);
    for (const char* wrong : {"lots", "-1", "-1G", "1.5"})
        CHECK(run_lectern(home.path(), {"store", "stats", "--kv-budget", wrong}).status == 2);
}

TEST_CASE("index computes caches as its policy says and tells what to expect") {
    if (!test::find_model(test::kEmbedder) || !test::find_model(test::kStarter))
        LECTERN_SKIP("models are not installed");
    test::TempDir home;
    const auto index = [&](std::vector<std::string> more) {
        std::vector<std::string> command = {"--json", "--model", "smollm2-135m", "index",
                                            kSamples / "zlib-faq.txt"};
        command.insert(command.end(), more.begin(), more.end());
        const auto ran = run_lectern(home.path(), command);
        INFO(ran.err);
        REQUIRE(ran.status == 0);
        CHECK(ran.err.find("passages' caches will take about") != std::string::npos);
        return json::parse(ran.out);
    };
    for (const char* policy : {"idle", "lazy"}) {
        const json report = index({"--kv", policy});
        CHECK(report["kv_bytes"] == 0);
        CHECK(report["kv_bytes_expected"] > 100'000);
    }
    const json all = index({"--kv", "all"});
    CHECK(all["kv_bytes"] > 100'000);
    CHECK(all["kv_left"] == 0);
    CHECK(run_lectern(home.path(), {"index", "--kv", "sometimes"}).status == 2);
}

TEST_CASE("deleting every cache between two questions changes no answer") {
    if (!test::find_model(test::kEmbedder) || !test::find_model(test::kStarter))
        LECTERN_SKIP("models are not installed");
    test::TempDir home;
    REQUIRE(run_lectern(home.path(), {"index", "--kv", "all", "--model", "smollm2-135m",
                                      kSamples / "zlib-faq.txt"})
                .status == 0);
    const std::vector<std::string> ask = {"--json",
                                          "--model",
                                          "smollm2-135m",
                                          "ask",
                                          "--max-tokens",
                                          "24",
                                          "--top-k",
                                          "2",
                                          "Where can I get a Windows DLL version?"};
    const json before = json::parse(run_lectern(home.path(), ask).out);
    int n_removed = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home / "library"))
        if (entry.is_regular_file() && entry.path().extension() == ".faiss")
            n_removed += std::filesystem::remove(entry);
    CHECK(n_removed > 0);
    std::filesystem::remove_all(home / "library/kv");
    const json after = json::parse(run_lectern(home.path(), ask).out);
    CHECK(after["kv"]["computed"] == 2);
    CHECK(after["citations"] == before["citations"]);
    CHECK(after["answer"] == before["answer"]);
}

TEST_CASE("tokenize, logits, models and doctor answer in JSON") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    const json tokens = json::parse(
        run_lectern(home.path(), {"--json", "--model", "smollm2-135m", "tokenize", "Hello, world"})
            .out)["tokens"];
    CHECK(tokens.size() > 1);
    const json logits = json::parse(
        run_lectern(home.path(), {"--json", "--model", "smollm2-135m", "logits", "Hello, world"})
            .out)["logits"];
    CHECK(logits.size() == 49152);
    const json bench =
        json::parse(run_lectern(home.path(), {"--json", "--model", "smollm2-135m", "bench",
                                              "prefill", "--tokens", "32", "--repeat", "3"})
                        .out);
    check_fields(bench, {"model", "device", "threads", "tokens", "tokens_per_s", "ms_p50", "ms_min",
                         "share_of_limit"});
    CHECK(bench["ms"].size() == 3);
    CHECK(bench["share_of_limit"] > 0);
    check_fields(json::parse(run_lectern(home.path(), {"--json", "models", "list"}).out),
                 {"models"});
    check_fields(json::parse(run_lectern(home.path(), {"--json", "doctor"}).out),
                 {"cpu", "backend", "gpu", "threads"});
}

TEST_CASE("every benchmark of the answering model says what it measured") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    const auto bench = [&](const std::string& what, std::vector<std::string> more) {
        std::vector<std::string> command = {"--json", "--model", "smollm2-135m", "bench", what};
        command.insert(command.end(), more.begin(), more.end());
        const auto ran = run_lectern(home.path(), command);
        INFO(what << ": " << ran.err);
        REQUIRE(ran.status == 0);
        return json::parse(ran.out);
    };
    const json first = bench("ttft", {"--tokens", "96", "--repeat", "1", "--dump",
                                      (home / "first.json").string()})["rows"];
    REQUIRE(first.size() == 3);
    for (const json& row : first) {
        double phases = 0;
        for (const auto& [name, ms] : row["phases_ms"].items()) phases += ms.get<double>();
        CHECK(phases == Approx(row["ms_p50"].get<double>()));
        CHECK(row["share_of_limit"].is_null());
    }
    CHECK(first[1]["kl_to_full"] == first[2]["kl_to_full"]);
    const json dump = json::parse(std::ifstream(home / "first.json"));
    CHECK(dump["ids"].size() == first[0]["tokens"]);
    CHECK(dump["full_logits"].size() == dump["fused_logits"].size());

    const json looked_up =
        bench("lookup", {"--tokens", "384", "--limit", "1", "--repeat", "1"})["rows"];
    REQUIRE(looked_up.size() >= 2);
    REQUIRE(looked_up.size() % 2 == 0);
    for (std::size_t i = 1; i < looked_up.size(); i += 2) {
        check_fields(looked_up[i], {"ratio", "drafted", "accepted", "steps"});
        CHECK(looked_up[i]["tokens"] == looked_up[i - 1]["tokens"]);
        CHECK(looked_up[i]["accepted"].get<double>() + looked_up[i]["steps"].get<double>() >=
              looked_up[i]["tokens"].get<double>());
    }
    const json memory = bench("memory", {"--tokens", "512"});
    CHECK(memory["peak_bytes"] > memory["packed_weight_bytes"]);
    CHECK(memory["peak_bytes"] >= memory["peak_bytes_loading"]);
    for (const auto& entry : std::filesystem::directory_iterator(home.path()))
        CHECK(entry.path().filename().string().rfind("bench-", 0) != 0);
}

TEST_CASE("the benchmark of embedding takes passages and writes their vectors") {
    if (!test::find_model(test::kEmbedder)) LECTERN_SKIP("the embedder is not installed");
    test::TempDir home;
    const std::string texts = (home / "texts.json").string();
    const std::string vectors = (home / "vectors.json").string();
    const std::vector<std::string> command = {"--json",    "bench", "embed",    "--passages", texts,
                                              "--vectors", vectors, "--repeat", "2"};
    std::ofstream(texts) << R"(["A lighthouse stands on the cape.", "Bread needs flour."])";
    const auto ran = run_lectern(home.path(), command);
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    const json row = json::parse(ran.out);
    CHECK(row["ms"].size() == 2);
    CHECK(row["tokens"] > 8);
    CHECK(row["share_of_limit"] > 0);
    const json written = json::parse(std::ifstream(vectors));
    REQUIRE(written.size() == 2);
    CHECK(written[0].size() == 384);
    CHECK(written[0] != written[1]);
    std::ofstream(texts) << R"({"texts": []})";
    CHECK(run_lectern(home.path(), command).status == 1);
}

TEST_CASE("a sweep gives a row a variant, with its intervals, and writes a page and a plot") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    const json passages = {{{"title", "Pharos"}, {"text", "The lighthouse stood at Alexandria."}},
                           {{"title", "Rhodes"}, {"text", "The colossus was of bronze. It fell."}},
                           {{"title", "Ephesus"}, {"text", "The temple burnt down."}}};
    std::ofstream(home / "wonders.json") << json{
        {{"question", "Where did the lighthouse stand?"},
         {"answers", {"Alexandria"}},
         {"ctxs", passages}},
        {{"question", "What was the colossus of?"}, {"answers", {"bronze"}}, {"ctxs", passages}}};
    const auto eval = [&](std::vector<std::string> more) {
        std::vector<std::string> command = {"--json", "--model", "smollm2-135m", "eval"};
        command.insert(command.end(), more.begin(), more.end());
        return run_lectern(home.path(), command);
    };
    const std::string dataset = home / "wonders.json";
    const auto swept =
        eval({"--dataset", dataset, "--sweep", "--selector", "question", "--correction",
              "none,pooled-shift", "--ratio", "0.5", "--sure-nats", "0,2", "--passages", "2",
              "--history", "--baseline", "question", "--report", home / "reports"});
    INFO(swept.err);
    REQUIRE(swept.status == 0);
    const json report = json::parse(swept.out);
    REQUIRE(report["rows"].size() == 5);
    const char* const labels[] = {"none", "question 50 %", "question by entropy over 2 50 %",
                                  "question + pooled-shift 50 %",
                                  "question + pooled-shift by entropy over 2 50 %"};
    for (int i = 0; i < 5; ++i) CHECK(report["rows"][i]["label"] == labels[i]);
    for (const json& row : report["rows"]) {
        check_fields(row, {"n", "f1", "f1_full", "rouge_l", "rouge_l_full", "kl_mean", "kl_p95",
                           "kl_first", "top1_agreement", "exact_match_full", "charged_ratio",
                           "ttft_ms_p50", "ttft_full_ms_p50", "answered", "rouge_l_difference"});
        CHECK(row["n"] == 2);
        check_fields(row["f1_difference"], {"value", "low", "high"});
        check_fields(row["kl_to_reuse"], {"value", "low", "high"});
        check_fields(row["kl_to_baseline"], {"charged_ratio", "in_range"});
    }
    REQUIRE(report["files"].size() == 2);
    for (const json& file : report["files"])
        CHECK(std::filesystem::file_size(file.get<std::string>()) > 1000);

    const json plain = json::parse(eval({"--dataset", dataset, "--limit", "1"}).out);
    CHECK(plain["selector"] == "question-end");
    CHECK(plain["correction"] == "pooled-affine");
    CHECK(plain["fidelity"].get<std::string>().find("balanced: ") == 0);
    CHECK(plain["kl_to_reuse"].is_null());

    const auto unknown = eval({"--dataset", dataset, "--sweep", "--baseline", "epic"});
    CHECK(unknown.status == 1);
    CHECK(unknown.err.find("\"epic\"") != std::string::npos);
    CHECK(eval({"--sweep"}).status == 2);
    CHECK(eval({"--documents", home.path(), "--history"}).status == 2);
}

TEST_CASE("documents without questions are measured by KL alone") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    std::filesystem::create_directories(home / "docs");
    std::filesystem::copy_file(kSamples / "zlib-faq.txt", home / "docs/zlib-faq.txt");
    const auto ran = run_lectern(
        home.path(), {"--json", "--model", "smollm2-135m", "eval", "--documents", home / "docs",
                      "--passages", "2", "--limit", "1", "--selector", "none"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    const json row = json::parse(ran.out);
    CHECK(row["n"] == 1);
    CHECK(row["kl_case"] > 0);
    for (const char* none : {"f1", "f1_full", "f1_difference", "rouge_l", "answered"}) {
        INFO(none);
        CHECK(row[none].is_null());
    }
    CHECK(row["documents"][0]["name"] == "zlib-faq.txt");
}

TEST_CASE("citing is measured against the supporting passages, and its heads are named") {
    if (!test::find_model(test::kStarter)) LECTERN_SKIP("the starter model is not installed");
    test::TempDir home;
    json item = json::parse(R"({
        "question": "What was the colossus of Rhodes made of?",
        "answer": "bronze",
        "context": [["Pharos", ["The lighthouse of Alexandria stood on the island Pharos."]],
                    ["Rhodes", ["The colossus of Rhodes was made of bronze. ", "It fell."]]],
        "supporting_facts": [["Rhodes", 0]]})");
    std::ofstream(home / "wonders.json") << json::array({item});
    const auto eval = [&](std::vector<std::string> more) {
        std::vector<std::string> command = {"--json", "--model", "smollm2-135m", "eval"};
        command.insert(command.end(), more.begin(), more.end());
        return run_lectern(home.path(), command);
    };
    for (const char* mode : {"fused", "full"}) {
        const auto ran = eval({"citations", "--dataset", home / "wonders.json", "--mode", mode});
        INFO(ran.err);
        REQUIRE(ran.status == 0);
        const json report = json::parse(ran.out);
        check_fields(report, {"n", "n_right", "first_supporting", "first_supporting_low",
                              "first_supporting_high", "uncited", "overlap", "cases"});
        CHECK(report["n"] == 1);
        CHECK(report["n_right"] == 1);
        CHECK(report["first_supporting"] == 1.0);
        CHECK(report["cases"][0]["attention"]["first"] == "Rhodes");
    }
    item.erase("supporting_facts");
    std::ofstream(home / "unknown.json") << json::array({item});
    const auto unknown = eval({"citations", "--dataset", home / "unknown.json"});
    CHECK(unknown.status == 1);
    CHECK(unknown.err.find("supporting_facts") != std::string::npos);
    CHECK(eval({"citations"}).status == 2);

    const json heads = json::parse(eval({"heads", "--prompts", "1", "--heads", "4"}).out);
    CHECK(heads["heads"].size() == 4);
    CHECK(heads["scores"][0] > 0.3);
    CHECK(heads["scores"][3] <= heads["scores"][0]);
}
