#include "retrieval/document/text_reader.h"

#include <sys/stat.h>

#include <fstream>
#include <random>

#include "retrieval/document/document_reader.h"
#include "retrieval/document/text_decoding.h"
#include "retrieval/document/unicode.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace std::string_literals;

namespace {

std::filesystem::path write(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
    return path;
}

std::string decoded(std::string bytes) {
    const auto text = decode_text(std::move(bytes), "x");
    return text ? text->text : "error: " + text.error().text();
}

std::string utf16(std::u16string_view text, bool big) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF);
        const char high = static_cast<char>(unit >> 8);
        bytes += big ? high : low;
        bytes += big ? low : high;
    }
    return bytes;
}

}  // namespace

TEST_CASE("text of every common encoding becomes the same UTF-8") {
    const std::u16string_view wide = u"Der Käse über dem Fluß kostet 3 € und nicht mehr.";
    const std::string expected = "Der Käse über dem Fluß kostet 3 € und nicht mehr.";
    CHECK(decoded(expected) == expected);
    CHECK(decoded("\xEF\xBB\xBF" + expected) == expected);
    CHECK(decoded("\xFF\xFE"s + utf16(wide, false)) == expected);
    CHECK(decoded("\xFE\xFF"s + utf16(wide, true)) == expected);
    CHECK(decoded(utf16(wide, false)) == expected);
    CHECK(decoded(utf16(wide, true)) == expected);
    CHECK(decoded("Der K\xE4se \xFC"
                  "ber dem Flu\xDF kostet nicht mehr als die \xC4pfel.") ==
          "Der Käse über dem Fluß kostet nicht mehr als die Äpfel.");
    // Shift-JIS and KOI8-R, long enough to be told apart.
    CHECK(decoded("\x93\xFA\x96{\x8C\xEA\x82\xCC\x83"
                  "e\x83L\x83X\x83g\x82\xC5\x82\xB7\x81"
                  "B") == "日本語のテキストです。");
    CHECK(decoded("\xEF\xD4\xD7\xC5\xD4 \xCE\xC1 \xC7\xCC\xC1\xD7\xCE\xD9\xCA "
                  "\xD7\xCF\xD0\xD2\xCF\xD3 \xD6\xC9\xDA\xCE\xC9") ==
          "Ответ на главный вопрос жизни");
    CHECK(decoded("<?xml version='1.0' encoding='iso-8859-2'?><p>\xB3\xF3"
                  "d\xBC</p>") == "<?xml version='1.0' encoding='iso-8859-2'?><p>łódź</p>");
}

