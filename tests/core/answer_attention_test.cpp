#include "app/core/answer_attention.h"

#include "engine/backend/cpu/cpu_backend.h"
#include "tests/support/catch.h"
#include "tests/support/plain_tokenizer.h"

using namespace lectern;

namespace {

/// A token a word or mark, with the space before it.
class WordTokenizer : public test::PlainTokenizer {
  public:
    std::vector<TokenId> encode(std::string_view text) const override {
        std::vector<TokenId> ids;
        std::size_t begin = 0;
        while (begin < text.size()) {
            std::size_t end = begin + 1;
            while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
            pieces_.emplace_back(text.substr(begin, end - begin));
            ids.push_back(static_cast<TokenId>(pieces_.size()) - 1);
            begin = end;
        }
        return ids;
    }
    std::string piece(TokenId id) const override { return pieces_[id]; }
    int vocab_size() const override { return static_cast<int>(pieces_.size()); }

  private:
    mutable std::vector<std::string> pieces_;
};

bool same(const SourceSentence& a, const SourceSentence& b) {
    return a.number == b.number && a.begin == b.begin && a.end == b.end &&
           a.first_row == b.first_row && a.end_row == b.end_row;
}

}  // namespace

TEST_CASE("a cache's rows are told in sentences of the passages, wherever they stand") {
    const auto backend = make_cpu_backend({.n_threads = 1});
    Result<KvCache> cache = KvCache::create(*backend, {1, 1, 64}, 64);
    REQUIRE(cache);
    const WordTokenizer words;
    int segment = 0;
    const auto append = [&](SegmentKind kind, std::string_view text) {
        cache->append(words.encode(text), segment++, kind, RowState::kExact);
    };
    append(SegmentKind::kPrefix, "You answer.");
    append(SegmentKind::kPassage, "Pharos\nIt was tall. It fell.\n\n");
    append(SegmentKind::kPassage, "Rhodes\nSomething of an earlier turn.\n\n");
    append(SegmentKind::kPassage, "It was tall. It fell. Nobody saw it.\n\n");
    append(SegmentKind::kQuestion, "It was tall. It fell.");

    // The second text contains the first, and stands behind it in the cache.
    const std::vector<SourcePassage> passages = {{1, "It was tall. It fell. Nobody saw it."},
                                                 {2, "It was tall. It fell."}};
    const std::vector<SourceSentence> expected = {
        {2, 0, 0, 2, 3},     // Pharos
        {2, 0, 13, 3, 6},    // It was tall.
        {2, 13, 21, 6, 10},  // It fell. and the line ends behind it
        {1, 0, 13, 18, 21}, {1, 13, 22, 21, 23}, {1, 22, 36, 23, 28},
    };
    const auto sources = source_sentences(*cache, words, passages);
    REQUIRE(sources.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        INFO(i << ": rows " << sources[i].first_row << " to " << sources[i].end_row << ", bytes "
               << sources[i].begin << " to " << sources[i].end);
        CHECK(same(sources[i], expected[i]));
    }
    CHECK(AnswerAttention(sources).n_columns() == 28);
}

TEST_CASE("a stretch of the answer has the mean weights of its tokens, heads and rows") {
    AnswerAttention attention({{1, 0, 5, 1, 3}, {2, 0, 5, 3, 4}});
    REQUIRE(attention.n_columns() == 4);
    attention.begin_text(0);
    attention.add_row(std::vector<float>{.9f, .1f, .2f, .4f, 0, 0, .1f, 0});  // two heads
    // A token whose bytes wait for the next one's begins where that text does.
    attention.add_row(std::vector<float>{0, 0, 0, .6f, 0, 0, 0, .2f});
    attention.begin_text(4);
    attention.add_row(std::vector<float>{0, .5f, .5f, 0, 0, .5f, .5f, 0});

    const auto first = attention.weights_of(0, 4);
    CHECK(first[0] == Approx((.1 + .2 + .1) / 2));
    CHECK(first[1] == Approx(.4 / 2));
    const auto second = attention.weights_of(4, 9);
    CHECK(second[0] == Approx((0 + 1.) / 2));
    CHECK(second[1] == Approx((.4 + 0) / 2));
    CHECK(attention.weights_of(20, 30) == std::vector<double>{0, 0});
}
