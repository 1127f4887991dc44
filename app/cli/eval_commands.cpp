#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/core/catalogue.h"
#include "app/core/eval_model.h"
#include "app/core/retrieval_eval.h"

namespace lectern {
namespace {

struct EvalArguments {
    std::string dataset;
    std::string mode = "fused";
    std::vector<std::string> selectors{"question"};
    std::vector<double> ratios{0.15};
    std::string precision = "int8";
    EvalModelOptions options;
    std::string corpus;
};

std::vector<EvalVariant> variants_of(const EvalArguments& arguments) {
    if (arguments.mode == "full") return {{.mode = AnswerMode::kFull, .selector = "", .ratio = 1}};
    std::vector<EvalVariant> variants;
    for (const std::string& selector : arguments.selectors)
        for (const double ratio : arguments.ratios)
            variants.push_back({AnswerMode::kFused, selector, ratio});
    return variants;
}

nlohmann::json to_json(const EvalRow& row) {
    const bool full = row.variant.mode == AnswerMode::kFull;
    return {{"mode", full ? "full" : "fused"},
            {"selector", row.variant.selector},
            {"ratio", row.variant.ratio},
            {"n", row.n},
            {"f1", row.f1},
            {"f1_full", row.f1_full},
            {"rouge_l", row.rouge_l},
            {"rouge_l_full", row.rouge_l_full},
            {"kl_mean", row.kl_mean},
            {"kl_p95", row.kl_p95},
            {"kl_first", row.kl_first},
            {"kl_case", row.kl_case},
            {"kl_case_se", row.kl_case_se},
            {"top1_agreement", row.top1_agreement},
            {"exact_match_full", row.exact_match_full},
            {"charged_ratio", row.charged_ratio},
            {"ttft_ms_p50", row.ttft_ms_p50},
            {"ttft_full_ms_p50", row.ttft_full_ms_p50}};
}

void print(const EvalReport& report) {
    std::printf("%-12s %6s %4s %8s %8s %9s %9s %9s %7s %7s %9s %9s\n", "selector", "ratio", "n",
                "charged", "KL", "KL p95", "KL first", "top-1", "same", "F1", "F1 full", "ttft ms");
    for (const EvalRow& r : report.rows)
        std::printf("%-12s %6.3f %4d %8.3f %8.4f %9.4f %9.4f %9.3f %7.2f %7.3f %9.3f %9.0f\n",
                    r.variant.mode == AnswerMode::kFull ? "(full)" : r.variant.selector.c_str(),
                    r.variant.ratio, r.n, r.charged_ratio, r.kl_mean, r.kl_p95, r.kl_first,
                    r.top1_agreement, r.exact_match_full, r.f1, r.f1_full, r.ttft_ms_p50);
    for (const SkippedCase& skipped : report.skipped)
        std::printf("case %d left out: %s\n", skipped.number, skipped.reason.c_str());
}

int run_eval_command(const CommonOptions& common, const EvalArguments& arguments,
                     std::stop_token stop) {
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    EvalModelOptions options = arguments.options;
    options.dataset = arguments.dataset;
    options.session = common.assistant_options().session;
    options.eval.variants = variants_of(arguments);
    options.eval.precision = arguments.precision == "f16" ? KvPrecision::kF16 : KvPrecision::kInt8;
    ProgressLine line;
    const auto on_progress = [&](const EvalProgress& p) {
        line.show(p.cases_total == 0 ? 1 : double(p.cases_done) / p.cases_total,
                  std::to_string(p.cases_done) + " of " + std::to_string(p.cases_total) + " cases");
    };
    const auto done = evaluate_model(*model, options, on_progress, stop);
    line.clear();
    if (!done) return report(done.error());
    if (!common.json) {
        print(*done);
        return 0;
    }
    nlohmann::json rows = nlohmann::json::array();
    for (const EvalRow& row : done->rows) rows.push_back(to_json(row));
    nlohmann::json json = rows.size() == 1 ? rows.front() : nlohmann::json{{"rows", rows}};
    json["skipped"] = nlohmann::json::array();
    for (const SkippedCase& skipped : done->skipped)
        json["skipped"].push_back({{"case", skipped.number}, {"reason", skipped.reason}});
    json["seconds"] = done->seconds;
    print_json(json);
    return 0;
}

int run_retrieval_command(const CommonOptions& common, const EvalArguments& arguments,
                          std::stop_token stop) {
    ProgressLine line;
    RetrievalEvalOptions options;
    options.on_progress = [&](int done, int total) {
        line.show(total == 0 ? 1 : double(done) / total,
                  std::to_string(done) + " of " + std::to_string(total) + " passages indexed");
    };
    const auto done = evaluate_retrieval(common.embedder, common.threads, arguments.dataset,
                                         arguments.corpus, options, stop);
    line.clear();
    if (!done) return report(done.error());
    if (common.json) {
        nlohmann::json recall;
        for (const auto& [k, value] : done->recall_at) recall[std::to_string(k)] = value;
        print_json({{"n", done->n},
                    {"recall_at", recall},
                    {"ms_p50", done->ms_p50},
                    {"ms_p95", done->ms_p95}});
        return 0;
    }
    std::printf("%d questions", done->n);
    for (const auto& [k, value] : done->recall_at) std::printf("  recall@%d %.3f", k, value);
    std::printf("  search %.1f ms (95 %%: %.1f ms)\n", done->ms_p50, done->ms_p95);
    return 0;
}

}  // namespace

void add_eval_commands(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<EvalArguments>();
    EvalOptions& eval = arguments->options.eval;
    CLI::App* command =
        app.add_subcommand("eval", "Fused against full reading on a question-answering data set");
    command->require_subcommand(0, 1);
    CLI::Option* dataset =
        command->add_option("--dataset", arguments->dataset, "Cases: questions, answers, passages");
    command->add_option("--mode", arguments->mode)
        ->check(CLI::IsMember({"fused", "full"}))
        ->capture_default_str();
    command->add_option("--selector", arguments->selectors, "One or several, by commas")
        ->delimiter(',');
    command->add_option("--ratio", arguments->ratios, "One or several, by commas")->delimiter(',');
    command->add_option("--limit", eval.limit, "Cases to measure (0: all)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--skip", eval.skip, "Cases to leave out at the beginning")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--kv-precision", arguments->precision)
        ->check(CLI::IsMember({"int8", "f16"}));
    command->add_option("--max-tokens", eval.max_answer_tokens)
        ->check(CLI::Range(1, 512))
        ->capture_default_str();
    command->add_option("--seed", eval.seed)->capture_default_str();
    command->add_option("--resume", eval.resume_file, "Keeps results here, and goes on from them");
    CLI::App* retrieval =
        command->add_subcommand("retrieval", "The retriever against the supporting passages");
    CLI::Option* retrieval_dataset =
        retrieval->add_option("--dataset", arguments->dataset, "Questions");
    retrieval->add_option("--corpus", arguments->corpus, "Passages to retrieve from")->required();
    command->callback([=, &line] {
        if (dataset->count() + retrieval_dataset->count() == 0)
            throw CLI::RequiredError("--dataset");
        const bool retrieve = retrieval->parsed();
        line.run = [arguments, retrieve, &line](std::stop_token stop) {
            return retrieve ? run_retrieval_command(line.common, *arguments, stop)
                            : run_eval_command(line.common, *arguments, stop);
        };
    });
}

}  // namespace lectern
