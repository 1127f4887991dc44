#include "app/core/eval_report.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "app/core/eval_documents.h"
#include "app/core/eval_format.h"
#include "app/core/eval_plot.h"
#include "app/core/eval_summary.h"
#include "app/core/eval_table.h"
#include "retrieval/document/file_bytes.h"

namespace lectern {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> io_failure(const fs::path& path, int number) {
    return fail(number == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                shown_name(path) + " cannot be written: " + std::strerror(number) + ".");
}

Status write_file(const fs::path& path, const std::string& text) {
    errno = 0;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text << std::flush;
    if (!out) return io_failure(path, errno);
    return {};
}

std::string title_of(const EvalReportInput& input, int n) {
    return data_name(input.options) + ", " + input.model + ", n = " + std::to_string(n);
}

/// How the prompts were made of the data.
std::string shape_text(const EvalModelOptions& options) {
    const EvalShape& shape = options.shape;
    if (!options.documents.empty())
        return "runs of " + std::to_string(shape.n_passages > 0 ? shape.n_passages : kRunOfChunks) +
               " consecutive chunks of one document, no questions";
    std::string text = "passages of the file, in its order";
    if (shape.chunk_tokens > 0)
        text += "; cut at sentence ends into chunks of at most about " +
                std::to_string(shape.chunk_tokens) + " tokens";
    if (shape.n_passages > 0)
        text += "; " + std::to_string(shape.n_passages) +
                " a case, first those with a supporting title or, where none is known, with a "
                "reference answer";
    if (shape.has_history) text += "; behind an earlier turn, the case before it";
    return text;
}

std::string kv_text(const EvalReport& report) {
    std::string text;
    for (const KvCost& cost : kv_costs(report))
        text += (text.empty() ? "" : "; ") + name_of(cost.format) + ", " +
                fixed(cost.bytes_per_token / 1024, 2) + " KiB a token";
    return text.empty() ? "none" : text;
}

void append_options(std::string& out, const EvalReport& report, const EvalReportInput& input) {
    const EvalOptions& eval = input.options.eval;
    const auto row = [&](const std::string& name, const std::string& value) {
        out += "| " + name + " | " + value + " |\n";
    };
    out += "| | |\n|---|---|\n";
    row("model", input.model);
    row("data", data_name(input.options));
    row("prompts", shape_text(input.options));
    const int n = report.rows.empty() ? 0 : report.rows[0].n;
    std::string cases = std::to_string(n);
    if (eval.skip > 0) cases += ", behind the first " + std::to_string(eval.skip);
    if (!report.skipped.empty()) cases += "; left out: " + std::to_string(report.skipped.size());
    row("cases", cases);
    row("answers", "at most " + std::to_string(eval.max_answer_tokens) +
                       " tokens, greedily; KL at the first " +
                       std::to_string(eval.max_kl_positions) + " positions of full's");
    row("stored KV", kv_text(report));
    row("context", std::to_string(input.options.session.context) + " tokens");
    row("seed", std::to_string(eval.seed));
    if (!eval.baseline.empty()) row("baseline", eval.baseline);
}

void append_left_out(std::string& out, const EvalReport& report) {
    if (report.skipped.empty() && report.documents.empty()) return;
    out += "\n## The data\n\n";
    for (const EvalDocument& document : report.documents)
        out += "- " + document.name + ": " +
               (document.n_cases > 0 ? std::to_string(document.n_cases) + " cases"
                                     : "no case. " + document.reason) +
               "\n";
    for (const SkippedCase& skipped : report.skipped)
        out += "- case " + std::to_string(skipped.number) + " left out: " + skipped.reason + "\n";
}

void append_legend(std::string& out, const EvalReport& report, const std::string& baseline) {
    const BootstrapOptions bootstrap;
    out +=
        "\n## How to read it\n\n"
        "- *charged*: weight products done for passage rows and for extra passes of the "
        "question, by those of a full read.\n"
        "- *KL ± se*: KL(full ‖ variant) in nats, the mean over cases of each case's mean over "
        "positions, and its standard error. *p95* over all positions; *first* at the first "
        "token. *top-1*: share of positions whose likeliest token is full's; *same*: share of "
        "answers with full's very tokens.\n"
        "- *÷*: geometric mean over cases of the ratio of the cases' KL, each at least " +
        significant(kKlFloor, 1) +
        ", so that a case read exactly as in full does not outweigh the others; two-sided 95 % "
        "interval.\n"
        "- *- full [5 %]*: mean difference from full's over cases; either bound is one-sided "
        "5 %, and the lower one is what may be claimed.\n"
        "- Intervals: paired percentile bootstrap over cases, " +
        std::to_string(bootstrap.n_resamples) +
        " resamples, fixed seed.\n"
        "- *answered*: questions that full reading answers, with an F1 of at least " +
        fixed(kAnsweredF1, 1) +
        ".\n"
        "- *first token ms*: the median from the prompt to the first token, the chunks' KV "
        "there.\n";
    bool has_mark = false;
    for (const EvalRow& row : report.rows)
        has_mark = has_mark || (row.all.kl_to_baseline && !row.all.kl_to_baseline->in_range);
    if (!baseline.empty())
        out += "- *÷ " + baseline +
               "*: a family of several ratios is taken at the variant's own "
               "charged cost: each case's log KL linear between the measured costs around it.\n";
    if (has_mark)
        out +=
            "- † The baseline was not measured at this cost; it is taken at the nearest "
            "measured one, in brackets.\n";
}

}  // namespace

std::string data_name(const EvalModelOptions& options) {
    if (options.documents.empty())
        return options.dataset.stem().string() + suffix_of(options.shape);
    fs::path folder = fs::absolute(options.documents).lexically_normal();
    if (folder.filename().empty()) folder = folder.parent_path();
    return folder.filename().string() + suffix_of(options.shape);
}

std::string report_page(const EvalReport& report, const EvalReportInput& input,
                        const std::string& plot_file) {
    const std::string& baseline = input.options.eval.baseline;
    std::string out = "# " + data_name(input.options) + ", " + input.model + "\n\n```\n" +
                      input.command + "\n```\n\n";
    append_options(out, report, input);
    out += "\n![KL from full reading by charged cost](" + plot_file + ")\n\n";
    out += to_markdown(table_of(report, baseline));
    const TextTable answered = answered_table_of(report, baseline);
    if (!answered.rows.empty()) {
        out += "\n## The " + std::to_string(report.rows[0].answered->n) +
               " questions that full reading answers\n\n";
        out += to_markdown(answered);
    }
    append_left_out(out, report);
    append_legend(out, report, baseline);
    return out;
}

Status prepare_report_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return io_failure(folder, error.value());
    return {};
}

Result<std::vector<fs::path>> write_report(const fs::path& folder, const EvalReport& report,
                                           const EvalReportInput& input) {
    const std::string name = data_name(input.options) + "-" + input.model;
    const std::string plot_file = name + ".svg";
    const int n = report.rows.empty() ? 0 : report.rows[0].n;
    LECTERN_TRY(write_file(folder / (name + ".md"), report_page(report, input, plot_file)));
    LECTERN_TRY(write_file(folder / plot_file, to_svg(plot_of(report.rows, title_of(input, n)))));
    return std::vector<fs::path>{folder / (name + ".md"), folder / plot_file};
}

}  // namespace lectern
