#include "app/core/eval_metrics.h"

#include <cmath>
#include <random>

#include "tests/support/catch.h"

using namespace lectern;

namespace {

struct Scored {
    const char* answer;
    const char* reference;
    double f1;
    double rouge_l;
};

}  // namespace

TEST_CASE("token F1 and Rouge-L are those of the reference implementations") {
    // SQuAD's evaluation script and the rouge_score package with stemming.
    const Scored cases[] = {
        {"The answer is Exeter College, Oxford.", "Exeter College", 0.571429, 0.5},
        {"an elephant's running quickly through forests",
         "Elephants ran quickly through the forest", 0.6, 0.615385},
        {"Charles County", "McDonald County", 0.5, 0.5},
        {"", "Exeter", 0, 0},
        {"the", "a", 1, 0},
        {"Relational conditions were generously analysed, happily!",
         "relations condition generous analysis happy", 0, 0.545455},
        {"It was signed in 1,234 B.C. by kings", "signed by the King in 1234 BC", 0.714286,
         0.352941},
        {"Café Müller’s naïve résumé", "cafe muller naive resume", 0, 0},
        {"ÉCOLE Normale", "école normale", 1, 1},
    };
    for (const Scored& c : cases) {
        INFO(c.answer);
        const std::vector<std::string> references{c.reference};
        CHECK(token_f1(c.answer, references) == Approx(c.f1).margin(1e-6));
        CHECK(rouge_l(c.answer, references) == Approx(c.rouge_l).margin(1e-6));
    }
}

TEST_CASE("the best reference counts, and of the answer its first line for F1") {
    const std::vector<std::string> references{"London", "Exeter College"};
    CHECK(token_f1("\n\nExeter College\nIt lies in Oxford.", references) == 1);
    CHECK(token_f1("It lies in Oxford.\nExeter College", references) == 0);
    CHECK(rouge_l("Exeter College", references) == 1);
    CHECK(token_f1("anything", {}) == 0);
}

TEST_CASE("quantiles lie between neighbours; equal logits mean the lowest token") {
    CHECK(quantile({4, 1, 3, 2}, 0.5) == 2.5);
    CHECK(quantile({1, 2, 3, 4, 5}, 0.95) == Approx(4.8));
    CHECK(quantile({7}, 0.95) == 7);
    CHECK(quantile({}, 0.5) == 0);
    CHECK(mean(std::vector<double>{1, 2, 6}) == 3);
    CHECK(mean({}) == 0);
    CHECK(top_token(std::vector<float>{1, 4, 4, 2}) == 1);
}

TEST_CASE("an answer contains a reference whose words stand in it in order") {
    const std::vector<std::string> references = {"the Stephen King", "1986"};
    CHECK(contains_answer("It was directed by Stephen King.", references));
    CHECK(contains_answer("I think so.\nIn (1986)!", references));
    CHECK_FALSE(contains_answer("King Stephen directed it.", references));
    CHECK_FALSE(contains_answer("It was directed by Stephen Kingsley in 19867.", references));
    CHECK_FALSE(contains_answer("The.", std::vector<std::string>{"the"}));
}
