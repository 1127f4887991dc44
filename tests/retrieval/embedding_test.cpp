// Windows, the priority of questions, and the real embedder where its model is installed.
#include <cmath>
#include <numeric>
#include <set>
#include <thread>

#include "retrieval/embedding/encoder_embedder.h"
#include "retrieval/embedding/priority_slots.h"
#include "retrieval/embedding/token_windows.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"

using namespace lectern;

namespace {

std::vector<TokenId> tokens(int n, TokenId first = 0) {
    std::vector<TokenId> out(static_cast<std::size_t>(n));
    std::iota(out.begin(), out.end(), first);
    return out;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

}  // namespace

TEST_CASE("windows fit, begin with the context and hold every token") {
    const TokenWindowOptions options{10, 3, 2};
    for (int n_text : {0, 1, 6, 7, 8, 12, 13, 50}) {
        for (int n_context : {0, 2, 3, 9}) {
            INFO(n_text << " tokens behind " << n_context);
            const auto context = tokens(n_context, 1000), text = tokens(n_text);
            const auto windows = token_windows(context, text, options);
            std::set<TokenId> seen;
            for (const auto& window : windows) {
                CHECK(window.size() <= 10);
                const auto kept = static_cast<std::size_t>(std::min(n_context, 3));
                REQUIRE(window.size() >= kept);
                CHECK(std::equal(context.begin(), context.begin() + static_cast<long>(kept),
                                 window.begin()));
                seen.insert(window.begin() + static_cast<long>(kept), window.end());
            }
            CHECK(seen == std::set<TokenId>(text.begin(), text.end()));
            CHECK(windows.size() >= 1);
        }
    }
    const auto windows = token_windows({}, tokens(18), {10, 0, 2});
    REQUIRE(windows.size() == 2);  // [0, 10) and [8, 18): no third one for the overlap alone
    CHECK(windows[1].front() == 8);
}

TEST_CASE("a question goes before the passages that wait") {
    PrioritySlots slots(1);
    std::mutex order_mutex;
    std::vector<char> order;
    const auto take = [&](PrioritySlots::Kind kind, char name) {
        const PrioritySlots::Lock lock(slots, kind);
        const std::lock_guard guard(order_mutex);
        order.push_back(name);
    };
    std::vector<std::thread> threads;
    {
        const PrioritySlots::Lock batch(slots, PrioritySlots::Kind::kPassages);
        for (int i = 0; i < 3; ++i) threads.emplace_back(take, PrioritySlots::Kind::kPassages, 'p');
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        threads.emplace_back(take, PrioritySlots::Kind::kQuestion, 'q');
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    for (std::thread& thread : threads) thread.join();
    REQUIRE(order.size() == 4);
    CHECK(order[0] == 'q');
}

TEST_CASE("the real embedder places what means the same near") {
    const auto folder = test::find_model(test::kEmbedder);
    if (!folder) LECTERN_SKIP("the embedder is not installed");
    const auto embedder = load_encoder_embedder(*folder);
    REQUIRE(embedder.has_value());
    CHECK((*embedder)->dimensions() == 384);
    std::string long_text;
    for (int i = 0; i < 120; ++i) long_text += "A sentence about growing tomatoes. ";
    const std::vector<PassageText> passages{{"", "The ship left the harbour in a storm."},
                                            {"", "Bread is baked from flour and water."},
                                            {"Baking", "It needs yeast."},
                                            {"Garden", long_text}};
    const auto vectors = (*embedder)->embed_passages(passages, {});
    REQUIRE(vectors.has_value());
    REQUIRE(vectors->size() == 4);
    CHECK((*vectors)[0].n_windows == 1);
    CHECK((*vectors)[3].n_windows > 1);
    CHECK((*vectors)[3].n_tokens > 600);
    CHECK((*vectors)[3].vectors.size() == static_cast<std::size_t>((*vectors)[3].n_windows) * 384);
    for (const PassageVectors& passage : *vectors)
        CHECK(cosine(std::span(passage.vectors).first(384),
                     std::span(passage.vectors).first(384)) == Approx(1.0).margin(1e-4));

    const auto question = (*embedder)->embed_question("How do I make bread?");
    REQUIRE(question.has_value());
    const double ship = cosine(*question, (*vectors)[0].vectors);
    const double bread = cosine(*question, (*vectors)[1].vectors);
    const double yeast = cosine(*question, (*vectors)[2].vectors);
    CHECK(bread > ship + 0.2);
    CHECK(yeast > ship + 0.1);  // by its heading and its text

    // A passage's vectors do not depend on the others in the call.
    const auto alone = (*embedder)->embed_passages(std::span(passages).subspan(1, 1), {});
    REQUIRE(alone.has_value());
    CHECK(cosine((*alone)[0].vectors, (*vectors)[1].vectors) == Approx(1.0).margin(1e-6));

    std::stop_source stop;
    stop.request_stop();
    const auto stopped = (*embedder)->embed_passages(passages, stop.get_token());
    REQUIRE(!stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    CHECK((*embedder)->embed_question(long_text).has_value());
}

TEST_CASE("a folder without an embedder is a clear error") {
    const auto missing = load_encoder_embedder("/nonexistent/embedder");
    REQUIRE(!missing);
    CHECK_FALSE(missing.error().message.empty());
}
