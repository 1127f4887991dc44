#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/core/catalogue.h"
#include "app/core/citation_heads.h"

namespace lectern {
namespace {

struct HeadArguments {
    int n_heads = 16;
    int n_prompts = 3;
};

int run_heads_command(const CommonOptions& common, const HeadArguments& arguments,
                      std::stop_token stop) {
    const auto path = find_model(common.model, ModelRole::kAnswering);
    if (!path) return report(path.error());
    const auto session = ModelSession::load(*path, common.assistant_options().session, stop);
    if (!session) return report(session.error());
    const auto scores = score_citation_heads(**session, arguments.n_prompts, stop);
    if (!scores) return report(scores.error());
    nlohmann::json heads = nlohmann::json::array(), values = nlohmann::json::array();
    for (int i = 0; i < std::min(arguments.n_heads, static_cast<int>(scores->size())); ++i) {
        const HeadScore& score = (*scores)[i];
        heads.push_back({score.head.layer, score.head.head});
        values.push_back(score.score);
        if (!common.json)
            std::printf("layer %2d head %2d  %.3f\n", score.head.layer, score.head.head,
                        score.score);
    }
    if (common.json)
        print_json({{"model", path->stem().string()},
                    {"fingerprint", (*session)->model().fingerprint().hex()},
                    {"heads", heads},
                    {"scores", values}});
    return 0;
}

}  // namespace

void add_citation_commands(CLI::App& eval, CommandLine& line) {
    auto heads = std::make_shared<HeadArguments>();
    CLI::App* command = eval.add_subcommand(
        "heads",
        "Which attention heads look at what an answer tells: resources/citation_heads.json");
    command->add_option("--heads", heads->n_heads, "How many to name")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command->add_option("--prompts", heads->n_prompts, "Prompts of built-in text to measure on")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->callback([&line, heads] {
        line.run = [&line, heads](std::stop_token stop) {
            return run_heads_command(line.common, *heads, stop);
        };
    });
}

}  // namespace lectern
