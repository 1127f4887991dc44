#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/core/bench.h"
#include "app/core/catalogue.h"

namespace lectern {
namespace {

struct BenchArguments {
    std::string what;
    BenchOptions options;
    std::string query = "What is this about?";
};

Result<std::vector<BenchRow>> run(const CommonOptions& common, const BenchArguments& arguments,
                                  std::stop_token stop) {
    if (arguments.what == "search") {
        LECTERN_ASSIGN(const auto assistant, LocalAssistant::open(common.assistant_options()));
        return bench_search(*assistant, arguments.query, arguments.options);
    }
    if (arguments.what == "embed") {
        LECTERN_ASSIGN(const auto embedder, find_model(common.embedder, ModelRole::kEmbedder));
        return bench_embed(embedder, arguments.options, stop);
    }
    LECTERN_ASSIGN(const auto model, find_model(common.model, ModelRole::kAnswering));
    if (arguments.what == "prefill") return bench_prefill(model, arguments.options, stop);
    if (arguments.what == "decode") return bench_decode(model, arguments.options, stop);
    if (arguments.what == "ttft") return bench_ttft(model, arguments.options, stop);
    return bench_load(model, arguments.options, stop);
}

int run_bench(const CommonOptions& common, BenchArguments arguments, std::stop_token stop) {
    arguments.options.session = common.assistant_options().session;
    const auto rows = run(common, arguments, stop);
    if (!rows) return report(rows.error());
    const MachinePeak peak = measure_machine_peak(rows->front().n_threads);
    if (!common.json)
        std::printf(
            "%s, %s; limits: %.0f int8 GOP/s, %.1f GB/s from memory\n"
            "%-26s %8s %10s %10s %12s %10s\n",
            rows->front().model.c_str(), rows->front().device.c_str(), peak.int8_ops / 1e9,
            peak.read_bytes / 1e9, "what", "tokens", "ms (min)", "ms (p50)", "per second",
            "of limit");
    nlohmann::json json = nlohmann::json::array();
    for (const BenchRow& row : *rows) {
        if (common.json)
            json.push_back({{"what", row.what},
                            {"model", row.model},
                            {"device", row.device},
                            {"threads", row.n_threads},
                            {"tokens", row.n_tokens},
                            {"tokens_per_s", row.tokens_per_s},
                            {"ms_p50", row.ms_p50},
                            {"ms_min", row.ms_min},
                            {"share_of_limit", share_of_limit(row, peak)},
                            {"limit_int8_ops", peak.int8_ops},
                            {"limit_read_bytes", peak.read_bytes},
                            {"ms", row.ms}});
        else
            std::printf("%-26s %8d %10.1f %10.1f %12.1f %8.0f %%\n", row.what.c_str(), row.n_tokens,
                        row.ms_min, row.ms_p50, row.tokens_per_s, 100 * share_of_limit(row, peak));
    }
    if (common.json) print_json(json.size() == 1 ? json.front() : nlohmann::json{{"rows", json}});
    return 0;
}

}  // namespace

void add_bench_command(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<BenchArguments>();
    CLI::App* command = app.add_subcommand("bench", "Speeds of this machine");
    command->add_option("WHAT", arguments->what)
        ->required()
        ->check(CLI::IsMember({"prefill", "decode", "ttft", "embed", "search", "load"}));
    command->add_option("--tokens", arguments->options.n_tokens, "Length of prompt or context")
        ->check(CLI::Range(16, 131072))
        ->capture_default_str();
    command->add_option("--repeat", arguments->options.repeat, "Measured runs")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--ratio", arguments->options.ratio, "ttft: share recomputed")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--query", arguments->query, "search: what is searched for");
    command->callback([&line, arguments] {
        line.run = [&line, arguments](std::stop_token stop) {
            return run_bench(line.common, *arguments, stop);
        };
    });
}

}  // namespace lectern
