#include "retrieval/chunk/chunker.h"

#include <algorithm>
#include <random>

#include "retrieval/chunk/sentences.h"
#include "retrieval/document/text_reader.h"
#include "retrieval/document/unicode.h"
#include "tests/support/catch.h"

using namespace lectern;

namespace {

Block block(BlockKind kind, std::string text, std::int64_t begin, int level = 0) {
    Block out;
    out.kind = kind;
    out.heading_level = level;
    out.source = {0, begin, static_cast<std::int64_t>(text.size())};
    out.text = std::move(text);
    return out;
}

std::string sentences(int n, const std::string& word) {
    std::string out;
    for (int i = 0; i < n; ++i)
        out +=
            (i > 0 ? " " : "") + ("This is sentence " + std::to_string(i)) + " about " + word + ".";
    return out;
}

/// Texts compared without white space: cuts may fall on it.
std::string squeezed(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        if (!is_space(next_code_point(text, at))) out += text.substr(begin, at - begin);
    }
    return out;
}

void check_invariants(const ParsedDocument& document, const ChunkOptions& options,
                      const std::vector<Chunk>& chunks) {
    std::string all;
    for (const Block& b : document.blocks) all += b.text;
    std::string covered;
    for (const Chunk& chunk : chunks) covered += chunk.text;
    // Tables repeat their header: their documents are compared elsewhere.
    const bool has_table = std::any_of(document.blocks.begin(), document.blocks.end(),
                                       [](const Block& b) { return b.header_lines > 0; });
    if (!has_table) REQUIRE(squeezed(covered) == squeezed(all));
    for (const Chunk& chunk : chunks) {
        REQUIRE_FALSE(chunk.text.empty());
        REQUIRE(is_utf8(chunk.text));
        REQUIRE(count_code_points(chunk.text) * 2 <=
                static_cast<std::size_t>(options.target_chars) * 3);
        REQUIRE_FALSE(chunk.sources.empty());
        for (std::size_t i = 1; i < chunk.sources.size(); ++i) {
            const SourceSpan& a = chunk.sources[i - 1];
            const SourceSpan& b = chunk.sources[i];
            REQUIRE((a.page < b.page || (a.page == b.page && a.begin <= b.begin)));
        }
    }
}

}  // namespace

TEST_CASE("sections become chunks, with the path of their headings") {
    ParsedDocument document;
    document.blocks = {block(BlockKind::kHeading, "Book", 0, 1),
                       block(BlockKind::kHeading, "Apples", 10, 2),
                       block(BlockKind::kParagraph, sentences(20, "apples"), 100),
                       block(BlockKind::kHeading, "Pears", 1000, 2),
                       block(BlockKind::kParagraph, sentences(20, "pears"), 1100),
                       block(BlockKind::kHeading, "Second", 3000, 1),
                       block(BlockKind::kParagraph, sentences(20, "more"), 3100)};
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() == 3);
    CHECK(chunks[0].heading_path == "Book › Apples");
    CHECK(chunks[0].text.starts_with("Book\n\nApples\n\nThis is sentence 0 about apples."));
    CHECK(chunks[1].heading_path == "Book › Pears");
    CHECK(chunks[2].heading_path == "Second");
    check_invariants(document, {}, chunks);
}

TEST_CASE("small neighbours under one heading are merged, big ones never") {
    ParsedDocument document;
    document.blocks = {block(BlockKind::kHeading, "Book", 0, 1)};
    for (int i = 0; i < 5; ++i) {
        document.blocks.push_back(
            block(BlockKind::kHeading, "Part " + std::to_string(i), 100 + i * 100, 2));
        document.blocks.push_back(block(BlockKind::kParagraph, "Few words.", 150 + i * 100));
    }
    document.blocks.push_back(block(BlockKind::kHeading, "Other", 1000, 1));
    document.blocks.push_back(block(BlockKind::kParagraph, sentences(12, "others"), 1100));
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() == 2);
    CHECK(chunks[0].heading_path == "Book");
    CHECK(chunks[0].text.ends_with("Part 4\n\nFew words."));
    CHECK(chunks[1].heading_path == "Other");
}

TEST_CASE("long prose is split at sentence ends, about evenly") {
    ParsedDocument document;
    document.blocks = {block(BlockKind::kParagraph, sentences(100, "apples"), 0)};
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() == 3);
    for (const Chunk& chunk : chunks) {
        CHECK(chunk.text.starts_with("This is sentence"));
        CHECK(chunk.text.ends_with("apples."));
        CHECK(chunk.text.size() > 1000);
    }
    CHECK(chunks[1].sources[0].begin > 1000);
    check_invariants(document, {}, chunks);

    ChunkOptions overlapping;
    overlapping.overlap_sentences = 1;
    const auto with_overlap = split_document(document, overlapping);
    REQUIRE(with_overlap.size() == 3);
    const std::string& first = with_overlap[0].text;
    const std::string last_sentence = first.substr(first.rfind("This is"));
    CHECK(with_overlap[1].text.starts_with(last_sentence));
}

