#include "app/core/calibrate.h"

#include <algorithm>
#include <utility>

#include "app/core/calibration_cases.h"
#include "app/core/eval_model.h"
#include "app/core/profile_files.h"
#include "engine/fusion/fuser.h"

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

constexpr int kShiftCases = 4;  ///< more of them change the means little
constexpr int kShiftActivationRows = 512;

/// A cache with the prompt's prefix in it, and room for all of it.
Result<KvCache> begin_prompt(Transformer& model, Activations& activations,
                             const PromptSegments& prompt, const std::stop_token& stop) {
    std::size_t n_rows = 0;
    for (const PromptSegment& segment : prompt) n_rows += segment.ids.size();
    const ModelConfig& config = model.config();
    const int capacity = std::min(static_cast<int>(n_rows), config.context_length);
    LECTERN_ASSIGN(KvCache cache, KvCache::create(model.backend(), config.kv_shape(), capacity));
    LECTERN_TRY(read_prefix(model, activations, cache, prompt.front().ids, stop));
    return cache;
}

/// From the first cases that fit the model. on_case: so many are done.
Result<LearntShift> learn_shift(EvalEngine& engine, std::span<const EvalCase> cases,
                                const std::function<void(int)>& on_case,
                                const std::stop_token& stop) {
    Transformer& model = engine.model;
    LECTERN_ASSIGN(Activations activations,
                   Activations::create(model.backend(), model.config(), kShiftActivationRows));
    ShiftLearner learner(model.config().kv_shape());
    int n_learnt = 0;
    const auto learn_from = [&](const EvalCase& item) -> Status {
        LECTERN_ASSIGN(const PromptSegments prompt, engine.build_prompt(item));
        LECTERN_ASSIGN(KvCache cache, begin_prompt(model, activations, prompt, stop));
        const PromptSegments behind(prompt.begin() + 1, prompt.end());
        LECTERN_TRY(learner.add(model, activations, cache, behind, stop));
        ++n_learnt;
        return {};
    };
    for (const EvalCase& item : cases) {
        if (n_learnt == kShiftCases) break;
        const Status learnt = learn_from(item);
        if (!learnt && learnt.error().code != ErrorCode::kTooLong)
            return tl::unexpected<Error>(learnt.error());
        on_case(n_learnt);
    }
    return learner.shift();
}

}  // namespace

Result<Profile> calibrate(EvalEngine& engine, std::span<const EvalCase> cases,
                          const CalibrationOptions& options,
                          const std::function<void(const EvalProgress&)>& on_progress,
                          std::stop_token stop) {
    FusionSettings fusion;
    fusion.sure_nats = options.sure_nats;
    EvalOptions eval;
    eval.variants.clear();
    for (const double ratio : options.ratios) {
        fusion.ratio = ratio;
        eval.variants.push_back({.fusion = fusion, .kv_format = options.kv_format});
    }
    eval.limit = options.limit;
    eval.resume_file = options.resume_file;
    const std::size_t limit = options.limit > 0 ? options.limit : cases.size();
    const auto shift_cases = cases.first(std::min(limit, cases.size()));
    const int n_shift_cases = std::min(kShiftCases, static_cast<int>(shift_cases.size()));
    EvalProgress progress;  // the shift's cases count as others do
    const auto show = [&](int done) {
        if (on_progress) on_progress({done, progress.cases_total + n_shift_cases});
    };
    const auto on_measured = [&](const EvalProgress& measured) {
        progress = measured;
        show(measured.cases_done);
    };
    LECTERN_ASSIGN(const EvalReport report, run_eval(eval, cases, engine, on_measured, stop));

    const auto on_learnt = [&](int done) { show(progress.cases_done + done); };
    LECTERN_ASSIGN(LearntShift learnt, learn_shift(engine, shift_cases, on_learnt, stop));
    Profile profile{.model = options.model,
                    .fingerprint = engine.model.fingerprint().hex(),
                    .kv_format = options.kv_format,
                    .selector = fusion.selector,
                    .correction = fusion.correction,
                    .sure_nats = fusion.sure_nats,
                    .learnt = std::make_shared<const LearntShift>(std::move(learnt)),
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
