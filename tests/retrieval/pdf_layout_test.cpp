#include "retrieval/document/pdf_layout.h"

#include "retrieval/document/pdf_lines.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

struct Line {
    std::u16string text;
    double left = 72, top = 0, width = 450, height = 9;
};

PdfPage page_of(const std::vector<Line>& lines, bool with_boxes = true) {
    PdfPage page;
    for (const Line& line : lines) {
        if (!page.text.empty() && page.text.back() != 0xFFFE) page.text += u"\r\n";
        page.text += line.text;
        if (with_boxes)
            page.boxes.push_back(
                {line.left, line.top, line.left + line.width, line.top + line.height});
    }
    return page;
}

std::vector<std::string> texts(const std::vector<Block>& blocks) {
    std::vector<std::string> out;
    for (const Block& block : blocks) out.push_back(block.text);
    return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("lines of a PDF are joined to paragraphs by gaps, indents and short ends") {
    const PdfPage page = page_of({
        {u"This is the first line of a paragraph which goes on to the", 72, 100},
        {u"next one and ends there.", 72, 112, 180},
        {u"A gap starts another paragraph, which is longer than a", 72, 136},
        {u"line and goes on in a second.", 72, 148, 220},
        {u"• a bullet that is as long as a line can be, and then some", 90, 160, 432},
        {u"more of it", 98, 172, 80},
        {u"• another", 90, 184, 60},
        {u"int main() {", 72, 208, 70},
        {u"    return 0;", 90, 220, 60},
        {u"}", 72, 232, 6},
    });
    const auto blocks = pdf_blocks({page}, {});
    CHECK(
        texts(blocks) ==
        Texts{"This is the first line of a paragraph which goes on to the next one and ends there.",
              "A gap starts another paragraph, which is longer than a line and goes on in a "
              "second.",
              "• a bullet that is as long as a line can be, and then some more of it", "• another",
              "int main() {\n    return 0;\n}"});
    CHECK(blocks[2].kind == BlockKind::kListItem);
    CHECK(blocks[4].kind == BlockKind::kCode);
    CHECK(blocks[0].source.page == 1);
    CHECK(page.text
              .substr(static_cast<std::size_t>(blocks[1].source.begin),
                      static_cast<std::size_t>(blocks[1].source.length))
              .starts_with(u"A gap starts"));
}

TEST_CASE("words broken at a line's end are joined, compounds keep their hyphen") {
    const PdfPage page = page_of({
        {u"A well-known word is written whole some\xFFFE", 72, 100},
        {u"where, and a well\xFFFE", 72, 112, 450},
        {u"known one keeps its hyphen. The o\xFB03"
         u"ce has \xFB01ve",
         72, 124},
        {u"soft\u00AD hy\u00ADphens.", 72, 136, 100},
    });
    CHECK(texts(pdf_blocks({page}, {})) ==
          Texts{"A well-known word is written whole somewhere, and a well-known one keeps its "
                "hyphen. The office has five soft hyphens."});
}

TEST_CASE("running headers, footers and page numbers are dropped, text at the edges stays") {
    std::vector<PdfPage> pages;
    for (int i = 1; i <= 6; ++i) {
        const std::string number = std::to_string(i + 8);
        const std::string section = i < 4 ? "2.1 Apples " : "3.7 Pears ";
        pages.push_back(page_of({
            {u"The Manual, release 1.2", 72, 40, 150},
            {u"The words of page " + std::u16string(1, static_cast<char16_t>(u'A' + i)) +
                 u" begin here, at the top of the page",
             72, 90},
            {u"and end there, at the foot of the page " +
                 std::u16string(1, static_cast<char16_t>(u'Q' + i)) + u".",
             72, 102, 300},
            {std::u16string(section.begin(), section.end()) +
                 std::u16string(number.begin(), number.end()),
             72, 780, 100},
        }));
    }
    const auto blocks = pdf_blocks(pages, {});
    REQUIRE(blocks.size() == 6);
    for (const Block& block : blocks) {
        CHECK(block.text.starts_with("The words of page"));
        CHECK(block.text.find("foot of the page") != std::string::npos);
    }
    CHECK(is_page_number("17"));
    CHECK(is_page_number("- 3 -"));
    CHECK(is_page_number("xiv"));
    CHECK(is_page_number("Page 3 of 9"));
    CHECK_FALSE(is_page_number("1990 was a good year"));
}

TEST_CASE("headings come from the outline, else from size and numbers") {
    const PdfPage page = page_of({
        {u"1 Introduction", 72, 80, 120, 14},
        {u"The body of the text is set in the usual size of letters.", 72, 110},
        {u"1.1 Scope", 72, 140, 60, 11},
        {u"More of the body is set in the usual size, on another line.", 72, 160},
        {u"And a third line, of the same size and kind as the others.", 72, 172},
    });
    const auto by_size = pdf_blocks({page}, {});
    REQUIRE(by_size.size() == 4);
    CHECK(by_size[0].kind == BlockKind::kHeading);
    CHECK(by_size[0].heading_level == 1);
    CHECK(by_size[2].heading_level == 2);

    const auto by_outline = pdf_blocks({page}, {{"INTRODUCTION", 1, 1}, {"Scope", 3, 1}});
    REQUIRE(by_outline.size() == 4);
    CHECK(by_outline[0].heading_level == 1);
    CHECK(by_outline[2].heading_level == 3);
}

TEST_CASE("a sentence that runs over a page's end continues") {
    const PdfPage first =
        page_of({{u"It starts on the first page of the document and is bro-", 72, 700}});
    const PdfPage second = page_of({{u"ken there, to go on here.", 72, 90, 200}});
    const auto blocks = pdf_blocks({first, second}, {});
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].text == "It starts on the first page of the document and is broken");
    CHECK(blocks[1].text == "there, to go on here.");
    CHECK(blocks[1].continues);
    CHECK(blocks[1].source.page == 2);
}

TEST_CASE("pages whose boxes do not match their lines are read by their text alone") {
    const PdfPage page = page_of({{u"These lines have no boxes that would fit to them, so that"},
                                  {u"their length has to say where a paragraph ends."},
                                  {u"Short.", 0, 0, 0, 0},
                                  {u"• item"}},
                                 false);
    const auto blocks = pdf_blocks({page}, {});
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].text.starts_with(
        "These lines have no boxes that would fit to them, so that their"));
    CHECK(blocks[1].text == "• item");
}

TEST_CASE("dots that lead to a page number are one sign") {
    const PdfPage page = page_of({{u"1.1 Scope . . . . . . . . . . . . . 17", 72, 80, 450},
                                  {u"1.2 Terms ............. 18", 72, 92, 450}});
    CHECK(texts(pdf_blocks({page}, {})) == Texts{"1.1 Scope … 17\n1.2 Terms … 18"});
}

TEST_CASE("empty pages and broken surrogates give nothing and break nothing") {
    CHECK(pdf_blocks({}, {}).empty());
    CHECK(pdf_blocks({PdfPage{}, PdfPage{u"\r\n \r\n", {}}}, {{"x", 1, 99}, {"y", 1, -5}}).empty());
    PdfPage page{std::u16string(u"a") + char16_t(0xD800) + u"b\xFFFE", {{0, 0, 0, 0}}};
    CHECK(texts(pdf_blocks({page}, {})) == Texts{"ab"});
}
