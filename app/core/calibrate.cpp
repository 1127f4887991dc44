#include "app/core/calibrate.h"

#include "app/core/calibration_cases.h"
#include "app/core/eval_model.h"
#include "app/core/profile_files.h"

namespace lectern {
namespace {

ProfilePoint point_of(const EvalRow& row) {
    return {.ratio = row.variant.fusion.ratio,
            .charged = row.charged_ratio,
            .kl_mean = row.all.kl,
            .kl_upper = row.all.kl_upper,
            .kl_first = row.kl_first,
            .top1 = row.top1_agreement};
}

}  // namespace

Result<Profile> calibrate(EvalEngine& engine, std::span<const EvalCase> cases,
                          const CalibrationOptions& options,
                          const std::function<void(const EvalProgress&)>& on_progress,
                          std::stop_token stop) {
    FusionSettings fusion;
    EvalOptions eval;
    eval.variants.clear();
    for (const double ratio : options.ratios) {
        fusion.ratio = ratio;
        eval.variants.push_back({.fusion = fusion, .kv_format = options.kv_format});
    }
    eval.limit = options.limit;
    eval.resume_file = options.resume_file;
    LECTERN_ASSIGN(const EvalReport report, run_eval(eval, cases, engine, on_progress, stop));

    Profile profile{.model = options.model,
                    .fingerprint = engine.model.fingerprint().hex(),
                    .kv_format = options.kv_format,
                    .selector = fusion.selector,
                    .correction = fusion.correction,
                    .n_cases = report.rows.front().n,
                    .made_by = std::string("lectern ") + LECTERN_VERSION,
                    .points = {}};
    for (const EvalRow& row : report.rows) profile.points.push_back(point_of(row));
    return profile;
}

Result<Profile> calibrate_into(const std::filesystem::path& file, ModelSession& session,
                               CalibrationOptions options,
                               const std::function<void(const EvalProgress&)>& on_progress,
                               std::stop_token stop) {
    LECTERN_TRY(prepare_profile_folder(file));
    const bool keeps_resume_file = !options.resume_file.empty();
    if (!keeps_resume_file) options.resume_file = resume_path(file);
    EvalEngine engine = eval_engine(session, EvalOptions{}.max_answer_tokens);
    LECTERN_ASSIGN(Profile profile,
                   calibrate(engine, calibration_cases(), options, on_progress, std::move(stop)));
    LECTERN_TRY(write_profile(file, profile));
    std::error_code ignored;  // measurements that stay behind do no harm
    if (!keeps_resume_file) std::filesystem::remove(options.resume_file, ignored);
    return profile;
}

}  // namespace lectern
