#include "app/core/fidelity_choice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "app/core/eval_format.h"
#include "app/core/eval_statistics.h"
#include "engine/base/listed.h"

namespace lectern {
namespace {

/// One line a level.
struct Level {
    Fidelity fidelity;
    std::string_view name;
    FidelityBar bar;
    double unmeasured_ratio;  ///< for models without a profile
};

/// On the built-in text. Of balanced the 1.5B model comes to a KL of 0.07 on MuSiQue, and to an F1
/// 0.02 below the full read's; of fast nothing but the built-in text was measured.
constexpr std::array kLevels{
    Level{Fidelity::kFast, "fast", {.kl = 0.15, .kl_first = 0.4, .top1 = 0.85}, 0.05},
    Level{Fidelity::kBalanced, "balanced", {.kl = 0.08, .kl_first = 0.2, .top1 = 0.88}, 0.15},
    Level{Fidelity::kExact, "exact", {.kl = 0, .kl_first = 0, .top1 = 1}, 1},
};

constexpr double kRatioStep = 0.005;  ///< ratios are rounded up to it

const Level& level_of(Fidelity fidelity) {
    return *std::find_if(kLevels.begin(), kLevels.end(),
                         [&](const Level& level) { return level.fidelity == fidelity; });
}

/// No point better than one of a higher ratio.
std::vector<ProfilePoint> without_luck(std::vector<ProfilePoint> points) {
    for (std::size_t i = points.size() - 1; i-- > 0;) {
        points[i].kl_mean = std::max(points[i].kl_mean, points[i + 1].kl_mean);
        points[i].kl_first = std::max(points[i].kl_first, points[i + 1].kl_first);
        points[i].top1 = std::min(points[i].top1, points[i + 1].top1);
    }
    return points;
}

double log_of(double kl) { return std::log(std::max(kl, kKlFloor)); }

bool meets(const ProfilePoint& point, const FidelityBar& bar) {
    return point.kl_mean <= bar.kl && point.kl_first <= bar.kl_first && point.top1 >= bar.top1;
}

/// How far from one KL to a smaller one `bar` lies, in logarithms; 0 where the first is within it.
double share_to(double bar, double from, double to) {
    if (from <= bar) return 0;
    return (log_of(from) - log_of(bar)) / (log_of(from) - log_of(to));
}

/// How far from `below`, which misses the bar, to `above`, which meets it. In (0, 1].
double share_between(const ProfilePoint& below, const ProfilePoint& above, const FidelityBar& bar) {
    const double by_top1 =
        below.top1 < bar.top1 ? (bar.top1 - below.top1) / (above.top1 - below.top1) : 0;
    return std::max({share_to(bar.kl, below.kl_mean, above.kl_mean),
                     share_to(bar.kl_first, below.kl_first, above.kl_first), by_top1});
}

ProfilePoint between(const ProfilePoint& below, const ProfilePoint& above, double ratio) {
    const double share = (ratio - below.ratio) / (above.ratio - below.ratio);
    ProfilePoint point = above;
    point.ratio = ratio;
    point.charged = std::lerp(below.charged, above.charged, share);
    point.kl_mean = std::exp(std::lerp(log_of(below.kl_mean), log_of(above.kl_mean), share));
    point.kl_first = std::exp(std::lerp(log_of(below.kl_first), log_of(above.kl_first), share));
    point.top1 = std::lerp(below.top1, above.top1, share);
    return point;
}

/// Nothing where no point meets the bar.
std::optional<ProfilePoint> cheapest(const Profile& profile, const FidelityBar& bar) {
    const std::vector<ProfilePoint> points = without_luck(profile.points);
    const auto above = std::find_if(points.begin(), points.end(),
                                    [&](const ProfilePoint& point) { return meets(point, bar); });
    if (above == points.end()) return std::nullopt;
    if (above == points.begin()) return *above;
    const ProfilePoint& below = *(above - 1);
    const double exact = std::lerp(below.ratio, above->ratio, share_between(below, *above, bar));
    const double rounded = std::ceil(exact / kRatioStep - 1e-9) * kRatioStep;
    return between(below, *above, std::min(rounded, above->ratio));
}

std::string text_of(const FidelityBar& bar) {
    return "keeps KL within " + shortest(bar.kl) + " (" + shortest(bar.kl_first) +
           " at the first token) and agrees on " + percent(bar.top1) + " of the tokens";
}

/// "6 % of the passages recomputed, KL 0.03 measured"; where the share grows, what that came to.
std::string text_of(const Profile& profile, const ProfilePoint& point) {
    const std::string share = percent(point.ratio) + " of the passages recomputed, ";
    const std::string kl = "KL " + significant(point.kl_mean, 2) + " measured";
    if (profile.sure_nats == 0) return share + kl;
    const double work = std::round(100 * point.charged) / 100;
    return "at least " + share + percent(work) + " of a full read's work and " + kl;
}

FidelityChoice full_read(const std::string& reason) { return {std::nullopt, reason}; }

}  // namespace

std::string_view name_of(Fidelity level) { return level_of(level).name; }

std::vector<std::string_view> fidelity_names() {
    std::vector<std::string_view> names;
    for (const Level& level : kLevels) names.push_back(level.name);
    return names;
}

Result<Fidelity> parse_fidelity(std::string_view name) {
    for (const Level& level : kLevels)
        if (level.name == name) return level.fidelity;
    return fail(ErrorCode::kInvalidArgument,
                "There is no fidelity named \"" + std::string(name) + "\".",
                "Known ones: " + listed(fidelity_names()) + ".");
}

FidelityBar bar_of(Fidelity level) { return level_of(level).bar; }

FidelityChoice choose(Fidelity fidelity, const Profile* profile) {
    const Level& level = level_of(fidelity);
    const std::string name(level.name);
    if (fidelity == Fidelity::kExact) return full_read(name + ": all passages read in full");
    if (profile == nullptr) {
        FusionSettings fusion;
        fusion.ratio = level.unmeasured_ratio;
        return {fusion, name + ": " + percent(fusion.ratio) +
                            " of the passages recomputed, not measured on this model yet"};
    }
    const std::optional<ProfilePoint> point = cheapest(*profile, level.bar);
    if (!point)
        return full_read(name + ": all passages read in full, as nothing short of it " +
                         text_of(level.bar) + " on this model");
    return {FusionSettings{.selector = profile->selector,
                           .correction = profile->correction,
                           .ratio = point->ratio,
                           .sure_nats = profile->sure_nats,
                           .learnt = profile->learnt},
            name + ": " + text_of(*profile, *point)};
}

}  // namespace lectern
