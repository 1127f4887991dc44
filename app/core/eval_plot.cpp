#include "app/core/eval_plot.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "app/core/eval_format.h"
#include "app/core/eval_label.h"
#include "app/core/plot_axes.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

// Pixels. From the top: title, axis of KL, floor of KL 0, labels of cost. To the right: legend.
constexpr double kLeft = 90, kRight = 660, kTop = 56, kBottom = 424, kFloor = 456;
constexpr double kInset = 14;  ///< between the frame and what the axes reach
constexpr double kLegend = kRight + 24, kLegendRow = 24;
constexpr double kLetter = 7.3;  ///< an average letter of the legend, generously
constexpr double kHeight = 520;

constexpr std::string_view kInk = "#24292f", kQuiet = "#6a737d", kGrid = "#e4e7ea";
/// Okabe and Ito's colours, told apart by colour-blind people too; darkened for a light ground.
constexpr std::array<std::string_view, 7> kColours = {"#0072b2", "#d55e00", "#008060", "#b0508a",
                                                      "#b8860b", "#3a8fc4", "#5b5b5b"};
constexpr int kShapes = 4;

std::string px(double value) { return fixed(value, 1); }

/// Writes the elements that a plot needs, one after another.
class SvgWriter {
  public:
    SvgWriter(double width, double height, const std::string& title) {
        out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + fixed(width, 0) + " " +
               fixed(height, 0) + "\" width=\"" + fixed(width, 0) + "\" height=\"" +
               fixed(height, 0) + "\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n";
        out_ += "<title>" + escaped(title) + "</title>\n";
        out_ += "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#fdfdfc\"/>\n";
    }

    void line(double x1, double y1, double x2, double y2, std::string_view more = {}) {
        out_ += "<line x1=\"" + px(x1) + "\" y1=\"" + px(y1) + "\" x2=\"" + px(x2) + "\" y2=\"" +
                px(y2) + "\"" + attributes(more) + "/>\n";
    }
    void text(double x, double y, std::string_view words, std::string_view more = {}) {
        out_ += "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\"" + attributes(more) + ">" +
                escaped(words) + "</text>\n";
    }
    void path(const std::string& d, std::string_view more = {}, std::string_view tip = {}) {
        out_ += "<path d=\"" + d + "\"" + attributes(more);
        out_ += tip.empty() ? "/>\n" : "><title>" + escaped(tip) + "</title></path>\n";
    }
    /// Attributes that hold until end_group().
    void begin_group(std::string_view more) { out_ += "<g" + attributes(more) + ">\n"; }
    void end_group() { out_ += "</g>\n"; }

    std::string finish() && { return std::move(out_) + "</svg>\n"; }

  private:
    static std::string attributes(std::string_view more) {
        return more.empty() ? std::string() : " " + std::string(more);
    }
    static std::string escaped(std::string_view text) {
        std::string out;
        for (const char c : valid_utf8(text)) {
            if (c == '&')
                out += "&amp;";
            else if (c == '<')
                out += "&lt;";
            else if (c == '>')
                out += "&gt;";
            else if (static_cast<unsigned char>(c) >= ' ')  // XML knows no control characters
                out += c;
        }
        return out;
    }

    std::string out_;
};

std::string move_to(double x, double y) { return "M" + px(x) + " " + px(y); }

/// A closed outline about (x, y): circle, square, triangle, diamond.
std::string marker(int shape, double x, double y) {
    if (shape == 0) return move_to(x - 5, y) + "a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z";
    if (shape == 1) return move_to(x - 4.5, y - 4.5) + "h9v9h-9z";
    if (shape == 2) return move_to(x, y - 5.5) + "l5.5 10h-11z";
    return move_to(x, y - 6) + "l6 6l-6 6l-6 -6z";
}

std::string colours(std::size_t i) {
    const std::string colour(kColours[i % kColours.size()]);
    return "stroke=\"" + colour + "\" fill=\"" + colour + "\"";
}

