// Turns of a conversation on the starter model: what is kept, what is read, what makes room.
#include "app/core/answer_flow.h"

#include "app/core/query_rewrite.h"
#include "engine/model/row_pass.h"
#include "tests/core/ingest_fixture.h"
#include "tests/support/cache_rows.h"
#include "tests/support/models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

struct Talk {
    explicit Talk(const std::filesystem::path& model, int context = 4096) {
        for (const char* word : {"amber", "basalt", "cobalt", "dolomite"})
            write(ingest.docs / (std::string(word) + ".txt"), long_text(word, 2));
        ingest.run({ingest.docs});
        SessionOptions options;
        options.context = context;
        session = value(ModelSession::load(model, options, {}));
        flow.emplace(*ingest.searcher, *session, *store);
    }

    Answer ask(const std::string& question, AskOptions options = {}, std::stop_token stop = {}) {
        options.max_tokens = 12;
        options.top_k = 2;
        return value(flow->ask(question, options, {}, Stopwatch(), 0, std::move(stop)));
    }

    static bool cites(const Answer& answer, const std::string& word) {
        return std::any_of(answer.citations.begin(), answer.citations.end(),
                           [&](const auto& c) { return c.text.find(word) != std::string::npos; });
    }

    std::vector<std::byte> cache_of_full_read() {
        KvCache& kept = session->cache();
        KvCache cache = value(KvCache::create(kept.backend(), kept.shape(), kept.size()));
        const auto rows = consecutive_rows(0, kept.size());
        cache.append(kept.tokens_of(rows), 0, SegmentKind::kPassage, RowState::kExact);
        value(run_pass({session->model(), session->activations(), cache, rows, {}}));
        return bytes_of(cache);
    }

    static std::vector<std::byte> bytes_of(KvCache& cache) {
        std::vector<std::byte> bytes;
        for (int layer = 0; layer < cache.shape().n_layers; ++layer) {
            const auto of_layer = cache_bytes(cache.layer(layer), 0, cache.size());
            bytes.insert(bytes.end(), of_layer.begin(), of_layer.end());
        }
        return bytes;
    }

    Ingest ingest;
    std::unique_ptr<ModelSession> session;
    std::unique_ptr<KvStore> store = make_ram_kv_store(512 << 20);
    std::optional<AnswerFlow> flow;
};

#define LECTERN_NEEDS_STARTER(file)         \
    const auto file = find_model(kStarter); \
    if (!file) LECTERN_SKIP(std::string("no ") + kStarter)

}  // namespace

TEST_CASE("a repaired conversation is a full read of all its turns, to the last bit") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    for (const char* question : {"What is amber?", "And basalt?", "What of cobalt?"}) {
        const Answer answer = talk.ask(question);
        CHECK(answer.figures.prompt_tokens <= talk.session->cache().size());
        CHECK(talk.session->cache().n_exact() < talk.session->cache().size());
        CHECK(value(talk.flow->repair({})) > 0);
        CHECK(Talk::bytes_of(talk.session->cache()) == talk.cache_of_full_read());
        CHECK(value(talk.flow->repair({})) == 0);
    }
    REQUIRE(talk.flow->conversation().turns().size() == 3);
    CHECK(talk.flow->conversation().n_tokens() >= talk.session->cache().size());
}

TEST_CASE("a turn reads what is new to the context, and cites what earlier turns brought, too") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    const Answer first = talk.ask("What is amber?");
    CHECK(first.figures.kept_tokens == 0);
    REQUIRE(first.citations.size() == 2);
    const int rows = talk.session->cache().size();
    const Answer again = talk.ask("What is amber?");
    CHECK(again.figures.kept_tokens ==
          rows - static_cast<int>(talk.session->planner().prefix().size()));
    CHECK(again.figures.reused_tokens + again.figures.recomputed_tokens == 0);
    CHECK(again.figures.prompt_tokens < rows + 40);
    CHECK(again.citations.size() == 2);
    CHECK(again.figures.kv_kept == 2);

    const Answer other = talk.ask("What is dolomite?");
    CHECK(other.figures.reused_tokens > 0);
    CHECK(other.citations.size() > 2);
    CHECK(n_of_turn(other.citations) == 2);
    CHECK(other.citations.back().from_earlier);
    CHECK(Talk::cites(other, "dolomite"));
    for (std::size_t i = 0; i < other.citations.size(); ++i)
        CHECK(other.citations[i].number == static_cast<int>(i) + 1);
}

