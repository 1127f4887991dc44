#include "engine/decode/ngram_drafter.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("a draft is what followed the longest earlier match, the latest of equals") {
    NgramDrafter drafter({1, 2, 3, 10, 11, 2, 3, 20, 21, 9, 9, 9, 2, 3, 30, 31, 5});
    CHECK(drafter.draft(4).empty());  // 5 never stood before
    drafter.push(2);
    CHECK(drafter.draft(4).empty());  // one token is no match
    drafter.push(3);
    CHECK(drafter.draft(2) == std::vector<TokenId>{30, 31});

    NgramDrafter longer({1, 2, 3, 10, 11, 9, 2, 3, 20, 21, 1, 2, 3});
    CHECK(longer.draft(2) == std::vector<TokenId>{10, 11});
    CHECK(longer.draft(0).empty());
    CHECK(NgramDrafter({}).draft(4).empty());
    CHECK(NgramDrafter({7, 7, 7}).draft(4).size() <= 1);
}

TEST_CASE("drafts grow while they are right and end when they are not") {
    std::vector<TokenId> text;
    for (TokenId token = 0; token < 100; ++token) text.push_back(token);
    text.insert(text.end(), {0, 1});
    NgramDrafter right(text), wrong(text);
    const auto first = right.draft(15).size();
    REQUIRE(first > 0);
    for (int i = 0; i < 20; ++i) right.report(static_cast<int>(right.draft(15).size()));
    CHECK(right.draft(15).size() == 15);
    for (int i = 0; i < 20; ++i)
        if (!wrong.draft(15).empty()) wrong.report(0);
    CHECK(wrong.draft(15).empty());
}
