// An evaluation's plot as SVG: KL from full reading by charged cost, a line a family of variants.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/core/eval.h"

namespace lectern {

struct PlotPoint {
    std::string label;
    double cost = 0;  ///< charged, 1: that of full reading
    double kl = 0;    ///< mean over cases
    double se = 0;    ///< its standard error
};

struct PlotLine {
    std::string name;
    std::vector<PlotPoint> points;
};

struct EvalPlot {
    std::string title;
    std::vector<PlotLine> lines;
    std::optional<PlotPoint> reuse;  ///< plain reuse: marked, with a line across
};

/// Families (eval_label.h) in the rows' order; full reads are no points, their KL is the floor.
EvalPlot plot_of(std::span<const EvalRow> rows, std::string title);

/// The plot on a background of its own, text as text, no scripts. KL of 0 stands on a floor of its
/// own below the logarithmic axis.
std::string to_svg(const EvalPlot& plot);

}  // namespace lectern
