#include "engine/decode/ngram_drafter.h"

#include <numeric>
#include <random>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

using Tokens = std::vector<TokenId>;

/// Further rows cost next to nothing, or as much as the first.
StepCosts costs_of(double row_cost) {
    StepCosts costs;
    for (int n = 1; n <= StepCosts::kMostRows; ++n) costs.add(n, 1 + row_cost * (n - 1));
    return costs;
}

Tokens first_tokens(int n) {
    Tokens tokens(static_cast<std::size_t>(n));
    std::iota(tokens.begin(), tokens.end(), 0);
    return tokens;
}

}  // namespace

TEST_CASE("a draft is what followed the longest earlier match, the latest of equals") {
    const StepCosts cheap = costs_of(0.001);
    NgramDrafter drafter({1, 2, 3, 10, 11, 2, 3, 20, 21, 9, 9, 9, 2, 3, 30, 31, 5});
    CHECK(drafter.draft(4, cheap).empty());  // 5 never stood before
    drafter.push(2);
    drafter.push(3);
    CHECK(drafter.draft(2, cheap) == Tokens{30, 31});

    NgramDrafter longer({1, 2, 3, 10, 11, 9, 2, 3, 20, 21, 1, 2, 3});
    CHECK(longer.draft(2, cheap) == Tokens{10, 11});
    CHECK(longer.draft(0, cheap).empty());
    CHECK(NgramDrafter({}).draft(4, cheap).empty());
    CHECK(NgramDrafter({7, 7, 7}).draft(4, cheap).size() <= 1);
}

TEST_CASE("drafts grow while the text repeats itself, though none was verified, and end after") {
    const StepCosts costs = costs_of(0.1);
    NgramDrafter drafter(first_tokens(200));
    std::size_t first = 0;
    for (TokenId token = 20; token < 100; ++token) {
        drafter.push(token);
        if (token == 22) first = drafter.draft(15, costs).size();
    }
    CHECK(first < 15);
    CHECK(drafter.draft(15, costs).size() == 15);

    // Pairs of the text that never go on as they did there.
    for (TokenId token = 0; token < 80; token += 2) {
        drafter.push(token);
        drafter.push(token + 1);
        drafter.push(1000);
    }
    drafter.push(150);
    drafter.push(151);
    CHECK(drafter.draft(15, costs).empty());
}

TEST_CASE("what rows cost decides how long a draft is worth verifying") {
    NgramDrafter drafter(first_tokens(200));
    for (TokenId token = 20; token < 40; ++token) drafter.push(token);
    const auto cheap = drafter.draft(15, costs_of(0.02)).size();
    const auto dear = drafter.draft(15, costs_of(0.4)).size();
    CHECK(cheap == 15);
    CHECK(dear < cheap);
    CHECK(drafter.draft(15, costs_of(1)).empty());
}

TEST_CASE("a draft never reaches beyond the text or what is asked for") {
    const StepCosts cheap = costs_of(0.001);
    std::mt19937 random(3);
    NgramDrafter drafter({});
    for (int i = 0; i < 500; ++i) {
        drafter.push(static_cast<TokenId>(random() % 4));
        const int most = static_cast<int>(random() % 20);
        const Tokens draft = drafter.draft(most, cheap);
        CHECK(static_cast<int>(draft.size()) <= std::min(most, StepCosts::kMostRows - 1));
        for (const TokenId token : draft) CHECK((token >= 0 && token < 4));
    }
}
