// An answer's Markdown: its blocks, what is settled while it grows, markers and HTML.
#include "app/core/markdown_blocks.h"
#include "app/core/markdown_html.h"
#include "app/core/markdown_markers.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

std::vector<MarkdownBlock> blocks_of(std::string_view markdown) {
    auto blocks = markdown_blocks(markdown);
    REQUIRE(blocks);
    return std::move(*blocks);
}

std::string html_of(const std::vector<MarkdownBlock>& blocks) {
    return blocks_html(blocks, [](int number) { return "#" + std::to_string(number); });
}

/// Blocks with a marker of passage `number` behind each of the named parts of the text.
std::vector<MarkdownBlock> marked(const std::string& text,
                                  const std::vector<std::pair<std::string, int>>& sentences) {
    std::vector<CitedSentence> cited;
    for (const auto& [part, number] : sentences) {
        const std::size_t at = text.find(part);
        REQUIRE(at != text.npos);
        cited.push_back({at + part.size(), {number}});
    }
    std::vector<MarkdownBlock> blocks = blocks_of(text);
    place_markers(blocks, cited, 0);
    return blocks;
}

}  // namespace

TEST_CASE("headings, lists in lists, quotes, rules and code are blocks one below the other") {
    const auto blocks = blocks_of(
        "## Head\n\n1. One\n   - deep\n2. Two\n\n> said\n\n---\n\n```sql\nSELECT '<a>';\n```\n"
        "- [x] done\n- [ ] open\n");
    REQUIRE(blocks.size() == 9);
    CHECK(blocks[0].form == MarkdownForm::kHeading);
    CHECK(blocks[0].level == 2);
    CHECK(blocks[1].mark == "1.");
    CHECK(blocks[1].list_depth == 1);
    CHECK(blocks[2].mark == "◦");
    CHECK(blocks[2].list_depth == 2);
    CHECK(plain_text(blocks[2]) == "deep");
    CHECK(blocks[3].mark == "2.");
    CHECK(blocks[4].quote_depth == 1);
    CHECK(blocks[5].form == MarkdownForm::kRule);
    CHECK(blocks[6].form == MarkdownForm::kCode);
    CHECK(blocks[6].language == "sql");
    CHECK(plain_text(blocks[6]) == "SELECT '<a>';");
    CHECK(blocks[7].mark == "☑");
    CHECK(blocks[8].mark == "☐");
}

TEST_CASE("a table has its columns' sides and its cells") {
    const auto blocks = blocks_of("| a | b |\n|:-:|--:|\n| `x|` y | **2** |\n");
    REQUIRE(blocks.size() == 1);
    const MarkdownTable& table = blocks[0].table;
    CHECK(table.columns == std::vector{CellAlign::kCenter, CellAlign::kRight});
    REQUIRE(table.rows.size() == 2);
    CHECK(html_of(blocks).find("<th align=\"center\">a</th>") != std::string::npos);
    CHECK(html_of(blocks).find("<b>2</b>") != std::string::npos);
}

TEST_CASE("formulas become text, but not in code and not where it is money") {
    CHECK(plain_text(blocks_of("So $x^2$ and \\(\\alpha\\).")) == "So x² and α.");
    CHECK(plain_text(blocks_of("\\[ \\frac{1}{2} \\]")) == "1/2");
    CHECK(plain_text(blocks_of("$$a_1 * b_1$$ and *b*")) == "a₁ * b₁ and b");
    CHECK(plain_text(blocks_of("It costs $5 and $6.")) == "It costs $5 and $6.");
    CHECK(plain_text(blocks_of("Read `$x^2$` so.")) == "Read $x^2$ so.");
    CHECK(plain_text(blocks_of("```\n$x^2$\n```")) == "$x^2$");
    CHECK(plain_text(blocks_of("As \\[1\\] says, $\\foo{x}$.")) == "As [1] says, $\\foo{x}$.");
}

