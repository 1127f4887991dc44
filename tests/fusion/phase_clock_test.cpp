#include "engine/fusion/phase_clock.h"

#include <chrono>
#include <numeric>
#include <thread>

#include "tests/support/catch.h"

using namespace lectern;
using namespace std::chrono_literals;

namespace {

double of(const ReadPhases& phases, ReadPhase phase) {
    return phases[static_cast<std::size_t>(phase)];
}

}  // namespace

TEST_CASE("every moment belongs to the innermost phase, and all of them add up to the whole") {
    const auto begin = std::chrono::steady_clock::now();
    PhaseClock clock;
    {
        const PhaseClock::Scope probing = clock.in(ReadPhase::kProbe);
        std::this_thread::sleep_for(4ms);
        {
            const PhaseClock::Scope placing = clock.in(ReadPhase::kPlace);
            std::this_thread::sleep_for(8ms);
        }
        std::this_thread::sleep_for(4ms);
    }
    std::this_thread::sleep_for(2ms);
    const ReadPhases phases = clock.read();
    const double all =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    // A sleep is never shorter than asked for.
    CHECK(of(phases, ReadPhase::kProbe) >= 8);
    CHECK(of(phases, ReadPhase::kPlace) >= 8);
    CHECK(of(phases, ReadPhase::kPrepare) >= 2);
    CHECK(of(phases, ReadPhase::kLogits) == 0);
    const double sum = std::accumulate(phases.begin(), phases.end(), 0.0);
    CHECK(sum <= all);
    CHECK(sum >= 18);
}

TEST_CASE("a clock goes on after it was read") {
    PhaseClock clock;
    const PhaseClock::Scope waiting = clock.in(ReadPhase::kWait);
    const double first = of(clock.read(), ReadPhase::kWait);
    std::this_thread::sleep_for(2ms);
    CHECK(of(clock.read(), ReadPhase::kWait) >= first + 2);
}

TEST_CASE("phases have names of their own") {
    CHECK(name_of(ReadPhase::kPrepare) == "prepare");
    CHECK(name_of(ReadPhase::kPlace) == "place");
    CHECK(name_of(ReadPhase::kLogits) == "logits");
}
