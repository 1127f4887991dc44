#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/cli/bench_table.h"
#include "app/cli/command_line.h"
#include "app/core/bench.h"
#include "app/core/catalogue.h"
#include "engine/base/listed.h"

namespace lectern {
namespace {

struct BenchArguments {
    std::string what;
    int n_tokens = 0;  ///< 0: the usual of what is measured
    BenchOptions options;
    std::string query = "What is this about?";
    std::filesystem::path passages;
};

/// Memory first: what ran before may still hold some.
const std::vector<std::string> kAll{"memory", "load",   "prefill", "decode",
                                    "ttft",   "lookup", "embed",   "search"};

/// A JSON list of strings.
Result<std::vector<std::string>> read_texts(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) return fail(ErrorCode::kNotFound, "Cannot read " + path.string() + ".");
    const auto json = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    const auto is_text = [](const nlohmann::json& item) { return item.is_string(); };
    if (!json.is_array() || json.empty() || !std::all_of(json.begin(), json.end(), is_text))
        return fail(ErrorCode::kCorrupt, path.string() + " is not a JSON list of texts.");
    return json.get<std::vector<std::string>>();
}

int usual_tokens(const std::string& what) {
    return what == "ttft" ? 3072 : what == "memory" ? 4096 : what == "lookup" ? 1536 : 2048;
}

Result<std::vector<BenchRow>> run_one(const std::string& what, const CommonOptions& common,
                                      const BenchArguments& arguments, std::stop_token stop) {
    BenchOptions options = arguments.options;
    options.n_tokens = arguments.n_tokens > 0 ? arguments.n_tokens : usual_tokens(what);
    if (what == "search") {
        LECTERN_ASSIGN(const auto assistant, LocalAssistant::open(common.assistant_options()));
        return bench_search(*assistant, arguments.query, options);
    }
    if (what == "embed") {
        LECTERN_ASSIGN(const auto embedder, find_model(common.embedder, ModelRole::kEmbedder));
        if (!arguments.passages.empty()) {
            LECTERN_ASSIGN(options.passages, read_texts(arguments.passages));
        }
        return bench_embed(embedder, options, stop);
    }
    LECTERN_ASSIGN(const auto model, find_model(common.model, ModelRole::kAnswering));
    if (what == "prefill") return bench_prefill(model, options, stop);
    if (what == "decode") return bench_decode(model, options, stop);
    if (what == "ttft") return bench_ttft(model, options, stop);
    if (what == "lookup") return bench_lookup(model, options, stop);
    if (what == "memory") return bench_memory(model, options, stop);
    return bench_load(model, options, stop);
}

Result<std::vector<BenchRow>> run(const CommonOptions& common, const BenchArguments& arguments,
                                  std::stop_token stop) {
    if (arguments.what != "all") return run_one(arguments.what, common, arguments, stop);
    std::vector<BenchRow> rows;
    for (const std::string& what : kAll) {
        LECTERN_ASSIGN(const std::vector<BenchRow> some, run_one(what, common, arguments, stop));
        rows.insert(rows.end(), some.begin(), some.end());
    }
    return rows;
}

int run_bench(const CommonOptions& common, BenchArguments arguments, std::stop_token stop) {
    arguments.options.session = common.assistant_options().session;
    const auto rows = run(common, arguments, stop);
    if (!rows) return report(rows.error());
    const MachinePeak peak = measure_machine_peak(rows->front().n_threads);
    if (common.json) {
        const nlohmann::json json = bench_json(*rows, peak);
        print_json(json.size() == 1 ? json.front() : nlohmann::json{{"rows", json}});
    } else {
        print_bench_table(*rows, peak);
    }
    return 0;
}

}  // namespace

void add_bench_command(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<BenchArguments>();
    CLI::App* command = app.add_subcommand("bench", "Speeds of this machine");
    BenchOptions& options = arguments->options;
    std::vector<std::string> names = kAll;
    names.push_back("all");
    command->add_option("WHAT", arguments->what)->required()->check(CLI::IsMember(names));
    command
        ->add_option("--tokens", arguments->n_tokens,
                     "Length of prompt or context (2048; ttft 3072, memory 4096, lookup 1536)")
        ->check(CLI::Range(16, 131072));
    command->add_option("--repeat", options.repeat, "Measured runs")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--ratio", options.fusion.ratio, "ttft, memory: share recomputed")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--sure-nats", options.fusion.sure_nats, "ttft, memory: as for ask")
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--correction", options.fusion.correction,
                     "ttft, memory: of the other passage tokens: " + listed(correction_names()))
        ->capture_default_str();
    command->add_flag("!--no-full", options.with_full, "ttft: only the fused readings");
    command->add_option("--kv-dir", options.kv_dir,
                        "ttft, memory: folder of the passages' KV (a new one, then removed)");
    command->add_option("--dump", options.dump,
                        "ttft: file for the prompt's token ids and the logits behind it, in JSON");
    command
        ->add_option("--dataset", options.dataset,
                     "lookup: questions with passages, in the forms `eval` reads")
        ->check(CLI::ExistingFile);
    command->add_option("--limit", options.limit, "lookup: cases at most")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--passages", arguments->passages,
                        "embed: JSON list of texts (made-up passages of --tokens together)");
    command->add_option("--vectors", options.vectors, "embed: file for the vectors, in JSON");
    command->add_option("--query", arguments->query, "search: what is searched for");
    add_kv_option(*command, line.common);
    command->callback([&line, arguments] {
        line.run = [&line, arguments](std::stop_token stop) {
            return run_bench(line.common, *arguments, stop);
        };
    });
}

}  // namespace lectern
