// An evaluation written down: a Markdown page with its tables and, beside it, the plot.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/core/eval_model.h"
#include "engine/base/result.h"

namespace lectern {

/// What was asked for. The page holds no date: the same evaluation again differs in its times
/// alone.
struct EvalReportInput {
    std::string model;    ///< its name, without a folder
    std::string command;  ///< that makes the report again
    EvalModelOptions options;
};

/// The data set's name with its shape (suffix_of): "musique_dev-6-passages".
std::string data_name(const EvalModelOptions& options);

/// The page; its plot is `plot_file`, beside it.
std::string report_page(const EvalReport& report, const EvalReportInput& input,
                        const std::string& plot_file);

/// Makes the folder where it is missing. kIo, kDiskFull: before hours are spent on measuring.
Status prepare_report_folder(const std::filesystem::path& folder);

/// Writes <data set>-<model>.md and .svg, over older ones. Returns their paths. kIo, kDiskFull.
Result<std::vector<std::filesystem::path>> write_report(const std::filesystem::path& folder,
                                                        const EvalReport& report,
                                                        const EvalReportInput& input);

}  // namespace lectern
