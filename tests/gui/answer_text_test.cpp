#include "app/gui/answer_text.h"

#include "tests/support/catch.h"

using namespace lectern;

TEST_CASE("a source says its innermost heading and page, or its first words") {
    AnswerDraft draft;
    draft.sentences = {{0, {2}}};
    draft.citations.resize(2);
    draft.citations[0].number = 1;
    draft.citations[0].heading_path = "Use › Damaged files";
    draft.citations[0].page = 9;
    draft.citations[1].number = 2;
    draft.citations[1].text = "21.  Is zlib\n    thread-safe?";
    const QVariantList sources = source_list(draft);
    REQUIRE(sources.size() == 2);
    CHECK(sources[0].toMap().value("topic").toString() == "Damaged files");
    CHECK(sources[0].toMap().value("page").toString() == "page 9");
    CHECK_FALSE(sources[0].toMap().value("cited").toBool());
    CHECK(sources[1].toMap().value("topic").toString() == "21. Is zlib thread-safe?");
    CHECK(sources[1].toMap().value("page").toString().isEmpty());
    CHECK(sources[1].toMap().value("cited").toBool());
}

TEST_CASE("of what earlier turns brought, only what an answer rests on is its source") {
    AnswerDraft draft;
    draft.sentences = {{0, {3}}};
    draft.citations.resize(3);
    for (int i = 0; i < 3; ++i) {
        draft.citations[i].number = i + 1;
        draft.citations[i].from_earlier = i > 0;
    }
    const QVariantList sources = source_list(draft);
    REQUIRE(sources.size() == 2);
    CHECK(sources[0].toMap().value("number").toInt() == 1);
    CHECK(sources[1].toMap().value("number").toInt() == 3);
}

TEST_CASE("the figures line says time, passages and what was recomputed") {
    Answer answer;
    CHECK(figures_line(answer).isEmpty());
    answer.citations.resize(7);
    answer.citations[6].from_earlier = true;
    answer.figures.ttft_ms = 910;
    answer.figures.kv_ram = 3;
    answer.figures.kv_disk = 1;
    answer.figures.kv_kept = 1;
    answer.figures.reused_tokens = 930;
    answer.figures.recomputed_tokens = 70;
    CHECK(figures_line(answer).toStdString() ==
          "First word after 0.9 s · 6 passages, 5 from the cache · 7 % recomputed");
    answer.figures.full_read_ms = 17'200;
    CHECK(figures_line(answer).endsWith("7 % recomputed · a full read would take about 17 s"));
}
