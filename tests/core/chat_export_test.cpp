// A chat's export: markers behind their sentences, sources below, nothing that loads or runs.
#include "app/core/chat_export.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

Chat example() {
    Chat chat;
    chat.summary.title = "A <b> title";
    ChatTurn& turn = chat.turns.emplace_back();
    turn.question = "What\nnow?";
    turn.answer = "It **copies**. <script>x</script> ![i](http://e.org/i.png)";
    turn.sentences = {{14, {2}, {}}};
    Citation named;
    named.number = 2;
    named.title = "manual.pdf";
    named.path = "/docs/manual.pdf";
    named.page = 7;
    named.text = "Pages <are>\ncopied.";
    Citation unnamed = named;
    unnamed.number = 3;
    unnamed.text = "Of an earlier turn.";
    unnamed.from_earlier = true;
    turn.citations = {named, unnamed};
    turn.stopped = true;
    return chat;
}

bool holds(const std::string& text, const char* part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a chat as Markdown has markers behind sentences, and the sources below") {
    const std::string text = chat_markdown(example());
    CHECK(holds(text, "# A <b> title\n\n## What now?\n\nIt **copies**. \\[2\\] <script>"));
    CHECK(holds(text, "*Stopped.*"));
    CHECK(holds(text,
                "**\\[2\\]** manual.pdf, page 7 (/docs/manual.pdf)\n\n> Pages <are>\n> copied."));
    CHECK_FALSE(holds(text, "earlier turn"));
}

TEST_CASE("a chat as HTML has markers that lead to their sources, and loads nothing") {
    const std::string html = chat_html(example());
    CHECK(holds(html, "<h1>A &lt;b&gt; title</h1>"));
    CHECK(holds(html, "It <b>copies</b>.&nbsp;<a"));
    CHECK(holds(html, "&lt;script&gt;"));
    CHECK(holds(html, "<a href=\"#source-0-2\">[2]</a>"));
    CHECK(holds(html, "<a name=\"source-0-2\"></a>"));
    CHECK(holds(html, "Pages &lt;are&gt;\ncopied."));
    CHECK_FALSE(holds(html, "<script"));
    CHECK_FALSE(holds(html, "<img"));
    CHECK_FALSE(holds(html, "earlier turn"));
}

TEST_CASE("exports lay out tables, code and formulas, and keep markers out of code") {
    Chat chat;
    ChatTurn& turn = chat.turns.emplace_back();
    turn.answer = "So:\n\n```c\na < b;\n```\n\n| x | y |\n|---|---|\n| $x^2$ | 1 |\n\n- item";
    turn.sentences = {{turn.answer.find("b;") + 2, {1}, {}}};
    const std::string html = chat_html(chat);
    CHECK(
        holds(html, "<pre><code>a &lt; b;</code></pre>\n<p>&nbsp;<a href=\"#source-0-1\">[1]</a>"));
    CHECK(holds(html, "<td>x²</td>"));
    CHECK(holds(html, "<ul><li>item</li></ul>"));
    CHECK(holds(chat_markdown(chat), "a < b;\n```\n\n \\[1\\]\n\n| x"));
}