struct Axes {
    PlotAxis x;
    PlotAxis y;
    double height_of(double kl) const { return kl > 0 ? y.at(kl) : kFloor; }
};

Axes axes_of(const EvalPlot& plot) {
    std::vector<double> costs, kls;
    const auto add = [&](const PlotPoint& point) {
        costs.push_back(point.cost);
        kls.push_back(point.kl);
        kls.push_back(point.kl > 0 ? point.kl + point.se : 0);
        kls.push_back(std::max(point.kl - point.se, point.kl / 2));  // long bars may be cut off
    };
    for (const PlotLine& line : plot.lines)
        for (const PlotPoint& point : line.points) add(point);
    if (plot.reuse) add(*plot.reuse);
    return {PlotAxis::linear(costs, kLeft + kInset, kRight - kInset),
            PlotAxis::logarithmic(kls, kBottom, kTop + kInset)};
}

void draw_axes(SvgWriter& svg, const Axes& axes) {
    svg.begin_group("stroke=\"" + std::string(kGrid) + "\"");
    for (const Tick& tick : axes.y.ticks())
        svg.line(kLeft, axes.y.at(tick.value), kRight, axes.y.at(tick.value));
    for (const Tick& tick : axes.x.ticks())
        svg.line(axes.x.at(tick.value), kTop, axes.x.at(tick.value), kFloor);
    svg.end_group();
    svg.begin_group("fill=\"" + std::string(kQuiet) + "\"");
    for (const Tick& tick : axes.y.ticks())
        if (tick.has_label)
            svg.text(kLeft - 8, axes.y.at(tick.value) + 4, significant(tick.value, 1),
                     "text-anchor=\"end\"");
    svg.text(kLeft - 8, kFloor + 4, "0", "text-anchor=\"end\"");
    for (const Tick& tick : axes.x.ticks())
        svg.text(axes.x.at(tick.value), kFloor + 20, percent(tick.value), "text-anchor=\"middle\"");
    svg.end_group();
    const std::string ink = "fill=\"" + std::string(kInk) + "\" text-anchor=\"middle\"";
    svg.text((kLeft + kRight) / 2, kFloor + 44, "charged cost (share of a full read)", ink);
    svg.text(0, 0, "mean KL from full reading ± se, nats",
             ink + " transform=\"translate(20 " + px((kTop + kBottom) / 2) + ") rotate(-90)\"");
    svg.begin_group("stroke=\"" + std::string(kInk) + "\"");
    svg.line(kLeft, kTop, kLeft, kBottom);
    svg.line(kLeft, kFloor, kRight, kFloor, "stroke-width=\"2\"");  // full reading
    svg.end_group();
}

void draw_error(SvgWriter& svg, const Axes& axes, const PlotPoint& point) {
    if (point.kl <= 0 || point.se <= 0) return;
    const double x = axes.x.at(point.cost);
    const double top = axes.y.at(point.kl + point.se), bottom = axes.y.at(point.kl - point.se);
    std::string d = move_to(x - 4, top) + "h8" + move_to(x, top) + "V" + px(bottom);
    if (bottom < kBottom) d += move_to(x - 4, bottom) + "h8";
    svg.path(d, "fill=\"none\" stroke-opacity=\"0.6\"");
}

std::string tip_of(const PlotPoint& point) {
    return point.label + ": KL " + significant(point.kl, 3) + " ± " + significant(point.se, 2) +
           " at " + fixed(100 * point.cost, 1) + " %";
}

void draw_points(SvgWriter& svg, const Axes& axes, const std::vector<PlotPoint>& points,
                 int shape) {
    std::string d;
    for (const PlotPoint& point : points) {
        d += (d.empty() ? "M" : "L") + px(axes.x.at(point.cost)) + " " +
             px(axes.height_of(point.kl));
        draw_error(svg, axes, point);
    }
    if (points.size() > 1) svg.path(d, "fill=\"none\" stroke-width=\"2\"");
    for (const PlotPoint& point : points)
        svg.path(marker(shape, axes.x.at(point.cost), axes.height_of(point.kl)),
                 "stroke=\"#fdfdfc\"", tip_of(point));
}

