// *Why this answer?*: what is told of an answer, and the line that unfolds it.
#include "app/gui/why_answer.h"

#include <QClipboard>
#include <QGuiApplication>

#include "app/gui/token_strip.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Three passages, one of them from an earlier turn, and one that was left out.
void set_account(FakeAssistant& assistant) {
    assistant.citations = {citation(1, "wal.html", 0), citation(2, "manual.pdf", 7),
                           citation(3, "faq.txt", 0)};
    assistant.citations[0].ranks = {1, 0, 0.634, 0};
    assistant.citations[0].score = 0.0164;
    assistant.citations[0].tokens = {
        {TokenState::kReused, 380}, {TokenState::kRecomputed, 30}, {TokenState::kReused, 10}};
    assistant.citations[1].ranks = {2, 3, 0.5, 7.25};
    assistant.citations[1].score = 0.032;
    for (int i = 0; i < 40; ++i)
        for (const TokenState state : {TokenState::kCorrected, TokenState::kRecomputed})
            assistant.citations[1].tokens.push_back(
                {state, state == TokenState::kCorrected ? 6 : 1});
    assistant.citations[2].from_earlier = true;
    assistant.left_out = {citation(0, "other.md", 0)};
    assistant.left_out[0].ranks = {7, 0, 0.31, 0};
    assistant.phases = {{"retrieve", 50}, {"plan", 10},       {"open", 20},        {"place", 100},
                        {"probe", 120},   {"recompute", 450}, {"first_text", 100}, {"rest", 50}};
    assistant.full_read_ms = 4200;
    assistant.prompt = "<|im_start|>system\nAnswer from the documents.<|im_end|>";
}

Answer told() {
    FakeAssistant assistant;
    set_account(assistant);
    Answer answer;
    answer.citations = assistant.citations;
    answer.left_out = assistant.left_out;
    answer.figures.ttft_ms = 900;
    answer.figures.phases = assistant.phases;
    answer.figures.full_read_ms = assistant.full_read_ms;
    answer.prompt = assistant.prompt;
    return answer;
}

QVariantMap map_at(const QVariantMap& why, const char* list, int i) {
    return why.value(QString::fromLatin1(list)).toList().at(i).toMap();
}

}  // namespace

TEST_CASE("passages are told with their scores, and what was left out beside them") {
    CHECK(why_answer(Answer{}).isEmpty());
    const QVariantMap why = why_answer(told());
    REQUIRE(why.value("passages").toList().size() == 3);
    CHECK(map_at(why, "passages", 0).value("scores") ==
          "meaning 0.63 (rank 1) · words – · together 0.0164");
    CHECK(map_at(why, "passages", 1).value("scores") ==
          "meaning 0.50 (rank 2) · words 7.25 (rank 3) · together 0.0320");
    CHECK(map_at(why, "passages", 1).value("page") == "page 7");
    CHECK(map_at(why, "passages", 2).value("note") == "from an earlier question");
    CHECK(map_at(why, "passages", 2).value("scores").toString().isEmpty());
    REQUIRE(why.value("leftOut").toList().size() == 1);
    CHECK(map_at(why, "leftOut", 0).value("scores").toString().startsWith("meaning 0.31 (rank 7)"));
}

TEST_CASE("the parts of the time to the first word add up to it") {
    const QVariantMap why = why_answer(told());
    QStringList names;
    double ms = 0;
    for (const QVariant& part : why.value("parts").toList()) {
        names << part.toMap().value("name").toString();
        ms += part.toMap().value("ms").toDouble();
    }
    CHECK(names.join(' ') == "Search Load Fuse Decode");
    CHECK(ms == Approx(900));
    CHECK(map_at(why, "parts", 0).value("ms").toDouble() == Approx(50));
    CHECK(map_at(why, "parts", 0).value("text") == "50 ms");
    CHECK(map_at(why, "parts", 1).value("ms").toDouble() == Approx(120));
    CHECK(map_at(why, "parts", 2).value("ms").toDouble() == Approx(580));
    CHECK(why.value("fullText") == "about 4.2 s");
    Answer computed = told();
    computed.figures.phases.push_back({"compute", 2500});
    CHECK(map_at(why_answer(computed), "parts", 1).value("name") == "Compute");
    CHECK(map_at(why_answer(computed), "parts", 1).value("text") == "2.5 s");
    Answer unknown = told();
    unknown.figures.full_read_ms = 0;
    unknown.figures.phases.clear();
    CHECK(why_answer(unknown).value("fullText").toString().isEmpty());
    CHECK(why_answer(unknown).value("parts").toList().isEmpty());
}

TEST_CASE("passages' tokens are told by what became of them, each passage's and all") {
    const QVariantMap why = why_answer(told());
    CHECK(
        map_at(why, "passages", 0).value("tokens").toList() ==
        QVariantList{TokenStrip::Reused, 380, TokenStrip::Recomputed, 30, TokenStrip::Reused, 10});
    CHECK(map_at(why, "passages", 0).value("tokensText") ==
          "420 tokens: 390 as stored · 30 recomputed");
    CHECK(why.value("tokensText") ==
          "700 tokens: 390 as stored · 240 as stored, corrected · 70 recomputed");
}

TEST_CASE("the figures line unfolds why this answer, by click and by key, and folds it") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    set_account(assistant);
    WindowFixture shown(assistant);
    shown.window().setHeight(1400);
    shown.type("what?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return assistant.n_asked == 1 && !shown.controller().busy(); }));
    CHECK(shown.text_of("figuresText") ==
          "First word after 0.9 s · 2 passages, 1 from the cache · 7 % recomputed · "
          "a full read would take about 4.2 s");
    CHECK(shown.find("whyAnswer") == nullptr);
    shown.click("figuresText");
    REQUIRE(shown.find("whyAnswer") != nullptr);
    CHECK(shown.text_of("whyPassage").startsWith("meaning 0.63 (rank 1) · words –"));
    CHECK(shown.find("whyLeftOut") != nullptr);
    CHECK(shown.find("tokenStrip") != nullptr);
    CHECK(shown.text_of("promptText").startsWith("<|im_start|>system"));
    const QQuickItem* bar = shown.find("timeBar");
    REQUIRE(bar != nullptr);
    REQUIRE(wait_until([&] { return bar->width() > 100; }));
    CHECK(shown.find("fullReadBar")->width() == Approx(bar->width()));
    CHECK(shown.find("timePart")->width() == Approx(bar->width() * 50 / 4200));
    shown.grab("why");
    shown.find("copyPromptButton")->forceActiveFocus();  // which brings it into sight
    shown.press(Qt::Key_Space);
    CHECK(QGuiApplication::clipboard()->text() == assistant.prompt.c_str());
    shown.click("whyPassage");
    CHECK(shown.text_of("sourceTitle") == "wal.html");
    shown.press(Qt::Key_Escape);
    for (int i = 0; i < 30 && shown.focused() != "figuresText"; ++i) shown.press(Qt::Key_Backtab);
    shown.press(Qt::Key_Return);
    CHECK(shown.find("whyAnswer") == nullptr);
}

TEST_CASE("without an estimate of a full read there is no bar of one") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    set_account(assistant);
    assistant.full_read_ms = 0;
    WindowFixture shown(assistant);
    shown.window().setHeight(1400);
    shown.type("what?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return assistant.n_asked == 1 && !shown.controller().busy(); }));
    CHECK_FALSE(shown.text_of("figuresText").contains("full read"));
    shown.click("figuresText");
    CHECK(shown.find("timeBar") != nullptr);
    CHECK(shown.find("fullReadBar") == nullptr);
}
