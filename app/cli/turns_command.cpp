#include "app/cli/turns_command.h"

#include <cstdio>
#include <memory>

#include "app/cli/progress_line.h"
#include "app/core/catalogue.h"
#include "app/core/eval_model.h"

namespace lectern {
namespace {

struct TurnsArguments {
    EvalModelOptions options;
    TurnsOptions turns;
};

nlohmann::json to_json(const TurnRow& row) {
    return {{"n", row.n},
            {"prompt_tokens", row.prompt_tokens},
            {"kl_mean", row.kl_case},
            {"kl_se", row.kl_case_se},
            {"kl_first", row.kl_first},
            {"top1_agreement", row.top1_agreement},
            {"charged_ratio", row.charged_ratio},
            {"f1", row.f1},
            {"f1_full", row.f1_full},
            {"ttft_ms_p50", row.ttft_ms_p50},
            {"ttft_full_ms_p50", row.ttft_full_ms_p50},
            {"sooner",
             {{"value", row.sooner.value}, {"low", row.sooner.low}, {"high", row.sooner.high}}}};
}

void print_row(const std::string& name, const TurnRow& row) {
    std::printf(
        "%-10s %7.0f %8.4f ±%.4f %8.4f %6.3f %8.3f %5.2f %5.2f %9.0f %9.0f  %5.1f× [%.1f, "
        "%.1f]\n",
        name.c_str(), row.prompt_tokens, row.kl_case, row.kl_case_se, row.kl_first,
        row.top1_agreement, row.charged_ratio, row.f1, row.f1_full, row.ttft_ms_p50,
        row.ttft_full_ms_p50, row.sooner.value, row.sooner.low, row.sooner.high);
}

void print_turns(const TurnsReport& report) {
    std::printf("%-10s %7s %16s %8s %6s %8s %5s %5s %9s %9s  %s\n", "turn", "tokens", "KL",
                "KL first", "top-1", "charged", "F1", "full", "first ms", "full ms", "sooner");
    for (std::size_t i = 0; i < report.turns.size(); ++i)
        print_row(std::to_string(i + 1), report.turns[i]);
    print_row("restored", report.restored);
    std::printf("%d conversations", report.restored.n);
    if (report.n_skipped > 0) std::printf(", %d beyond the context", report.n_skipped);
    std::printf(", %.0f s\n", report.seconds);
}

int run_turns(const CommonOptions& common, const TurnsArguments& arguments, std::stop_token stop) {
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    EvalModelOptions options = arguments.options;
    options.session = common.assistant_options().session;
    ProgressLine line;
    const auto on_progress = [&](const EvalProgress& p) {
        line.show_count(p.cases_done, p.cases_total, "conversations");
    };
    const auto done = evaluate_turns(*model, options, arguments.turns, on_progress, stop);
    line.clear();
    if (!done) return report(done.error());
    if (!common.json) {
        print_turns(*done);
        return 0;
    }
    nlohmann::json turns = nlohmann::json::array();
    for (const TurnRow& row : done->turns) turns.push_back(to_json(row));
    print_json({{"turns", turns},
                {"restored", to_json(done->restored)},
                {"n_skipped", done->n_skipped},
                {"seconds", done->seconds}});
    return 0;
}

}  // namespace

CLI::App* add_turns_command(CLI::App& eval, CommandLine& line) {
    auto arguments = std::make_shared<TurnsArguments>();
    TurnsOptions& turns = arguments->turns;
    CLI::App* command = eval.add_subcommand(
        "turns", "Conversations, kept turn by turn, against reading everything at each turn");
    command->add_option("--dataset", arguments->options.dataset, "Cases: a turn each")->required();
    command
        ->add_option("--passages", arguments->options.shape.n_passages,
                     "Passages of a turn, those that the answer rests on first (0: all)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--turns", turns.n_turns, "Of a conversation")
        ->check(CLI::Range(1, 20))
        ->capture_default_str();
    command->add_option("--limit", turns.limit, "Conversations to measure (0: all)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--skip", turns.skip, "Cases to leave out at the beginning")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--ratio", turns.fusion.ratio, "As for ask")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--sure-nats", turns.fusion.sure_nats, "As for ask")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--selector", turns.fusion.selector, "As for ask")->capture_default_str();
    command->add_option("--correction", turns.fusion.correction, "As for ask")
        ->capture_default_str();
    command->add_flag("--repair,!--no-repair", turns.repair,
                      "Repair what is inexact between turns (on by default)");
    command->add_option("--max-tokens", turns.max_answer_tokens)
        ->check(CLI::Range(1, 512))
        ->capture_default_str();
    add_kv_option(*command, line.common);
    command->callback([&line, arguments] {
        line.run = [&line, arguments](std::stop_token stop) {
            return run_turns(line.common, *arguments, stop);
        };
    });
    return command;
}

}  // namespace lectern
