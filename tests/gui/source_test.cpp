// A passage's place in its document: by its words, in pages and in blocks.
#include <QAbstractItemModelTester>
#include <fstream>

#include "app/gui/pdf_pages.h"
#include "app/gui/text_blocks.h"
#include "retrieval/document/document_reader.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;

namespace {

QString write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return QString::fromStdString(path.string());
}

QString marked(const QString& text, const std::vector<TextRange>& ranges) {
    QStringList parts;
    for (const TextRange& range : ranges) parts << text.mid(range.begin, range.length);
    return parts.join(QLatin1Char('|'));
}

QString marked(const std::vector<ReadingBlock>& blocks) {
    QStringList parts;
    for (const ReadingBlock& block : blocks)
        if (!block.marks.empty()) parts << marked(block.text, block.marks);
    return parts.join(QLatin1Char('/'));
}

/// Pages of a paragraph each, of which the third says something of its own.
PdfWriter three_pages() {
    PdfWriter writer;
    for (const char* subject : {"Amber is resin.", "Basalt is lava.", "Cobalt colours glass."})
        writer.add_page(pdf_page("Stones", "1", {{subject, "It is told of here at length."}}));
    return writer;
}

struct OpenedPdf {
    explicit OpenedPdf(const SourcePlace& place, bool changed = false) {
        QObject::connect(&pages, &PdfPages::opened, [this](int at, double) { page = at; });
        QObject::connect(&pages, &PdfPages::failed, [this](const QString& why) { problem = why; });
        pages.open(place, changed);
        wait_until([this] { return page != -2 || !problem.isEmpty(); });
    }
    int n_marks(int row) { return pages.index(row).data(PdfPages::MarksRole).toList().size(); }
    PdfPages pages;
    QAbstractItemModelTester tester{&pages};
    int page = -2;
    QString problem;
};

}  // namespace

TEST_CASE("a passage is found by its letters, however its lines run") {
    const QString page = "Header\r\nThe check-\r\npoint copies   pages back. Then\r\nit rests. End";
    const QString passage = "The checkpoint copies pages back. Then it rests.";
    CHECK(marked(page, find_passage(page, passage)).toStdString() ==
          "The check-\r\npoint copies   pages back. Then\r\nit rests");
    CHECK(find_passage(page, "Nothing of the kind stands here.").empty());
    CHECK(find_passage(page, "").empty());
    CHECK(find_passage("", passage).empty());
}

TEST_CASE("of a passage that was edited, the sentences that are left are found") {
    const QString text =
        "The first sentence stands. Something was put between them that is long. "
        "The last sentence stands.";
    CHECK(marked(text, find_passage(text,
                                    "The first sentence stands. A lost sentence was here. "
                                    "The last sentence stands.")) ==
          "The first sentence stands|The last sentence stands");
}

TEST_CASE("a search finds whatever the case, as often as it may") {
    CHECK(find_all("Ab aB ab", "AB", 10) == std::vector<TextRange>{{0, 2}, {3, 2}, {6, 2}});
    CHECK(find_all("Ab aB ab", "AB", 2).size() == 2);
    CHECK(find_all("Ab", "", 2).empty());
}

TEST_CASE("a text document is shown in blocks, the passage's characters marked") {
    const TempDir dir;
    const QString path =
        write(dir / "notes.md", "# Größe\n\nOne two three. Four five six.\n\n- item\n");
    const auto document = ReaderRegistry::standard().read(path.toStdString());
    REQUIRE(document);
    const Block& paragraph = document->blocks.at(1);
    SourcePlace place;
    place.passage = "Four five six.";
    place.spans = {source_of(paragraph, 15, paragraph.text.size())};
    const auto blocks = reading_blocks(*document, place, false);
    REQUIRE(blocks.size() == 3);
    CHECK(blocks[0].heading_level == 1);
    CHECK(marked(blocks) == "Four five six.");

    place.spans = {{0, 0, 5}};  // of another version
    CHECK(marked(reading_blocks(*document, place, true)) == "Four five six");
    place.passage = "Seven eight nine ten.";
    CHECK(marked(reading_blocks(*document, place, true)).isEmpty());
}

TEST_CASE("a block too long to be laid out at once is cut at line ends, its marks with it") {
    ParsedDocument document;
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "line " + std::to_string(i) + "\n";
    text += "the marked line at the end";
    document.blocks = {{BlockKind::kCode, 0, text, {0, 0, static_cast<std::int64_t>(text.size())}}};
    SourcePlace place;
    place.spans = {{0, static_cast<std::int64_t>(text.size()) - 26, 26}};
    const auto blocks = reading_blocks(document, place, false);
    CHECK(blocks.size() > 1);
    CHECK(marked(blocks) == "the marked line at the end");
    QStringList parts;
    for (const ReadingBlock& block : blocks) parts << block.text;
    CHECK(parts.join(QLatin1Char('\n')).toStdString() == text);
}