TEST_CASE("a table is split at lines, its header repeated") {
    std::string table = "name | size";
    for (int i = 0; i < 300; ++i) table += "\nbolt " + std::to_string(i) + " | 17";
    ParsedDocument document;
    document.blocks = {block(BlockKind::kTable, table, 0)};
    document.blocks[0].header_lines = 1;
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() >= 3);
    std::string rows;
    for (const Chunk& chunk : chunks) {
        CHECK(chunk.text.starts_with("name | size\nbolt "));
        CHECK(chunk.text.ends_with("| 17"));
        rows += chunk.text.substr(11);
    }
    CHECK(rows == table.substr(11));
    check_invariants(document, {}, chunks);
}

TEST_CASE("text without a place to cut is cut between characters") {
    std::string word;
    for (int i = 0; i < 2000; ++i)
        word += "e\u0302\u0323";  // combining marks stay with their letter
    ParsedDocument document;
    document.blocks = {block(BlockKind::kParagraph, word, 0)};
    const auto chunks = split_document(document, {});
    check_invariants(document, {}, chunks);
    for (const Chunk& chunk : chunks) CHECK(chunk.text.starts_with("e"));

    document.blocks = {block(BlockKind::kParagraph, std::string(20 << 20, 'x'), 0)};
    check_invariants(document, {}, split_document(document, {}));
}

TEST_CASE("a paragraph that runs over a page's end is put together again") {
    ParsedDocument document;
    document.blocks = {block(BlockKind::kParagraph, "It begins here", 0),
                       block(BlockKind::kParagraph, "and ends there.", 0)};
    document.blocks[0].source.page = 4;
    document.blocks[1].source.page = 5;
    document.blocks[1].continues = true;
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() == 1);
    CHECK(chunks[0].text == "It begins here and ends there.");
    CHECK(chunks[0].page == 4);
    CHECK(chunks[0].sources.size() == 2);
}

TEST_CASE("nothing gives no chunk, headings alone give one") {
    CHECK(split_document({}, {}).empty());
    ParsedDocument document;
    document.blocks = {block(BlockKind::kHeading, "Only", 0, 1),
                       block(BlockKind::kHeading, "Titles", 10, 2)};
    const auto chunks = split_document(document, {});
    REQUIRE(chunks.size() == 1);
    CHECK(chunks[0].text == "Only\n\nTitles");
}

TEST_CASE("random documents keep the invariants") {
    std::mt19937 random(20240607);
    const std::vector<std::string> words{"apple",   "Über", "。",  "日本語", "x.",
                                         "e\u0301", "🙂", "a-b", "\t"};
    for (int round = 0; round < 400; ++round) {
        ParsedDocument document;
        std::int64_t at = 0;
        const int n_blocks = 1 + static_cast<int>(random() % 30);
        for (int i = 0; i < n_blocks; ++i) {
            const auto kind = static_cast<BlockKind>(random() % 6);
            std::string text = "w";
            const unsigned n_words = random() % (random() % 5 == 0 ? 2000 : 60);
            const char* gap = random() % 6 == 0 ? "" : random() % 9 == 0 ? "\n" : " ";
            for (unsigned w = 0; w < n_words; ++w) text += gap + words[random() % words.size()];
            document.blocks.push_back(block(kind, text, at, 1 + static_cast<int>(random() % 6)));
            document.blocks.back().continues = i > 0 && random() % 10 == 0;
            at += static_cast<std::int64_t>(text.size()) + 2;
        }
        ChunkOptions options;
        options.target_chars = 50 + static_cast<int>(random() % 2000);
        options.min_chars = options.target_chars / (2 + static_cast<int>(random() % 10));
        INFO("round " << round);
        check_invariants(document, options, split_document(document, options));
    }
}

TEST_CASE("sentences and lines cover their text") {
    const std::string text = "One. Two! Three? Mr. Four said so.\nFünf。六。 end";
    for (const auto& parts : {split_sentences(text), split_lines(text)}) {
        std::size_t at = 0;
        for (const Stretch& part : parts) {
            CHECK(part.begin == at);
            at = part.end;
        }
        CHECK(at == text.size());
    }
    CHECK(split_sentences("One. Two! Three?").size() == 3);
}
