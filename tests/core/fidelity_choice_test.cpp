#include "app/core/fidelity_choice.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

struct Measured {
    double ratio, kl, top1;
};

Profile profile_of(const std::vector<Measured>& points) {
    Profile profile;
    profile.selector = "cacheblend";
    profile.correction = "online-shift";
    for (const auto& [ratio, kl, top1] : points)
        profile.points.push_back({.ratio = ratio, .kl_mean = kl, .top1 = top1});
    return profile;
}

/// The ratio that is chosen; 1 for a full read.
double ratio_for(Fidelity level, const std::vector<Measured>& points) {
    const Profile profile = profile_of(points);
    const FidelityChoice choice = choose(level, &profile);
    return choice.fusion ? choice.fusion->ratio : 1;
}

const FidelityBar kBar = bar_of(Fidelity::kBalanced);
const double kGood = 0.5 * kBar.kl, kBad = 2 * kBar.kl;  ///< KL

}  // namespace

TEST_CASE("levels ask for more from fast to exact, and are known by their names") {
    const FidelityBar fast = bar_of(Fidelity::kFast), exact = bar_of(Fidelity::kExact);
    CHECK(fast.kl > kBar.kl);
    CHECK(fast.kl_first > kBar.kl_first);
    CHECK(fast.top1 < kBar.top1);
    CHECK(exact.kl == 0);
    CHECK(exact.top1 == 1);
    for (const std::string_view name : fidelity_names())
        CHECK(name_of(parse_fidelity(name).value()) == name);
    const auto unknown = parse_fidelity("perfect");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().hint.find("fast, balanced, exact") != std::string::npos);
}

TEST_CASE("between two points the ratio is where the logarithm of KL crosses the bar") {
    // Halfway from twice the bar to half of it, in logarithms.
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kBad, 1}, {0.2, kGood, 1}}) == Approx(0.15));
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, 4 * kBar.kl, 1}, {0.2, kGood, 1}}) ==
          Approx(0.17));  // two thirds of the way, rounded up
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kBad, 1}, {0.2, 0, 1}}) < 0.15);
}

TEST_CASE("top-1 agreement is asked for as well as KL") {
    const double low = kBar.top1 - 0.03, high = kBar.top1 + 0.01;
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kGood, low}, {0.2, kGood, high}}) == Approx(0.175));
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kBad, low}, {0.2, kGood, high}}) ==
          Approx(0.175));  // the later of both
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kGood, low}, {0.2, kGood, low}}) == 1);
}

TEST_CASE("the first token is asked for by itself") {
    const auto first_at = [](double at_10, double at_20) {
        Profile profile = profile_of({{0.1, kGood, 1}, {0.2, kGood, 1}});
        profile.points[0].kl_first = at_10;
        profile.points[1].kl_first = at_20;
        const FidelityChoice choice = choose(Fidelity::kBalanced, &profile);
        return choice.fusion ? choice.fusion->ratio : 1;
    };
    const double bar = kBar.kl_first;
    CHECK(first_at(bar, bar / 2) == 0.1);
    CHECK(first_at(2 * bar, bar / 2) == Approx(0.15));
    CHECK(first_at(bar / 2, 2 * bar) == 1);  // luck at 10 %
}

TEST_CASE("the lowest ratio is taken where it meets the bar, and none below it") {
    CHECK(ratio_for(Fidelity::kBalanced, {{0.02, kGood, 1}, {0.2, 0.1 * kGood, 1}}) == 0.02);
    CHECK(ratio_for(Fidelity::kBalanced, {{0.033, kBar.kl, kBar.top1}}) == 0.033);
}

TEST_CASE("a point is not taken for better than those of higher ratios") {
    const std::vector<Measured> lucky = {{0.1, kGood, 1}, {0.2, kBad, 1}, {0.4, kGood, 1}};
    CHECK(ratio_for(Fidelity::kBalanced, lucky) == Approx(0.3));
    CHECK(ratio_for(Fidelity::kBalanced, {{0.1, kGood, 1}, {0.2, kBad, 1}}) == 1);
}

TEST_CASE("where nothing meets the bar everything is read in full, and that is said") {
    const Profile profile = profile_of({{0.1, kBad, 1}, {0.5, kBad, 1}});
    const FidelityChoice choice = choose(Fidelity::kBalanced, &profile);
    CHECK_FALSE(choice.fusion);
    CHECK(choice.reason.find("balanced: all passages read in full") == 0);
    for (const char* part : {"nothing short of it", "at the first token", "of the tokens"})
        CHECK(choice.reason.find(part) != std::string::npos);
}

TEST_CASE("exact is a full read whatever the profile says") {
    const Profile profile = profile_of({{0.1, 0, 1}});
    CHECK_FALSE(choose(Fidelity::kExact, &profile).fusion);
    CHECK_FALSE(choose(Fidelity::kExact, nullptr).fusion);
    CHECK(choose(Fidelity::kExact, nullptr).reason == "exact: all passages read in full");
}

TEST_CASE("a choice reads as the profile was measured, and says what to expect") {
    const Profile profile = profile_of({{0.1, kGood, 1}, {0.5, 0, 1}});
    const FidelityChoice choice = choose(Fidelity::kBalanced, &profile);
    REQUIRE(choice.fusion);
    CHECK(choice.fusion->selector == "cacheblend");
    CHECK(choice.fusion->correction == "online-shift");
    CHECK(choice.fusion->sure_nats == 0);
    CHECK(choice.reason.find("balanced: 10 % of the passages recomputed, KL 0.0") == 0);

    Profile growing = profile;
    growing.sure_nats = 2;
    const FidelityChoice more = choose(Fidelity::kBalanced, &growing);
    CHECK(more.fusion->sure_nats == 2);
    CHECK(more.reason.find("balanced: at least 10 % of the passages recomputed, ") == 0);
}

TEST_CASE("a model without a profile is read by defaults, and that is said") {
    const FidelityChoice balanced = choose(Fidelity::kBalanced, nullptr);
    REQUIRE(balanced.fusion);
    CHECK(balanced.fusion->ratio == FusionSettings{}.ratio);
    CHECK(balanced.reason.find("not measured") != std::string::npos);
    CHECK(choose(Fidelity::kFast, nullptr).fusion->ratio < balanced.fusion->ratio);
}

TEST_CASE("more fidelity never costs less, whatever was measured") {
    unsigned state = 1;
    const auto random = [&state] {
        state = state * 1664525u + 1013904223u;
        return (state >> 8) / double(1 << 24);
    };
    for (int trial = 0; trial < 500; ++trial) {
        std::vector<Measured> points;
        double ratio = 0;
        for (int i = 0; i < 5; ++i)
            points.push_back(
                {ratio += 0.01 + 0.15 * random(), std::exp(-6 * random()), 0.7 + 0.3 * random()});
        const double fast = ratio_for(Fidelity::kFast, points);
        const double balanced = ratio_for(Fidelity::kBalanced, points);
        CHECK(fast <= balanced);
        CHECK(fast >= points.front().ratio);
        CHECK((balanced == 1 || balanced <= points.back().ratio));
    }
}
