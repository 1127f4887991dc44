#include "app/core/eval_report.h"

#include <fstream>
#include <sstream>

#include "app/core/eval_format.h"
#include "app/core/eval_label.h"
#include "app/core/eval_plot.h"
#include "app/core/eval_sweep.h"
#include "app/core/eval_table.h"
#include "app/core/plot_axes.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

namespace {

EvalRow row_of(const std::string& selector, double ratio, double cost, double kl) {
    EvalRow row;
    row.variant = {AnswerMode::kFused, {selector, "none", ratio, 0}};
    row.n = 4;
    row.f1 = 0.25;
    row.f1_full = 0.5;
    row.charged_ratio = cost;
    row.kl_case = row.all.kl = kl;
    row.kl_case_se = row.all.kl_se = kl / 4;
    row.all.f1_difference = {-0.25, -0.375, 0.125};
    row.all.kl_to_reuse = Estimate{kl / 0.1, kl / 0.2, kl / 0.05};
    row.all.kl_to_baseline = BaselineRatio{{0.5, 0.25, 0.75}, 0.083, selector != "question"};
    row.answered = row.all;
    row.answered->n = 2;
    row.answered->f1 = 0.5;
    row.ttft_ms_p50 = 12.4;
    row.ttft_full_ms_p50 = 99;
    return row;
}

EvalReport sample() {
    EvalReport report;
    report.rows = {row_of("none", 0, 0, 0.1), row_of("question", 0.05, 0.06, 0.05),
                   row_of("question", 0.15, 0.16, 0.02), row_of("all", 0.15, 1, 0)};
    report.skipped = {{3, "It is too long."}};
    return report;
}

EvalReportInput input_for(const std::string& baseline) {
    EvalReportInput input{"tiny", "lectern eval --sweep --dataset cases.json", {}};
    input.options.dataset = "/somewhere/cases.json";
    input.options.shape.n_passages = 6;
    input.options.eval.baseline = baseline;
    return input;
}

std::string text_of(const std::filesystem::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

int n_of(const std::string& text, const std::string& part) {
    int n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

}  // namespace

TEST_CASE("numbers are short and never a negative nothing") {
    CHECK(fixed(-0.0004, 3) == "0.000");
    CHECK(fixed(12.345, 1) == "12.3");
    CHECK(signed_fixed(0.0126, 3) == "+0.013");
    CHECK(signed_fixed(0.0001, 3) == "0.000");
    CHECK(signed_fixed(-0.5, 1) == "-0.5");
    CHECK(significant(0.05632, 3) == "0.0563");
    CHECK(significant(1.5, 3) == "1.50");
    CHECK(significant(1234, 3) == "1234");
    CHECK(significant(0.0000123, 2) == "1.2e-05");
    CHECK(significant(0, 3) == "0");
    CHECK(percent(0.15) == "15 %");
    CHECK(percent(0.125) == "12.5 %");
    CHECK(ratio_text({0.5, 0.25, 1}) == "0.500 [0.250, 1.00]");
    CHECK(difference_text({-0.25, -0.375, 0.125}) == "-0.250 [-0.375, +0.125]");
}

TEST_CASE("a sweep measures every way that its lists make, and plain reuse once") {
    const auto variants =
        sweep_variants({sweep_selectors(), sweep_corrections(), sweep_ratios(), sweep_sure_nats()});
    REQUIRE(variants.size() == 1 + 6 * 2 * 5);
    CHECK(label_of(variants.front()) == "none");
    CHECK(label_of(variants.back()) == "question-value + pooled-affine 30 %");
    // None, question at two ratios, each fixed and by entropy over two bounds, all.
    CHECK(
        sweep_variants({{"question", "all", "question"}, {"none"}, {0.1, 0.2}, {0, 1, 2}}).size() ==
        8);
}

TEST_CASE("a table has full reading first, and a cell for every figure that there is") {
    const TextTable table = table_of(sample(), "cacheblend");
    REQUIRE(table.rows.size() == 5);
    for (const auto& row : table.rows) CHECK(row.size() == table.header.size());
    CHECK(table.header[4] == "÷ cacheblend [95 %]");
    CHECK(table.rows[0][0] == "full read");
    CHECK(table.rows[0][2] == "0");
    CHECK(table.rows[0][9] == "0.500");
    CHECK(table.rows[0][11] == "0.750");  // of the answered ones: 0.5 + 0.25
    CHECK(table.rows[0].back() == "99");
    CHECK(table.rows[2][0] == "question 5 %");
    CHECK(table.rows[2][2] == "0.0500 ± 0.013");
    CHECK(table.rows[2][3] == "0.500 [0.250, 1.00]");
    CHECK(table.rows[2][4] == "0.500 [0.250, 0.750] † (at 8.3 %)");
    CHECK(table.rows[2][10] == "-0.250 [-0.375, +0.125]");
    CHECK(table.rows[2].back() == "12");
    CHECK(table_of(sample(), "").header.size() == table.header.size() - 1);
    CHECK(answered_table_of(sample(), "").rows.size() == 5);

    EvalReport without = sample();
    for (EvalRow& row : without.rows) {
        row.has_references = false;
        row.answered.reset();
    }
    CHECK(table_of(without, "").rows[1][8] == "-");
    CHECK(answered_table_of(without, "").rows.empty());

    const std::string markdown = to_markdown(table);
    CHECK(n_of(markdown, "\n") == 7);
    CHECK(markdown.rfind("| variant | charged |", 0) == 0);
    std::istringstream lines(to_text(table));
    std::string first, second;
    std::getline(lines, first);
    std::getline(lines, second);
    CHECK(first.rfind("variant", 0) == 0);
    CHECK(second.rfind("full read", 0) == 0);
}

TEST_CASE("axes end at round values around what they show") {
    const std::vector<double> values{0.034, 0.21, 0};
    const PlotAxis kl = PlotAxis::logarithmic(values, 400, 100);
    CHECK(kl.ticks().front().value == Approx(0.02));
    CHECK(kl.ticks().back().value == Approx(0.5));
    CHECK(kl.at(0.02) == Approx(400));
    CHECK(kl.at(0.5) == Approx(100));
    CHECK(kl.at(0.1) == Approx(250));  // halfway between 0.02 and 0.5 by logarithm
    CHECK(kl.at(0) == Approx(400));
    CHECK(kl.at(9) == Approx(100));

    const PlotAxis wide = PlotAxis::logarithmic(std::vector<double>{1e-6, 3}, 0, 1);
    int n_labels = 0;
    for (const Tick& tick : wide.ticks()) n_labels += tick.has_label ? 1 : 0;
    CHECK(n_labels == 7);  // 10⁻⁶ … 1
    CHECK(PlotAxis::logarithmic(std::vector<double>{0.1}, 0, 1).ticks().size() == 2);

    const PlotAxis cost = PlotAxis::linear(std::vector<double>{0, 0.312}, 10, 80);
    CHECK(cost.high() == Approx(0.35));
    CHECK(cost.at(0.35) == Approx(80));
    CHECK(PlotAxis::linear({}, 0, 1).high() > 0);
}

TEST_CASE("a plot has a line a family, marks plain reuse and stays small") {
    const EvalPlot plot = plot_of(sample().rows, "cases <&> \"tiny\"");
    REQUIRE(plot.lines.size() == 2);
    CHECK(plot.lines[0].name == "question");
    CHECK(plot.lines[0].points.size() == 2);
    REQUIRE(plot.reuse);
    CHECK(plot.reuse->kl == 0.1);
    const std::string svg = to_svg(plot);
    CHECK(svg.rfind("<svg ", 0) == 0);
    CHECK(holds(svg, "cases &lt;&amp;&gt; \"tiny\""));
    CHECK(holds(svg, "plain reuse"));
    CHECK(holds(svg, "full reading: KL 0"));
    CHECK(holds(svg, "question 5 %: KL 0.0500"));
    CHECK_FALSE(holds(svg, "script"));
    CHECK(n_of(svg, "<g ") == n_of(svg, "</g>"));
    CHECK_FALSE(holds(svg, "nan"));

    EvalReport large;
    for (int family = 0; family < 12; ++family)
        for (int i = 0; i < 8; ++i)
            large.rows.push_back(row_of("selector " + std::to_string(family), 0.05 * i, 0.05 * i,
                                        0.1 / (1 + i + family)));
    CHECK(to_svg(plot_of(large.rows, "large")).size() < 60'000);
    CHECK_FALSE(holds(to_svg(plot_of({}, "nothing")), "nan"));
}

TEST_CASE("a report is a page and its plot, the same each time") {
    const test::TempDir dir;
    const auto folder = dir / "reports";
    REQUIRE(prepare_report_folder(folder));
    const auto files = write_report(folder, sample(), input_for("cacheblend"));
    REQUIRE(files);
    REQUIRE(files->size() == 2);
    CHECK((*files)[0].filename() == "cases-6-passages-tiny.md");
    const std::string page = text_of((*files)[0]);
    CHECK(holds(page, "# cases-6-passages, tiny\n"));
    CHECK(holds(page, "lectern eval --sweep --dataset cases.json"));
    CHECK(holds(page, "(cases-6-passages-tiny.svg)"));
    CHECK(holds(page, "| cases | 4; left out: 1 |"));
    CHECK(holds(page, "case 3 left out: It is too long."));
    CHECK(holds(page, "The 2 questions that full reading answers"));
    CHECK(holds(page, "†"));
    CHECK(holds(page, "1e-06"));
    CHECK(holds(text_of((*files)[1]), "cases-6-passages, tiny, n = 4"));
    REQUIRE(write_report(folder, sample(), input_for("cacheblend")));
    CHECK(text_of((*files)[0]) == page);
    CHECK_FALSE(holds(report_page(sample(), input_for(""), "x.svg"), "÷ cacheblend"));

    std::ofstream(dir / "file") << "no folder";
    CHECK_FALSE(prepare_report_folder(dir / "file"));
    CHECK_FALSE(write_report(dir / "nowhere", sample(), input_for("")));
}
