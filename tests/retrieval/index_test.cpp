// The dense index and the search terms.
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include <random>

#include "retrieval/index/dense_index.h"
#include "retrieval/index/terms.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

std::vector<float> random_vectors(std::size_t n, std::size_t dimensions) {
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    std::vector<float> out(n * dimensions);
    for (float& x : out) x = normal(random);
    return out;
}

std::vector<std::string> texts(const std::vector<Term>& terms) {
    std::vector<std::string> out;
    for (const Term& term : terms) out.push_back(term.text);
    return out;
}

}  // namespace

TEST_CASE("the dense index finds what is nearest, and nothing that was removed") {
    constexpr int kDimensions = 32;
    const auto vectors = random_vectors(200, kDimensions);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 200; ++i) ids.push_back(1000 + 7LL * i);
    DenseIndex index(kDimensions);
    REQUIRE(index.add(ids, vectors).has_value());
    const std::span<const float> query = std::span(vectors).subspan(50 * kDimensions, kDimensions);

    std::vector<std::pair<float, std::int64_t>> expected;
    for (std::size_t i = 0; i < 200; ++i) {
        float score = 0;
        for (std::size_t d = 0; d < kDimensions; ++d)
            score += query[d] * vectors[i * kDimensions + d];
        expected.emplace_back(-score, ids[i]);
    }
    std::sort(expected.begin(), expected.end());
    const auto hits = index.search(query, 10);
    REQUIRE(hits.has_value());
    REQUIRE(hits->size() == 10);
    for (std::size_t i = 0; i < 10; ++i) CHECK((*hits)[i].id == expected[i].second);

    REQUIRE(index.remove(std::vector{expected[0].second, std::int64_t{5}}).has_value());
    CHECK(index.size() == 199);
    CHECK_FALSE(index.contains(expected[0].second));
    CHECK(index.contains(expected[1].second));
    CHECK(index.search(query, 1)->at(0).id == expected[1].second);
    CHECK(index.search(query, 5000)->size() == 199);
}

TEST_CASE("an empty dense index finds nothing") {
    const DenseIndex index(8);
    CHECK(index.search(std::vector<float>(8, 1.0F), 5)->empty());
}

TEST_CASE("a dense index comes back from its bytes, and from no others") {
    DenseIndex index(16);
    const auto vectors = random_vectors(20, 16);
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 20; ++i) ids.push_back(i * 3);
    REQUIRE(index.add(ids, vectors).has_value());
    const auto bytes = index.serialize();
    REQUIRE(bytes.has_value());
    const auto all = std::as_bytes(std::span(*bytes));
    const auto same = DenseIndex::deserialize(all, 16);
    REQUIRE(same.has_value());
    CHECK(same->ids() == index.ids());
    CHECK(same->search(std::span(vectors).first(16), 1)->at(0).id == 0);

    CHECK_FALSE(DenseIndex::deserialize(all, 8).has_value());
#if defined(__SANITIZE_ADDRESS__)
    // FAISS 1.7.3 loses what it has read when it throws half-way. The application checks a hash of
    // the bytes before it lets FAISS see them.
    const __lsan::ScopedDisabler faiss_leaks;
#endif
    for (std::size_t n : {std::size_t{0}, std::size_t{3}, std::size_t{40}, all.size() - 1}) {
        const auto torn = DenseIndex::deserialize(all.first(n), 16);
        REQUIRE(!torn);
        CHECK(torn.error().code == ErrorCode::kCorrupt);
    }
}

TEST_CASE("terms are folded words, pairs of CJK characters, and dictionary words") {
    CHECK(texts(terms_of("GPT-4's foo_bar", TermUse::kQuery)) ==
          std::vector<std::string>{"gpt", "4", "s", "foo", "bar"});
    CHECK(texts(terms_of("東京都", TermUse::kQuery)) == std::vector<std::string>{"東京", "京都"});
    CHECK(texts(terms_of("東京", TermUse::kDocument)) ==
          std::vector<std::string>{"東京", "東", "京"});
    CHECK(texts(terms_of("東", TermUse::kQuery)) == std::vector<std::string>{"東"});
    CHECK(texts(terms_of("Web技術", TermUse::kQuery)) == std::vector<std::string>{"web", "技術"});
    CHECK(texts(terms_of("हिन्दी", TermUse::kQuery)) == std::vector<std::string>{"हिन्दी"});
    CHECK(texts(terms_of("co\xC2\xADoperate", TermUse::kQuery)) ==
          std::vector<std::string>{"cooperate"});
    CHECK(texts(terms_of("a\xFF"
                         "b\xC3",
                         TermUse::kQuery)) == std::vector<std::string>{"a", "b"});
    CHECK(terms_of("", TermUse::kQuery).empty());
    CHECK(terms_of("… — !?", TermUse::kQuery).empty());
}