TEST_CASE("an answer tells its prompt, its passages' tokens, and what was found and left out") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    for (const char* question : {"What is amber?", "What is dolomite?"}) {
        const Answer answer = talk.ask(question);
        CHECK(answer.prompt.find(question) != std::string::npos);
        CHECK(answer.prompt.starts_with("<|im_start|>"));
        int n_tokens = 0;
        for (const Citation& citation : answer.citations) {
            CHECK(answer.prompt.find(citation.text) != std::string::npos);
            CHECK_FALSE(citation.tokens.empty());
            for (const TokenRun& run : citation.tokens) n_tokens += run.n;
            if (!citation.from_earlier)
                CHECK((citation.ranks.dense > 0 || citation.ranks.lexical > 0));
        }
        CHECK(n_tokens >= answer.figures.reused_tokens + answer.figures.recomputed_tokens);
        CHECK(n_tokens < answer.figures.prompt_tokens);
        REQUIRE_FALSE(answer.left_out.empty());
        for (const Citation& unseen : answer.left_out)
            CHECK(answer.prompt.find(unseen.text) == std::string::npos);
        CHECK(answer.figures.full_read_ms > 0);
    }
}

TEST_CASE("in a full context the oldest passages make room, and their turns are remembered") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file, 1500);
    std::size_t most_turns = 0;
    int n_shortened = 0;
    for (int i = 0; i < 3; ++i)
        for (const char* word : {"amber", "basalt", "cobalt", "dolomite"}) {
            const int kept_before = talk.session->cache().size();
            const Answer answer = talk.ask("What is " + std::string(word) + "?");
            CHECK(Talk::cites(answer, word));
            CHECK(answer.figures.prompt_tokens <= 1500);
            most_turns = std::max(most_turns, talk.flow->conversation().turns().size());
            if (answer.figures.prompt_tokens < kept_before) {
                ++n_shortened;
                CHECK(talk.flow->conversation().turns().front().passages.empty());
            }
        }
    CHECK(n_shortened > 0);
    CHECK(n_shortened < 12);
    CHECK(most_turns > 2);
    value(talk.flow->repair({}));
    CHECK(Talk::bytes_of(talk.session->cache()) == talk.cache_of_full_read());
}

TEST_CASE("a follow-up is searched for in the model's words, and the conversation is as it was") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    talk.ask("What is dolomite?");
    const auto bytes = Talk::bytes_of(talk.session->cache());
    for (const char* question :
         {"And where is it found?", "Who discovered it?", "How hard is it?"}) {
        const auto query = value(
            rewrite_query(*talk.session, question, "What is dolomite?", "Dolomite is a rock.", {}));
        if (query) CHECK(usable_query(*query, question, "What is dolomite?") == query);
    }
    CHECK(Talk::bytes_of(talk.session->cache()) == bytes);
    KvCache* const beside = value(talk.session->chunk_cache(1, {}));
    CHECK(beside->size() == static_cast<int>(talk.session->planner().prefix().size()));

    const Answer answer = talk.ask("And where is it found?");
    REQUIRE_FALSE(answer.figures.phases.empty());
    CHECK(answer.figures.phases.front().name == "rewrite");
    CHECK(answer.figures.phases.front().ms > 0);
    AskOptions as_it_is;
    as_it_is.rewrite = false;
    CHECK(talk.ask("And where is it found?", as_it_is).searched_for.empty());
    std::stop_source stop;
    stop.request_stop();
    const auto stopped =
        rewrite_query(*talk.session, "And where?", "What is dolomite?", "", stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
}

TEST_CASE("a question that is narrowed to a document is answered from it alone") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    AskOptions options;
    options.scope = {talk.ingest.docs / "basalt.txt"};
    const Answer answer = talk.ask("What is amber?", options);
    REQUIRE_FALSE(answer.citations.empty());
    for (const Citation& citation : answer.citations)
        CHECK(citation.path.filename() == "basalt.txt");
    options.scope = {"/nowhere"};
    CHECK(talk.ask("What is amber?", options).text.find("narrowed") != std::string::npos);
}

TEST_CASE("turns that are taken back leave the context as it was before them") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    const Answer first = talk.ask("What is amber?");
    CHECK(first.turn == 0);
    const int rows = talk.session->cache().size();
    const auto bytes = Talk::bytes_of(talk.session->cache());
    const Answer before = talk.ask("What is dolomite?");
    CHECK(before.turn == 1);
    talk.ask("And basalt?");
    talk.flow->take_back(1);
    REQUIRE(talk.flow->conversation().turns().size() == 1);
    CHECK(talk.session->cache().size() >= rows);  // the answer's last token came with a later turn
    talk.session->cache().truncate(rows);
    CHECK(Talk::bytes_of(talk.session->cache()) == bytes);
    CHECK(talk.ask("What is dolomite?").text == before.text);
    talk.flow->take_back(0);
    CHECK(talk.flow->conversation().turns().empty());
    CHECK(talk.ask("What is amber?").text == first.text);
}

