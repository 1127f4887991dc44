#include "retrieval/document/html_reader.h"
#include "retrieval/document/markdown_reader.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

/// "kind:text" of every block, one a line.
std::string outline(const ParsedDocument& document) {
    static constexpr const char* kNames[] = {"h", "p", "li", "table", "code", "quote"};
    std::string out;
    for (const Block& block : document.blocks) {
        out += kNames[static_cast<int>(block.kind)];
        if (block.kind == BlockKind::kHeading) out += std::to_string(block.heading_level);
        out += ":" + block.text + "\n";
    }
    return out;
}

/// Every block's source must hold the first word of its text.
void check_sources(const ParsedDocument& document, const std::string& source) {
    for (const Block& block : document.blocks) {
        std::string word = block.text;
        if (word.starts_with("- ")) word = word.substr(2);
        if (word.size() > 3 && word[1] == '.' && word[2] == ' ') word = word.substr(3);
        word = word.substr(0, word.find_first_of(" \n|&<"));
        const std::string place = source.substr(block.source.begin, block.source.length);
        INFO(block.text);
        INFO(place);
        CHECK(place.find(word) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("Markdown gives headings, lists, tables, code and quotes with their places") {
    const std::string source =
        "---\ntitle: \"The book\"\ntags: [a]\n---\n"
        "# One *bold* title\n\nSome `code` and a [link](http://x.y) &amp; an\nentity.\n\n"
        "Setext\n------\n\n- tight\n- list\n  1. inner\n  2. more\n\n* loose\n\n* items\n\n"
        "> quoted words\n\n```cpp\nint x;\n\n  int y;\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |   |\n\n<p align=\"center\">inside "
        "<b>HTML</b></p>\n";
    const auto document = parse_markdown(source);
    REQUIRE(document);
    CHECK(document->title == "The book");
    CHECK(outline(*document) ==
          "h1:One bold title\np:Some code and a link & an entity.\nh2:Setext\n"
          "li:- tight\nli:- list\nli:1. inner\nli:2. more\nli:- loose\nli:- items\n"
          "quote:quoted words\ncode:int x;\n\n  int y;\n"
          "table:a | b\n1 | 2\n3 |\np:inside HTML\n");
    CHECK(document->blocks[11].header_lines == 1);
    check_sources(*document, source);
}

TEST_CASE("HTML gives its structure and drops navigation, scripts and styles") {
    const std::string source =
        "<!DOCTYPE html><html><head><title>A  page &ndash; here</title><style>p{}</style></head>"
        "<body><nav><a href=x>Home</a></nav><div class=\"related menu\">Next</div>"
        "<header><h1>Main<a class=headerlink>¶</a></h1></header>"
        "<p>First &amp; <em>second</em>&nbsp;word.<script>let x = '<p>no</p>';</script>"
        "<p>Line<br>broken<ul><li>One<li>Two <b>bold</b><ol start=1><li><p>Inner</p></ol></ul>"
        "<pre>  code\n    more\n</pre><blockquote><p>Quoted</p></blockquote>"
        "<table><tr><th>Name<th>Size</tr><tr><td>bolt<td><p>3</p>\n mm</tr></table>"
        "<table><tr><td><h2>Laid out</h2>by table</td></tr></table>"
        "<dl><dt>Term<dd>Meaning</dl>loose text<footer>(c)</footer></body></html>";
    const auto document = parse_html(source);
    REQUIRE(document);
    CHECK(document->title == "A page – here");
    CHECK(outline(*document) ==
          "h1:Main\np:First & second word.\np:Line broken\nli:- One\nli:- Two bold\nli:1. Inner\n"
          "code:  code\n    more\nquote:Quoted\ntable:Name | Size\nbolt | 3 mm\n"
          "h2:Laid out\np:by table\np:Term\np:Meaning\np:loose text\n");
    CHECK(document->blocks[8].header_lines == 1);
    check_sources(*document, source);
}

TEST_CASE("a page that is all navigation is read as it is") {
    const auto document = parse_html("<nav><ul><li>Chapter 1<li>Chapter 2</ul></nav>");
    REQUIRE(document);
    CHECK(outline(*document) == "li:- Chapter 1\nli:- Chapter 2\n");
}

TEST_CASE("XHTML's empty elements do not swallow what follows") {
    const auto document = parse_html(
        "<?xml version=\"1.0\"?><html><head><title/><script src=\"x\"/></head><body>"
        "<a id=\"x\"/><h1>Title</h1><div/><p>Words</p></body></html>");
    REQUIRE(document);
    CHECK(outline(*document) == "h1:Title\np:Words\n");
}

TEST_CASE("deep nesting is inert") {
    std::string html;
    for (int i = 0; i < 100000; ++i) html += "<div>";
    html += "<p>Deep words</p>";
    const auto unclosed = parse_html(html);
    REQUIRE(unclosed);
    CHECK(outline(*unclosed) == "p:Deep words\n");
    for (int i = 0; i < 100000; ++i) html += "</div>";
    html += "<h1>After</h1>";
    const auto closed = parse_html(html);
    REQUIRE(closed);
    CHECK(outline(*closed) == "p:Deep words\nh1:After\n");

    std::string mixed;
    for (int i = 0; i < 50000; ++i) mixed += "<b><div></b><table><tr><td><ul><li><font color=a>";
    CHECK(parse_html(mixed + "words"));
    CHECK(parse_markdown(std::string(100000, '>') + " words"));
    CHECK(parse_markdown(std::string(100000, '[') + " words"));
    CHECK(parse_markdown(std::string(20000, '*') + " words"));
}

TEST_CASE("tags that nest too deep are blanked in place") {
    const std::string html = "<div><p><span>a</span></p></div><i>b</i>";
    CHECK(with_shallow_tags(html, 1) == "<div><p>      a       </p></div><i>b</i>");
    CHECK(with_shallow_tags(html, 9) == html);
    CHECK(with_shallow_tags("<!-- <div> <x --><script><div><div></script><a><b>", 1) ==
          "<!-- <div> <x --><script><div><div></script><a>   ");
}

TEST_CASE("markup cut off anywhere is still read") {
    const std::string html =
        "<html><head><title>T</title></head><body><h1>Käse</h1><table><tr><td>a</td></tr></table>"
        "<pre>x &amp; y</pre><ul><li>one</li></ul><!-- end --></body></html>";
    const std::string markdown = "# Käse\n\n| a | b |\n|---|---|\n| 1 | [x](y) |\n\n```c\nz\n```\n";
    for (std::size_t n = 0; n <= html.size(); ++n) {
        const auto document = parse_html(html.substr(0, n));
        if (n > 60) CHECK(document);
    }
    for (std::size_t n = 0; n <= markdown.size(); ++n) CHECK(parse_markdown(markdown.substr(0, n)));
}
