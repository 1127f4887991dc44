#include "app/core/calibrate.h"

#include <algorithm>
#include <set>

#include "app/core/calibration_cases.h"
#include "app/core/profile_files.h"
#include "tests/core/tiny_eval.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

CalibrationOptions tiny_options() {
    CalibrationOptions options;
    options.model = "tiny";
    options.ratios = {0.1, 0.4, 1.0};
    return options;
}

}  // namespace

TEST_CASE("the built-in cases need several of their passages, and come in both kinds of answer") {
    const auto cases = calibration_cases();
    CHECK(cases.size() == 16);
    int n_short = 0;
    for (const EvalCase& item : cases) {
        INFO(item.question);
        CHECK(item.passages.size() == 8);
        std::set<std::string> titles;
        for (const EvalPassage& passage : item.passages) {
            titles.insert(passage.title);
            CHECK(passage.text.size() > 400);
        }
        CHECK(titles.size() == item.passages.size());
        n_short += item.answers.empty() ? 0 : 1;
    }
    CHECK(n_short == 8);
}

TEST_CASE("a profile has what an evaluation measures at each ratio of its ladder") {
    TinyEval eval;
    const CalibrationOptions options = tiny_options();
    const Profile profile = take(calibrate(eval.engine, tiny_cases(), options, {}, {}));
    CHECK(profile.model == "tiny");
    CHECK(profile.fingerprint == eval.reading.model->fingerprint().hex());
    CHECK(profile.kv_format == kDefaultKvFormat);
    CHECK(profile.n_cases == 3);
    CHECK(profile.sure_nats == options.sure_nats);
    CHECK(profile.learnt->shape == eval.reading.model->config().kv_shape());
    CHECK(std::any_of(profile.learnt->k.begin(), profile.learnt->k.end(),
                      [](float change) { return change != 0; }));
    CHECK(profile.made_by.find("lectern ") == 0);
    REQUIRE(profile.points.size() == 3);

    EvalOptions alone;
    alone.variants = {{.fusion = {.ratio = 0.4, .sure_nats = options.sure_nats}}};
    const EvalRow row = take(eval.run(alone)).rows[0];
    const ProfilePoint& point = profile.points[1];
    CHECK(point.ratio == 0.4);
    CHECK(point.charged == row.charged_ratio);
    CHECK(point.kl_mean == row.kl_case);
    CHECK(point.kl_first == row.kl_first);
    CHECK(point.top1 == row.top1_agreement);
    CHECK(point.kl_upper > point.kl_mean);
    CHECK(profile.points[0].kl_mean > profile.points[1].kl_mean);
    CHECK(profile.points[1].kl_mean > profile.points[2].kl_mean);
    CHECK(profile.points[1].charged < profile.points[2].charged);
    CHECK(parse_profile(to_json_text(profile)));
}

TEST_CASE("a calibration that was stopped goes on where it was") {
    const TempDir folder;
    TinyEval eval;
    CalibrationOptions options = tiny_options();
    const Profile whole = take(calibrate(eval.engine, tiny_cases(), options, {}, {}));

    options.resume_file = resume_path(folder / "tiny.json");
    std::stop_source stop;
    const auto stop_after_one = [&](const EvalProgress&) { stop.request_stop(); };
    const auto stopped =
        calibrate(eval.engine, tiny_cases(), options, stop_after_one, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);

    eval.reading.model->reset_work();
    const Profile resumed = take(calibrate(eval.engine, tiny_cases(), options, {}, {}));
    const auto work = eval.reading.model->work().passage;
    CHECK(to_json_text(resumed) == to_json_text(whole));
    eval.reading.model->reset_work();
    take(calibrate(eval.engine, tiny_cases(), tiny_options(), {}, {}));
    CHECK(work < eval.reading.model->work().passage);
    CHECK(work > 0);
}

TEST_CASE("cases that do not fit the model are not counted; none that fits is an error") {
    TinyEval eval;
    auto cases = tiny_cases();
    cases[1].passages[0].text = std::string(300, 'x');  // the tiny models read 256 tokens
    CHECK(take(calibrate(eval.engine, cases, tiny_options(), {}, {})).n_cases == 2);
    const auto none =
        calibrate(eval.engine, std::span(cases).subspan(1, 1), tiny_options(), {}, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::kTooLong);
}