TEST_CASE("a turn read in full is read behind exact ones") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    talk.ask("What is amber?");
    AskOptions full;
    full.mode = AnswerMode::kFull;
    talk.ask("And basalt?", full);
    CHECK(talk.session->cache().n_exact() == talk.session->cache().size());
    CHECK(Talk::bytes_of(talk.session->cache()) == talk.cache_of_full_read());
}

TEST_CASE("a turn that is stopped while it is read leaves the conversation as it was") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    talk.ask("What is amber?");
    const int rows = talk.session->cache().size();
    const auto before = Talk::bytes_of(talk.session->cache());
    std::stop_source stop;
    stop.request_stop();
    CHECK(talk.ask("What is basalt?", {}, stop.get_token()).cancelled);
    CHECK(talk.flow->conversation().turns().size() == 1);
    CHECK(talk.session->cache().size() == rows);
    CHECK(Talk::bytes_of(talk.session->cache()) == before);
    CHECK(talk.ask("What is basalt?").figures.kept_tokens > 0);
}

TEST_CASE("repair that is stopped goes on where it was") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    talk.ask("What is amber?");
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = talk.flow->repair(stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    value(talk.flow->repair({}));
    CHECK(Talk::bytes_of(talk.session->cache()) == talk.cache_of_full_read());
}

TEST_CASE("a conversation goes on after a restart, without passages that are gone") {
    LECTERN_NEEDS_STARTER(file);
    Talk talk(*file);
    talk.ask("What is amber?");
    talk.ask("And basalt?");
    const auto path = talk.ingest.dir / "chat.json";
    REQUIRE(write_conversation(path, talk.flow->conversation().saved()));
    const std::vector<ConversationTurn> before{talk.flow->conversation().turns().begin(),
                                               talk.flow->conversation().turns().end()};
    const SavedConversation saved = value(read_conversation(path));
    const std::int64_t gone = saved.turns[1].chunk_ids.front();

    AnswerFlow later(*talk.ingest.searcher, *talk.session, *talk.store);
    const auto find = [&](std::int64_t chunk_id) -> Result<ConversationPassage> {
        if (chunk_id == gone) return fail(ErrorCode::kNotFound, "It is gone.");
        for (const ConversationTurn& turn : before)
            for (const ConversationPassage& passage : turn.passages)
                if (passage.source.chunk_id == chunk_id) return passage;
        return fail(ErrorCode::kInternal, "It was never there.");
    };
    REQUIRE(later.resume(saved, find));
    const auto turns = later.conversation().turns();
    REQUIRE(turns.size() == 2);
    CHECK(turns[0].question_ids == before[0].question_ids);
    CHECK(turns[0].answer_ids == before[0].answer_ids);
    CHECK(turns[0].passages.size() == before[0].passages.size());
    CHECK(turns[1].passages.size() + 1 == before[1].passages.size());
    CHECK(later.conversation().n_held() == 0);

    AskOptions options;
    options.max_tokens = 8;
    const Answer answer = value(later.ask("What of cobalt?", options, {}, {}, 0, {}));
    CHECK(answer.figures.kept_tokens == 0);
    CHECK(later.conversation().n_held() == 3);
    value(later.repair({}));
    CHECK(Talk::bytes_of(talk.session->cache()) == talk.cache_of_full_read());
}

TEST_CASE("what is not a conversation is refused and left as it is") {
    const TempDir folder;
    CHECK(read_conversation(folder / "none").error().code == ErrorCode::kNotFound);
    for (const char* text :
         {"", "{", "[]", R"({"lectern_conversation": 1})",
          R"({"lectern_conversation": 1, "model": "", "turns": [{"question": 3}]})"}) {
        write(folder / "broken", text);
        INFO(text);
        CHECK(read_conversation(folder / "broken").error().code == ErrorCode::kCorrupt);
    }
    write(folder / "newer", R"({"lectern_conversation": 2, "model": "", "turns": []})");
    CHECK(read_conversation(folder / "newer").error().message.find("newer version") !=
          std::string::npos);
    CHECK_FALSE(write_conversation(folder / "none" / "chat", {}));
}