TEST_CASE("HTML stays text, images and links of the machine lead nowhere") {
    const auto blocks = blocks_of(
        "<script>x</script> ![logo](http://e.org/i.png) [f](file:///etc/passwd) "
        "[w](https://e.org/?a=1&b=2)");
    const std::string html = html_of(blocks);
    CHECK(html.find("&lt;script&gt;") != std::string::npos);
    CHECK(html.find("<img") == std::string::npos);
    CHECK(html.find("file:") == std::string::npos);
    CHECK(html.find("<a href=\"https://e.org/?a=1&amp;b=2\">w</a>") != std::string::npos);
}

TEST_CASE("markers stand behind their sentences in every block, and behind code") {
    const auto blocks = marked(
        "Größe **zählt.** More `x`.\n\n- Item one.\n\n```\ncode.\n```\n\n| a |\n|---|\n| c. |\n",
        {{"zählt.", 2}, {"`x`.", 1}, {"Item one.", 3}, {"code.", 4}, {"c.", 5}});
    CHECK(html_of(blocks).find("<b>zählt.</b>&nbsp;<a href=\"#2\">[2]</a> More") !=
          std::string::npos);
    CHECK(html_of(blocks).find("<code>x</code>.&nbsp;<a href=\"#1\">[1]</a></p>") !=
          std::string::npos);
    CHECK(html_of(blocks).find("Item one.&nbsp;<a href=\"#3\">[3]</a>") != std::string::npos);
    REQUIRE(blocks.size() == 4);
    CHECK(blocks[2].markers == std::vector<int>{4});
    CHECK(html_of(blocks).find("<td>c.&nbsp;<a href=\"#5\">[5]</a></td>") != std::string::npos);
    CHECK(plain_text(blocks[0]) == "Größe zählt. More x.");
}

TEST_CASE("a marker inside a run splits it, one beyond all text stands at the end") {
    std::vector<MarkdownBlock> blocks = blocks_of("One. Two");
    place_markers(blocks, {{4, {1}}, {100, {2, 3}}}, 0);
    CHECK(html_of(blocks) ==
          "<p>One.&nbsp;<a href=\"#1\">[1]</a> Two&nbsp;<a href=\"#2\">[2]</a>"
          "&nbsp;<a href=\"#3\">[3]</a></p>\n");
}

TEST_CASE("blocks that no text to come can change are settled") {
    const std::string text = "One.\n\nTwo.\n\n- a\n\n- b\n\nThree";
    CHECK(settled_end(text, 0) == text.find("Three"));
    CHECK(settled_end("One.\n\n", 0) == 0);
    CHECK(settled_end("- a\n\n1", 0) == 0);
    CHECK(settled_end("- a\n\n  more", 0) == 0);
    CHECK(settled_end("```\na\n\nb", 0) == 0);
    const std::string fenced = "```\na\n\nb\n```\n\nEnd";
    CHECK(settled_end(fenced, 0) == fenced.find("End"));
}

TEST_CASE("a text laid out piece by piece at its settled places comes out as a whole does") {
    const std::string text =
        "# A\n\nOne $x_1$ *two*\nthree.\n\n1. a\n\n   b\n2. c\n\n> q\n\n| a | b |\n|---|---|\n"
        "| 1 | 2 |\n\n```py\nx = 1\n\ny = 2\n```\n\nEnd.";
    std::vector<MarkdownBlock> whole = blocks_of(text), pieces;
    std::size_t from = 0;
    for (std::size_t size = 1; size <= text.size(); ++size) {
        const std::size_t settled = settled_end(std::string_view(text).substr(0, size), from);
        for (MarkdownBlock& block : blocks_of(text.substr(from, settled - from)))
            pieces.push_back(std::move(block));
        from = settled;
    }
    for (MarkdownBlock& block : blocks_of(text.substr(from))) pieces.push_back(std::move(block));
    REQUIRE(pieces.size() == whole.size());
    CHECK(html_of(pieces) == html_of(whole));
}

TEST_CASE("lists in HTML open and close in their order") {
    const std::string html = html_of(blocks_of("- a\n  1. b\n  2. c\n- d\n\nend"));
    CHECK(html ==
          "<ul><li>a<ol start=\"1\"><li>b</li>\n<li>c</li></ol>\n</li>\n<li>d</li></ul>\n"
          "<p>end</p>\n");
}