TEST_CASE("blocks list their matches, and where one stands") {
    TextBlocks blocks;
    const QAbstractItemModelTester tester(&blocks);
    blocks.show(
        {{BlockKind::kParagraph, 0, "a stone"}, {BlockKind::kParagraph, 0, "stone, Stone"}});
    blocks.search("stone");
    REQUIRE(blocks.n_matches() == 3);
    CHECK(blocks.match_from(1) == 1);
    blocks.stand_at(2);
    CHECK(blocks.index(1).data(TextBlocks::CurrentMatchRole).toInt() == 7);
    CHECK(blocks.index(0).data(TextBlocks::CurrentMatchRole).toInt() == -1);
    blocks.search("granite");
    CHECK(blocks.n_matches() == 0);
    CHECK(blocks.match_from(0) == -1);
    CHECK(blocks.index(1).data(TextBlocks::MatchesRole).toList().isEmpty());
}

TEST_CASE("a PDF opens at the noted place, else where the passage's words stand") {
    start_application();
    const TempDir dir;
    SourcePlace place;
    place.path = write(dir / "stones.pdf", three_pages().bytes());
    place.page = 2;
    const auto document = ReaderRegistry::standard().read(place.path.toStdString());
    REQUIRE(document);
    for (const Block& block : document->blocks)
        if (block.source.page == 2) place.spans = {block.source};
    OpenedPdf noted(place);
    CHECK(noted.page == 1);
    CHECK(noted.n_marks(1) >= 1);
    CHECK(noted.n_marks(0) == 0);

    place.passage = "Cobalt colours glass. It is told of here at length.";
    OpenedPdf by_words(place, true);
    CHECK(by_words.page == 2);
    CHECK(by_words.n_marks(2) == 2);
    place.passage = "Dolomite was here once.";
    CHECK(OpenedPdf(place, true).page == -1);
}

TEST_CASE("a PDF that was locked or broken since says so") {
    start_application();
    const TempDir dir;
    PdfWriter locked = three_pages();
    locked.lock();
    SourcePlace place;
    place.path = write(dir / "locked.pdf", locked.bytes());
    CHECK(OpenedPdf(place).problem ==
          "locked.pdf is now encrypted. Open it in its own application, which asks for the "
          "password.");
    place.path = write(dir / "broken.pdf", "%PDF-1.4\nnothing more");
    CHECK(OpenedPdf(place).problem.startsWith("broken.pdf can no longer be opened as a PDF."));
}

TEST_CASE("a search in a PDF finds its pages and marks the matches") {
    start_application();
    const TempDir dir;
    SourcePlace place;
    place.path = write(dir / "stones.pdf", three_pages().bytes());
    OpenedPdf opened(place);
    int searched = 0, placed_on = -1;
    QObject::connect(&opened.pages, &PdfPages::searched, [&] { ++searched; });
    QObject::connect(&opened.pages, &PdfPages::matchPlaced,
                     [&](int page, double) { placed_on = page; });
    opened.pages.search("AT LENGTH");
    REQUIRE(wait_until([&] { return searched == 1; }));
    CHECK(opened.pages.n_matches() == 3);
    CHECK(opened.pages.match_from(1) == 1);
    opened.pages.stand_at(1);
    REQUIRE(wait_until([&] { return placed_on == 1; }));
    const QModelIndex page = opened.pages.index(1);
    CHECK(page.data(PdfPages::CurrentMatchRole).toRectF().width() > 10);
    REQUIRE(wait_until([&] { return !page.data(PdfPages::MatchesRole).toList().isEmpty(); }));
    opened.pages.search("");
    CHECK(opened.pages.n_matches() == 0);
    CHECK(page.data(PdfPages::MatchesRole).toList().isEmpty());
}

TEST_CASE("a file is looked at before it is opened: moved, changed, as it was") {
    const TempDir dir;
    SourcePlace place;
    place.path = write(dir / "notes.txt", "Some text.");
    const auto look = look_at(place);
    REQUIRE(look);
    CHECK(look->form == FileForm::kOther);
    CHECK_FALSE(look->changed);  // what is not known counts as unchanged
    place.stamp = {10, 1};
    CHECK(look_at(place)->changed);
    place.path = write(dir / "a.bin", "junk %PDF-1.4");
    CHECK(look_at(place)->form == FileForm::kPdf);
    place.path += "gone";
    CHECK(look_at(place).error().code == ErrorCode::kNotFound);
}
