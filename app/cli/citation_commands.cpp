#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/core/catalogue.h"
#include "app/core/citation_eval.h"
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

struct CitationArguments {
    std::filesystem::path dataset;
    std::string mode = "fused";
    CitationEvalOptions eval;
};

nlohmann::json to_json(const CitationFigures& figures) {
    const Estimate& first = figures.first_supporting;
    return {{"first_supporting", first.value},
            {"first_supporting_low", first.low},
            {"first_supporting_high", first.high},
            {"uncited", figures.uncited}};
}

nlohmann::json to_json(const CaseCitations& citations) {
    return {{"first", citations.first},
            {"supporting", citations.is_supporting},
            {"uncited", citations.n_uncited}};
}

nlohmann::json to_json(const CitationReport& done) {
    nlohmann::json cases = nlohmann::json::array();
    for (const CitationCase& item : done.cases)
        cases.push_back({{"case", item.number},
                         {"answer", item.answer},
                         {"right", item.is_right},
                         {"sentences", item.n_sentences},
                         {"attention", to_json(item.attention)},
                         {"overlap", to_json(item.overlap)}});
    nlohmann::json json = to_json(done.attention);
    json["n"] = done.cases.size();
    json["n_right"] = done.n_right;
    json["overlap"] = to_json(done.overlap);
    json["cases"] = cases;
    return json;
}

void print_figures(const char* name, const CitationFigures& figures) {
    const Estimate& first = figures.first_supporting;
    std::printf(
        "%-20s first citation supports the answer %5.1f %% (%.1f to %.1f), sentences "
        "uncited %.1f %%\n",
        name, 100 * first.value, 100 * first.low, 100 * first.high, 100 * figures.uncited);
}

int run_citations_command(const CommonOptions& common, const CitationArguments& arguments,
                          std::stop_token stop) {
    const auto cases = read_eval_dataset(arguments.dataset);
    if (!cases) return report(cases.error());
    const auto path = find_model(common.model, ModelRole::kAnswering);
    if (!path) return report(path.error());
    const auto session = ModelSession::load(*path, common.assistant_options().session, stop);
    if (!session) return report(session.error());
    ProgressLine line;
    CitationEvalOptions options = arguments.eval;
    options.mode = arguments.mode == "full" ? AnswerMode::kFull : AnswerMode::kFused;
    options.on_progress = [&](int done, int total) { line.show_count(done, total, "cases"); };
    const auto done = run_citation_eval(**session, *cases, options, stop);
    line.clear();
    if (!done) return report(done.error());
    if (common.json) {
        print_json(to_json(*done));
        return 0;
    }
    std::printf("%zu cases, %d answered rightly\n", done->cases.size(), done->n_right);
    print_figures("attention", done->attention);
    print_figures("shared words alone", done->overlap);
    return 0;
}

void add_citations_eval(CLI::App& eval, CommandLine& line) {
    auto arguments = std::make_shared<CitationArguments>();
    CitationEvalOptions& options = arguments->eval;
    CLI::App* command = eval.add_subcommand(
        "citations", "The first passage that an answer cites against the supporting ones");
    command->add_option("--dataset", arguments->dataset, "Questions with \"supporting_facts\"")
        ->required();
    command->add_option("--mode", arguments->mode, "As for ask")
        ->check(CLI::IsMember({"fused", "full"}))
        ->capture_default_str();
    command->add_option("--ratio", options.fusion.ratio, "As for ask")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--limit", options.limit, "Cases to measure (0: all)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--skip", options.skip, "Cases to leave out at the beginning")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--max-tokens", options.max_tokens)
        ->check(CLI::Range(1, 512))
        ->capture_default_str();
    add_kv_option(*command, line.common);
    command->callback([&line, arguments] {
        line.run = [&line, arguments](std::stop_token stop) {
            return run_citations_command(line.common, *arguments, stop);
        };
    });
}

}  // namespace

void add_citation_commands(CLI::App& eval, CommandLine& line) {
    add_citations_eval(eval, line);
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