void draw_legend(SvgWriter& svg, const EvalPlot& plot) {
    double y = kTop + 12;
    const auto entry = [&](const std::string& name, std::string_view attributes,
                           std::string_view line, int shape) {
        svg.begin_group(attributes);
        svg.line(kLegend, y, kLegend + 28, y, line);
        if (shape >= 0) svg.path(marker(shape, kLegend + 14, y), "stroke=\"#fdfdfc\"");
        svg.end_group();
        svg.text(kLegend + 38, y + 4, name, "fill=\"" + std::string(kInk) + "\"");
        y += kLegendRow;
    };
    for (std::size_t i = 0; i < plot.lines.size(); ++i)
        entry(plot.lines[i].name, colours(i), "stroke-width=\"2\"", static_cast<int>(i) % kShapes);
    const std::string ink =
        "stroke=\"" + std::string(kInk) + "\" fill=\"" + std::string(kInk) + "\"";
    if (plot.reuse) entry("plain reuse", ink, "stroke-dasharray=\"5 4\"", 3);
    entry("full reading: KL 0", ink, "stroke-width=\"2\"", -1);
}

double width_of(const EvalPlot& plot) {
    std::size_t longest = std::string_view("full reading: KL 0").size();
    for (const PlotLine& line : plot.lines)
        longest = std::max(longest, count_code_points(valid_utf8(line.name)));
    return kLegend + 38 + kLetter * static_cast<double>(longest) + 20;
}

}  // namespace

EvalPlot plot_of(std::span<const EvalRow> rows, std::string title) {
    EvalPlot plot{std::move(title), {}, {}};
    for (const EvalRow& row : rows) {
        if (row.variant.mode == AnswerMode::kFull) continue;
        PlotPoint point{label_of(row.variant), row.charged_ratio, row.kl_case, row.kl_case_se};
        if (is_plain_reuse(row.variant)) {
            plot.reuse = std::move(point);
            continue;
        }
        const std::string family = family_of(row.variant);
        auto line = std::find_if(plot.lines.begin(), plot.lines.end(),
                                 [&](const PlotLine& l) { return l.name == family; });
        if (line == plot.lines.end()) line = plot.lines.insert(line, {family, {}});
        line->points.push_back(std::move(point));
    }
    for (PlotLine& line : plot.lines)
        std::stable_sort(line.points.begin(), line.points.end(),
                         [](const auto& a, const auto& b) { return a.cost < b.cost; });
    return plot;
}

std::string to_svg(const EvalPlot& plot) {
    const Axes axes = axes_of(plot);
    const double legend_end = kTop + 24 + kLegendRow * static_cast<double>(plot.lines.size() + 2);
    SvgWriter svg(width_of(plot), std::max(kHeight, legend_end), plot.title);
    svg.text(kLeft, 32, plot.title,
             "font-size=\"15\" font-weight=\"bold\" fill=\"" + std::string(kInk) + "\"");
    draw_axes(svg, axes);
    if (plot.reuse) {
        const std::string ink(kInk);
        svg.begin_group("stroke=\"" + ink + "\" fill=\"" + ink + "\"");
        const double y = axes.height_of(plot.reuse->kl);
        svg.line(kLeft, y, kRight, y, "stroke-dasharray=\"5 4\"");
        draw_points(svg, axes, {*plot.reuse}, 3);
        svg.end_group();
    }
    for (std::size_t i = 0; i < plot.lines.size(); ++i) {
        svg.begin_group(colours(i));
        draw_points(svg, axes, plot.lines[i].points, static_cast<int>(i) % kShapes);
        svg.end_group();
    }
    draw_legend(svg, plot);
    return std::move(svg).finish();
}

}  // namespace lectern
