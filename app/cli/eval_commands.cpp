#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/eval_output.h"
#include "app/cli/progress_line.h"
#include "app/cli/turns_command.h"
#include "app/core/catalogue.h"
#include "app/core/eval_model.h"
#include "app/core/eval_report.h"
#include "app/core/eval_sweep.h"
#include "app/core/retrieval_eval.h"
#include "engine/base/listed.h"

namespace lectern {
namespace {

struct EvalArguments {
    std::string mode = "fused";
    std::string fidelity{name_of(*AskOptions{}.fidelity)};
    SweepLists lists;  ///< empty ones: what the command measures unasked
    bool sweep = false;
    std::vector<std::string> kv_formats{name_of(kDefaultKvFormat)};
    std::vector<std::string> chunks{"alone"};
    EvalModelOptions options;
    std::string report;  ///< folder; empty: none is written
    std::string corpus;
};

/// Whether a fidelity chooses the reading.
bool is_chosen(const EvalArguments& arguments) {
    const SweepLists& lists = arguments.lists;
    return arguments.mode == "fused" && !arguments.sweep && lists.selectors.empty() &&
           lists.corrections.empty() && lists.ratios.empty() && lists.sure_nats.empty();
}

/// In the default form.
std::vector<EvalVariant> readings_of(const EvalArguments& arguments) {
    SweepLists lists = arguments.lists;
    const FusionSettings unasked;
    const auto fill = [&](auto& list, auto in_sweep, auto alone) {
        if (list.empty()) list = arguments.sweep ? in_sweep : decltype(in_sweep){alone};
    };
    fill(lists.selectors, sweep_selectors(), unasked.selector);
    fill(lists.corrections, sweep_corrections(), unasked.correction);
    fill(lists.ratios, sweep_ratios(), unasked.ratio);
    fill(lists.sure_nats, sweep_sure_nats(), unasked.sure_nats);
    if (arguments.sweep) return sweep_variants(lists);
    if (arguments.mode == "stored")
        return {{.fusion = {.selector = "none", .ratio = 0}, .chunks = ChunkSource::kFullRead}};
    std::vector<EvalVariant> variants = sweep_variants(lists);
    const bool has_reuse =
        std::find(lists.selectors.begin(), lists.selectors.end(), "none") != lists.selectors.end();
    if (!has_reuse) variants.erase(variants.begin());
    return variants;
}

/// Every reading of chunks from every source, in every form of the stored KV.
Result<std::vector<EvalVariant>> variants_of(const EvalArguments& arguments) {
    std::vector<EvalVariant> variants;
    if (arguments.mode == "full") {
        variants.push_back({.mode = AnswerMode::kFull, .fusion = {}});
        return variants;
    }
    for (const std::string& name : arguments.kv_formats) {
        LECTERN_ASSIGN(const KvFormat format, parse_kv_format(name));
        for (const std::string& chunks : arguments.chunks)
            for (EvalVariant& variant : readings_of(arguments)) {
                variant.kv_format = format;
                if (chunks == "in-document") variant.chunks = ChunkSource::kInDocument;
                variants.push_back(std::move(variant));
            }
    }
    return variants;
}

/// Writes the report if one is asked for; prints the figures and where it lies.
int show(const EvalReport& done, const EvalReportInput& input, const EvalArguments& arguments,
         bool as_json) {
    std::vector<std::filesystem::path> files;
    if (!arguments.report.empty()) {
        const auto written = write_report(arguments.report, done, input);
        if (!written) return report(written.error());
        files = *written;
    }
    if (as_json) {
        nlohmann::json json = eval_json(done, arguments.sweep);
        if (!files.empty()) json["files"] = files;
        print_json(json);
        return 0;
    }
    print_eval(done, input.options.eval.baseline);
    for (const auto& file : files) std::printf("%s\n", file.c_str());
    return 0;
}

int run_eval_command(const CommandLine& command, const EvalArguments& arguments,
                     std::stop_token stop) {
    const CommonOptions& common = command.common;
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    if (!arguments.report.empty())
        if (const auto ready = prepare_report_folder(arguments.report); !ready)
            return report(ready.error());
    EvalReportInput input{model->stem().string(), shell_command(command.arguments),
                          arguments.options};
    EvalModelOptions& options = input.options;
    options.session = common.assistant_options().session;
    auto variants = variants_of(arguments);
    if (!variants) return report(variants.error());
    options.eval.variants = std::move(*variants);
    if (is_chosen(arguments)) options.fidelity = parse_fidelity(arguments.fidelity).value();
    ProgressLine line;
    const auto on_progress = [&](const EvalProgress& p) {
        line.show_count(p.cases_done, p.cases_total, "cases");
    };
    const auto done = evaluate_model(*model, options, on_progress, stop);
    line.clear();
    if (!done) return report(done.error());
    return show(*done, input, arguments, common.json);
}

int run_retrieval_command(const CommonOptions& common, const EvalArguments& arguments,
                          std::stop_token stop) {
    ProgressLine line;
    RetrievalEvalOptions options;
    options.on_progress = [&](int done, int total) {
        line.show_count(done, total, "passages indexed");
    };
    const auto done = evaluate_retrieval(common.embedder, common.threads, arguments.options.dataset,
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

/// What is measured, and how.
void add_reading_options(CLI::App& command, EvalArguments& arguments) {
    EvalOptions& eval = arguments.options.eval;
    CLI::Option* mode = command
                            .add_option("--mode", arguments.mode,
                                        "stored: the full read's own caches in their stored form")
                            ->check(CLI::IsMember({"fused", "full", "stored"}))
                            ->capture_default_str();
    add_fidelity_option(command, arguments.fidelity);
    SweepLists& lists = arguments.lists;
    command.add_option("--selector", lists.selectors, "By commas, of " + listed(selector_names()))
        ->delimiter(',');
    command
        .add_option("--correction", lists.corrections,
                    "By commas, of " + listed(correction_names()))
        ->delimiter(',');
    command.add_option("--ratio", lists.ratios, "One or several, by commas")->delimiter(',');
    command.add_option("--sure-nats", lists.sure_nats, "As for ask; one or several, by commas")
        ->delimiter(',');
    command
        .add_flag("--sweep", arguments.sweep,
                  "Plain reuse and every selector at every ratio; several of both unless given")
        ->excludes(mode);
    command.add_option("--baseline", eval.baseline,
                       "Compares KL with a selector, at equal charged cost, or with one variant, "
                       "such as \"question 15 %\"");
    command.add_option("--report", arguments.report, "Writes tables and a plot into this folder")
        ->type_name("DIR");
    command
        .add_option("--kv-precision", arguments.kv_formats, "As for ask; one or several, by commas")
        ->delimiter(',')
        ->check(check_kv_format)
        ->capture_default_str();
    command
        .add_option("--chunks", arguments.chunks,
                    "What passages' caches are computed behind: alone (the prefix), in-document "
                    "(what stands before them in their document, too), or both, by commas")
        ->delimiter(',')
        ->check(CLI::IsMember({"alone", "in-document"}))
        ->excludes(mode)
        ->capture_default_str();
    command.add_option("--max-tokens", eval.max_answer_tokens)
        ->check(CLI::Range(1, 512))
        ->capture_default_str();
    command.add_option("--seed", eval.seed)->capture_default_str();
    command.add_option("--resume", eval.resume_file, "Keeps results here, and goes on from them");
    command
        .add_option("--keep", eval.keep_folder,
                    "Keeps full readings and passages' caches here for other runs on these cases")
        ->type_name("DIR");
}

/// The cases. Returns the options of which one is needed.
std::vector<CLI::Option*> add_data_options(CLI::App& command, EvalArguments& arguments) {
    EvalModelOptions& options = arguments.options;
    CLI::Option* dataset =
        command.add_option("--dataset", options.dataset, "Cases: questions, answers, passages");
    CLI::Option* documents =
        command
            .add_option("--documents", options.documents,
                        "A folder of documents instead: runs of their chunks, measured by KL alone")
            ->type_name("DIR")
            ->excludes(dataset);
    command.add_option("--limit", options.eval.limit, "Cases to measure (0: all)")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--skip", options.eval.skip, "Cases to leave out at the beginning")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--passages", options.shape.n_passages,
                    "Passages of a case, those that the answer rests on first (0: all)")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--chunk-tokens", options.shape.chunk_tokens,
                    "Cuts passages at sentence ends into chunks of about so many tokens (0: not)")
        ->check(CLI::NonNegativeNumber)
        ->excludes(documents);
    command
        .add_flag("--history", options.shape.has_history,
                  "The case before, answered from its reference, as an earlier turn")
        ->excludes(documents);
    return {dataset, documents};
}

}  // namespace

void add_eval_commands(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<EvalArguments>();
    CLI::App* command =
        app.add_subcommand("eval", "Fused against full reading on a question-answering data set");
    command->require_subcommand(0, 1);
    std::vector<CLI::Option*> data = add_data_options(*command, *arguments);
    add_reading_options(*command, *arguments);
    CLI::App* retrieval =
        command->add_subcommand("retrieval", "The retriever against the supporting passages");
    data.push_back(retrieval->add_option("--dataset", arguments->options.dataset, "Questions"));
    retrieval->add_option("--corpus", arguments->corpus, "Passages to retrieve from")->required();
    const CLI::App* turns = add_turns_command(*command, line);
    add_citation_commands(*command, line);
    command->callback([=, &line] {
        if (turns->parsed() || line.run) return;  // a subcommand's own
        if (std::none_of(data.begin(), data.end(), [](const auto* o) { return o->count() > 0; }))
            throw CLI::RequiredError("--dataset");
        const bool retrieve = retrieval->parsed();
        line.run = [arguments, retrieve, &line](std::stop_token stop) {
            return retrieve ? run_retrieval_command(line.common, *arguments, stop)
                            : run_eval_command(line, *arguments, stop);
        };
    });
}

}  // namespace lectern
