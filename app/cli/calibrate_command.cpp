#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/command_line.h"
#include "app/cli/progress_line.h"
#include "app/core/calibrate.h"
#include "app/core/catalogue.h"
#include "app/core/paths.h"
#include "app/core/profile_files.h"

namespace lectern {
namespace {

struct CalibrateArguments {
    std::filesystem::path out;     ///< empty: where answering looks for it
    std::filesystem::path resume;  ///< empty: beside the profile, until that is there
    int limit = 0;
};

void print_profile(const Profile& profile, const std::filesystem::path& file) {
    std::printf("%s, %s + %s, n = %d\n", profile.model.c_str(), profile.selector.c_str(),
                profile.correction.c_str(), profile.n_cases);
    std::printf("  ratio  charged       KL  at most    first  top-1\n");
    for (const ProfilePoint& p : profile.points)
        std::printf("%5.1f %%  %5.1f %%  %7.4f  %7.4f  %7.4f  %.3f\n", 100 * p.ratio,
                    100 * p.charged, p.kl_mean, p.kl_upper, p.kl_first, p.top1);
    std::printf("%s\n", file.c_str());
}

Result<Profile> measure(const std::filesystem::path& out, ModelSession& session,
                        const CalibrationOptions& options, std::stop_token stop) {
    ProgressLine line;
    const auto on_progress = [&](const EvalProgress& p) {
        line.show_count(p.cases_done, p.cases_total, "cases");
    };
    return calibrate_into(out, session, options, on_progress, std::move(stop));
}

int run_calibrate(const CommonOptions& common, const CalibrateArguments& arguments,
                  std::stop_token stop) {
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    const auto session = ModelSession::load(*model, common.assistant_options().session, stop);
    if (!session) return report(session.error());
    const std::string fingerprint = (*session)->fingerprint();
    const std::filesystem::path out =
        arguments.out.empty() ? profile_path(profiles_folder(), fingerprint) : arguments.out;
    CalibrationOptions options;
    options.model = model->stem().string();
    options.limit = arguments.limit;
    options.kv_format = common.kv_format;
    options.resume_file = arguments.resume;
    const auto profile = measure(out, **session, options, stop);
    if (!profile) return report(profile.error());
    if (common.json) {
        auto json = nlohmann::json::parse(to_json_text(*profile));
        json.erase("shift");  // thousands of numbers, in the file
        json["file"] = out.string();
        print_json(json);
    } else {
        print_profile(*profile, out);
    }
    return 0;
}

}  // namespace

void add_calibrate_command(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<CalibrateArguments>();
    CLI::App* command = app.add_subcommand(
        "calibrate", "Measures what a model needs for each fidelity, on built-in text");
    command
        ->add_option("--out", arguments->out,
                     "The profile's file (default: where answering looks for it)")
        ->type_name("FILE");
    command->add_option("--limit", arguments->limit, "Cases to measure (0: all)")
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--resume", arguments->resume,
                     "Keeps measurements here, and goes on from them (default: beside the profile, "
                     "until it is there)")
        ->type_name("FILE");
    add_kv_option(*command, line.common);
    command->callback([&line, arguments] {
        line.run = [&line, arguments](std::stop_token stop) {
            return run_calibrate(line.common, *arguments, stop);
        };
    });
}

}  // namespace lectern