TEST_CASE("a few broken bytes are replaced, many make it binary") {
    std::string text = "Ein schöner Tag für süße Äpfel und größere Öfen. ";
    CHECK(decoded(text + "\xC3 end") == text + "\uFFFD end");
    CHECK(decoded("\xED\xA0\x80" + text + text).starts_with("\uFFFD"));  // half a pair
    std::mt19937 random(7);
    std::string noise(5000, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    CHECK(decoded(noise) == "error: x is a binary file, not text.");
    CHECK(decoded("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s) == "error: x is a PNG image, not text.");
    CHECK(decoded("PK\x03\x04 is how ZIP files begin, as letters").find("error") == 0);
    CHECK(decoded("BZh is how bzip2 files begin") == "BZh is how bzip2 files begin");
}

TEST_CASE("plain text is cut into paragraphs, headings, items and tables with their places") {
    const std::string text =
        "A manual\n========\n\nThis paragraph is wrapped at some width, as people do when\n"
        "they write in a terminal; it is joined.\r\n\r\n"
        "Parts\n-----\n\n- first thing\n- second thing, which\n  goes on\n1. third\n\n"
        "name      size   colour\nbolt      3      grey\n";
    const auto blocks = split_plain_text(text, TextLook::kProse);
    REQUIRE(blocks.size() == 7);
    CHECK(blocks[0].kind == BlockKind::kHeading);
    CHECK(blocks[0].heading_level == 1);
    CHECK(blocks[0].text == "A manual");
    CHECK(blocks[1].kind == BlockKind::kParagraph);
    CHECK(blocks[1].text ==
          "This paragraph is wrapped at some width, as people do when they write in a terminal; it "
          "is joined.");
    CHECK(text.substr(blocks[1].source.begin, blocks[1].source.length).ends_with("is joined."));
    CHECK(text.substr(blocks[1].source.begin).starts_with("This paragraph"));
    CHECK(blocks[2].heading_level == 2);
    CHECK(blocks[3].kind == BlockKind::kListItem);
    CHECK(blocks[4].text == "- second thing, which goes on");
    CHECK(blocks[5].text == "1. third");
    CHECK(blocks[6].text == "name      size   colour\nbolt      3      grey");
}

TEST_CASE("text is normalised to NFC, without what is invisible") {
    const auto blocks =
        split_plain_text("Cafe\u0301\u200B \uFB01n\u00AD ete\u00A0x\x01y", TextLook::kProse);
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].text == "Café fin ete xy");
}

TEST_CASE("a place inside a block leads to its place in the source") {
    std::string text = "Überschriften\n  und   noch\n   viel mehr Text hier, damit es sich lohnt";
    const auto blocks = split_plain_text(text, TextLook::kProse);
    REQUIRE(blocks.size() == 1);
    const std::size_t at = blocks[0].text.find("damit");
    const SourceSpan span = source_of(blocks[0], at, at + 5);
    CHECK(std::abs(span.begin - static_cast<long>(text.find("damit"))) <= 24);
    CHECK(source_of(blocks[0], 0, blocks[0].text.size()) == blocks[0].source);
}

TEST_CASE("the registry goes by content where the name lies or is missing") {
    const test::TempDir dir;
    const ReaderRegistry registry = ReaderRegistry::standard();
    CHECK(registry.read(write(dir / "notes", "Some words without a name."))->format == "text");
    CHECK(registry.read(write(dir / "page", "<!DOCTYPE html><p>Hello"))->format == "html");
    CHECK(registry.read(write(dir / "saved.pdf", "<html><body><p>Log in</p>"))->format == "html");
    CHECK(registry.read(write(dir / "x.TXT", "Loud name."))->blocks[0].text == "Loud name.");
    const auto png = registry.read(write(dir / "a.txt", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s));
    REQUIRE_FALSE(png);
    CHECK(png.error().message == "“a.txt” is a PNG image, not text.");
    CHECK(registry.knows_extension("TXT"));
    CHECK(registry.knows_extension("md"));
    CHECK(registry.knows_extension("cpp"));
    CHECK_FALSE(registry.knows_extension("exe"));
    CHECK_FALSE(registry.knows_extension(""));
}

TEST_CASE("what cannot be read says why in a sentence") {
    const test::TempDir dir;
    const ReaderRegistry registry = ReaderRegistry::standard();
    const auto reason = [&](const std::filesystem::path& path) {
        const auto document = registry.read(path);
        return document ? "no error" : document.error().message;
    };
    CHECK(reason(dir / "absent.txt") == "“absent.txt” does not exist.");
    CHECK(reason(dir.path()).ends_with("is a folder, not a file."));
    CHECK(reason(write(dir / "empty.txt", "")) == "“empty.txt” is empty.");
    CHECK(reason(write(dir / "blank.txt", " \n\t\r\n ")) ==
          "“blank.txt” holds no text, only white space.");
    CHECK(reason(write(dir / "zeros.txt", std::string(100, '\0'))) ==
          "“zeros.txt” is a binary file, not text.");
    CHECK(reason(write(dir / "blank.md", "\n\n")) == "“blank.md” holds no text.");
    CHECK(reason(write(dir / "script.html", "<script>let x = 1;</script>")) ==
          "“script.html” holds no text.");
    const auto pipe = dir / "pipe.txt";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(reason(pipe) == "“pipe.txt” is not a regular file.");
    CHECK(reason(write(dir.path() / "bad\xFF.txt", "")) == "“bad\uFFFD.txt” is empty.");
}

TEST_CASE("huge lines and random bytes are read or refused, never worse") {
    const std::string line(50 << 20, 'x');
    const auto blocks = split_plain_text(line, TextLook::kProse);
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].text.size() == line.size());

    const test::TempDir dir;
    const ReaderRegistry registry = ReaderRegistry::standard();
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        std::string bytes(random() % 3000, '\0');
        // From pure noise to mostly markup.
        for (char& c : bytes)
            c = random() % 8 < static_cast<unsigned>(round % 9)
                    ? "<>#*|-`&;[]()=\n \"'/divtablepre\xC3\xA4"[random() % 33]
                    : static_cast<char>(random());
        for (const char* name : {"r.txt", "r.md", "r.html"}) {
            const auto document = registry.read(write(dir / name, bytes));
            if (!document) {
                CHECK_FALSE(document.error().message.empty());
                continue;
            }
            for (const Block& block : document->blocks) {
                REQUIRE(is_utf8(block.text));
                REQUIRE_FALSE(block.text.empty());
                REQUIRE(block.source.begin >= 0);
                REQUIRE(block.source.length >= 0);
            }
        }
    }
}
