#include <chrono>
#include <fstream>

#include "retrieval/document/document_reader.h"
#include "retrieval/document/unicode.h"
#include "tests/support/catch.h"
#include "tests/support/pdf_writer.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using test::PdfWriter;

namespace {

std::filesystem::path write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
    return path;
}

bool reads_pdf() { return ReaderRegistry::standard().knows_extension("pdf"); }

PdfWriter sample() {
    PdfWriter writer;
    writer.set_title("The sample");
    for (int page = 0; page < 4; ++page) {
        const std::string name = std::string(1, static_cast<char>('A' + page));
        writer.add_page(test::pdf_page(
            "The sample manual", std::to_string(page + 1),
            {{"Chapter " + name},
             {"The first paragraph of page " + name + " has two lines, the first of which is long",
              "and the second of which is not."},
             {"The second paragraph says that the answer is " + std::to_string(42 + page * page) +
              "."}}));
        writer.add_bookmark("Chapter " + name, page);
    }
    return writer;
}

}  // namespace

TEST_CASE("a PDF gives its title, headings and paragraphs with pages") {
    if (!reads_pdf()) LECTERN_SKIP("built without QtPdf");
    const test::TempDir dir;
    const auto path = write(dir / "sample.pdf", sample().bytes());
    const auto document = ReaderRegistry::standard().read(path);
    REQUIRE(document);
    CHECK(document->format == "pdf");
    CHECK(document->title == "The sample");
    CHECK(document->n_pages == 4);
    CHECK(document->note.empty());
    REQUIRE(document->blocks.size() == 12);
    CHECK(document->blocks[0].kind == BlockKind::kHeading);
    CHECK(document->blocks[0].text == "Chapter A");
    CHECK(
        document->blocks[1].text ==
        "The first paragraph of page A has two lines, the first of which is long and the second of "
        "which is not.");
    CHECK(document->blocks[11].text == "The second paragraph says that the answer is 51.");
    CHECK(document->blocks[11].source.page == 4);
}

TEST_CASE("the rectangles of a passage lie where its lines are") {
    if (!reads_pdf()) LECTERN_SKIP("built without QtPdf");
    const test::TempDir dir;
    const auto path = write(dir / "sample.pdf", sample().bytes());
    const auto document = ReaderRegistry::standard().read(path);
    REQUIRE(document);
    const Block& block = document->blocks[4];  // two lines on page 2
    const auto rectangles = pdf_rectangles(path, std::span(&block.source, 1));
    REQUIRE(rectangles);
    REQUIRE(rectangles->size() == 2);
    for (const PageRect& rectangle : *rectangles) {
        CHECK(rectangle.page == 2);
        CHECK(rectangle.x == Approx(72).margin(2));
        CHECK(rectangle.height > 4);
        CHECK(rectangle.height < 14);
    }
    // Baselines of the paragraph's lines are at 114 and 126 points from the top.
    CHECK((*rectangles)[0].y == Approx(114 - 8).margin(4));
    CHECK((*rectangles)[1].y == Approx(126 - 8).margin(4));
    CHECK((*rectangles)[0].width > 2 * (*rectangles)[1].width);

    const SourceSpan absent{9, 0, 5};
    CHECK_FALSE(pdf_rectangles(path, std::span(&absent, 1)));
    CHECK_FALSE(pdf_rectangles(dir / "absent.pdf", std::span(&block.source, 1)));
}

TEST_CASE("a PDF that cannot be read says why") {
    if (!reads_pdf()) LECTERN_SKIP("built without QtPdf");
    const test::TempDir dir;
    const ReaderRegistry registry = ReaderRegistry::standard();
    const auto reason = [&](const std::string& name, std::string_view bytes) {
        const auto document = registry.read(write(dir / name, bytes));
        return document ? "no error" : document.error().message;
    };
    PdfWriter locked = sample();
    locked.lock();
    CHECK(reason("locked.pdf", locked.bytes()) == "“locked.pdf” is protected by a password.");
    PdfWriter empty;
    empty.add_page({});
    empty.add_page({});
    CHECK(reason("scan.pdf", empty.bytes()) ==
          "“scan.pdf” holds no text: its pages are empty or scanned images.");
    CHECK(reason("broken.pdf", "%PDF-1.4\nnothing more") ==
          "“broken.pdf” is broken: it cannot be opened as a PDF.");
    CHECK(reason("none.pdf", "") == "“none.pdf” is empty.");
    CHECK(reason("lying.txt", sample().bytes()) == "no error");
    PdfWriter half = sample();
    half.add_page({});
    const auto document = registry.read(write(dir / "half.pdf", half.bytes()));
    REQUIRE(document);
    CHECK(document->note == "1 of 5 pages holds no text: it is empty or scanned.");
}

TEST_CASE("a PDF cut off or damaged anywhere is read or refused") {
    if (!reads_pdf()) LECTERN_SKIP("built without QtPdf");
    const test::TempDir dir;
    const ReaderRegistry registry = ReaderRegistry::standard();
    const std::string bytes = sample().bytes();
    int n_read = 0;
    for (std::size_t n = 1; n < bytes.size(); n += 97) {
        const auto document = registry.read(write(dir / "cut.pdf", bytes.substr(0, n)));
        n_read += document ? 1 : 0;
        if (!document) CHECK_FALSE(document.error().message.empty());
    }
    for (std::size_t at = 10; at < bytes.size(); at += 31) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        const auto document = registry.read(write(dir / "damaged.pdf", damaged));
        if (!document) continue;
        ++n_read;
        for (const Block& block : document->blocks) REQUIRE(is_utf8(block.text));
    }
    CHECK(n_read > 0);
}
