// Calibration: the default reading over a ladder of ratios on the built-in text → a profile.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/eval.h"
#include "app/core/model_session.h"
#include "app/core/profile.h"
#include "engine/base/result.h"

namespace lectern {

struct CalibrationOptions {
    std::string model;  ///< its name in the profile
    std::vector<double> ratios{0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.35};  ///< ascending
    /// FuseOptions', in nats. On the 1.5B model anything from 0.75 to 2.5 serves as well.
    double sure_nats = 1.5;
    int limit = 0;  ///< cases to measure; 0: all
    KvFormat kv_format = kDefaultKvFormat;
    std::filesystem::path resume_file;  ///< as EvalOptions'
};

/// Measures what the resume file lacks, then learns the shift: a stop loses the reading under way,
/// or what was learnt of the shift. Cases that do not fit the model's context are left out. Errors
/// as run_eval.
Result<Profile> calibrate(EvalEngine& engine, std::span<const EvalCase> cases,
                          const CalibrationOptions& options,
                          const std::function<void(const EvalProgress&)>& on_progress,
                          std::stop_token stop);

/// On the built-in text, behind the product's own prompt, into a file (write_profile). Where no
/// resume file is given there is one beside it until then. The session's cache is not touched.
Result<Profile> calibrate_into(const std::filesystem::path& file, ModelSession& session,
                               CalibrationOptions options,
                               const std::function<void(const EvalProgress&)>& on_progress,
                               std::stop_token stop);

}  // namespace lectern
