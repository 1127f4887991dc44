#include "engine/decode/step_costs.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("before any step was seen, each further row costs the same little") {
    const StepCosts costs;
    CHECK(costs.of(1) == 1);
    CHECK(costs.of(2) > 1);
    CHECK(costs.of(16) - costs.of(15) == Approx(costs.of(2) - costs.of(1)));
}

TEST_CASE("costs are those of the steps seen, in steps of one row") {
    StepCosts costs;
    costs.add(1, 40);
    costs.add(4, 60);
    costs.add(8, 100);
    CHECK(costs.of(1) == 1);
    CHECK(costs.of(4) == Approx(1.5));
    CHECK(costs.of(8) == Approx(2.5));
    // Between two counts seen on a line, beyond them rising as on a usual machine.
    CHECK(costs.of(6) == Approx(2.0));
    CHECK(costs.of(2) == Approx(1 + 0.5 / 3));
    const StepCosts usual;
    CHECK(costs.of(16) == Approx(2.5 * usual.of(16) / usual.of(8)));
}

TEST_CASE("a step that was held up says little, a lasting change much") {
    StepCosts costs;
    for (int i = 0; i < 5; ++i) costs.add(1, 40);
    for (int i = 0; i < 4; ++i) costs.add(8, 60);
    costs.add(8, 900);
    CHECK(costs.of(8) == Approx(1.5));
    for (int i = 0; i < 3; ++i) costs.add(8, 120);
    CHECK(costs.of(8) == Approx(3.0));
}

TEST_CASE("no step costs less than one of one row, whatever was measured") {
    StepCosts costs;
    costs.add(1, 40);
    costs.add(2, 10);
    CHECK(costs.of(2) == 1);
    StepCosts only_long;  // the single row follows from what was seen
    only_long.add(8, 170);
    CHECK(only_long.of(1) == 1);
    CHECK(only_long.of(8) == Approx(StepCosts().of(8)));
    StepCosts timeless;
    timeless.add(1, 0);
    CHECK(timeless.of(8) == StepCosts().of(8));
}
