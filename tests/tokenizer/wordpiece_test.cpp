#include "engine/tokenizer/wordpiece.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace lectern {
namespace {

struct Folder {
    test::TempDir dir;

    Folder(const std::string& vocabulary, const std::string& config) {
        std::ofstream(dir / "vocab.txt") << vocabulary;
        std::ofstream(dir / "tokenizer_config.json") << config;
    }
    std::unique_ptr<Tokenizer> load() const {
        auto tokenizer = load_wordpiece(dir.path());
        REQUIRE(tokenizer);
        return std::move(*tokenizer);
    }
};

const std::string kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\ncafe\nUn\nCafé\n中\n文\n!\n[\n]\nse\n##p\na\n##"
    "a\n$\n"
    "cls\nsep\n";
const std::string kUncased = R"({"do_lower_case": true, "strip_accents": null})";

std::string cut(const Tokenizer& tokenizer, std::string_view text,
                const std::string& vocabulary = kVocabulary) {
    std::vector<std::string> texts;
    for (std::size_t pos = 0; pos < vocabulary.size();) {
        const std::size_t end = vocabulary.find('\n', pos);
        texts.push_back(vocabulary.substr(pos, end - pos));
        pos = end + 1;
    }
    std::string out;
    for (const TokenId id : tokenizer.encode(text)) out += (out.empty() ? "" : "|") + texts[id];
    return out;
}

}  // namespace

TEST_CASE("words are cut into the longest pieces, or unknown as a whole") {
    const auto tokenizer = Folder(kVocabulary, kUncased).load();
    CHECK(cut(*tokenizer, "unaffable") == "un|##aff|##able");
    CHECK(cut(*tokenizer, "unaffablex un") == "[UNK]|un");
    CHECK(cut(*tokenizer, std::string(100, 'a')).starts_with("a|##a|"));
    CHECK(cut(*tokenizer, std::string(101, 'a')) == "[UNK]");
}

TEST_CASE("text is lower-cased, without accents and controls, signs and Han apart") {
    const auto tokenizer = Folder(kVocabulary, kUncased).load();
    CHECK(cut(*tokenizer, "CAFÉ cafe\u0301 Café!!") == "cafe|cafe|cafe|!|!");
    CHECK(cut(*tokenizer, "un中文un") == "un|中|文|un");
    CHECK(cut(*tokenizer, "u\u200bn u\x01n\u00a0un\u3000un") == "un|un|un|un");
    CHECK(cut(*tokenizer, "a$a") == "a|$|a");
    CHECK(cut(*tokenizer,
              "a\xFF"
              "a \xF0\x9F") == "a|##a");
    CHECK(tokenizer->encode(" \t\n ").empty());
    CHECK(tokenizer->encode("").empty());
}

TEST_CASE("special tokens are found by name, never made from text") {
    const auto tokenizer = Folder(kVocabulary, kUncased).load();
    CHECK(tokenizer->find("[CLS]") == 2);
    CHECK(tokenizer->is_control(2));
    CHECK(cut(*tokenizer, "[SEP]") == "[|sep|]");
    CHECK(cut(*tokenizer, "[CLS]") == "[|cls|]");
    CHECK(tokenizer->piece(2).empty());
    CHECK(tokenizer->decode(tokenizer->encode("Unaffable!")) == " unaffable !");
}

TEST_CASE("a cased vocabulary keeps case and accents") {
    const auto tokenizer = Folder(kVocabulary, R"({"do_lower_case": false})").load();
    CHECK(cut(*tokenizer, "Unaff Café") == "Un|##aff|Café");
    const auto stripped =
        Folder(kVocabulary, R"({"do_lower_case": false, "strip_accents": true})").load();
    CHECK(cut(*stripped, "unaff café") == "un|##aff|cafe");
    const auto joined = Folder(kVocabulary, R"({"tokenize_chinese_chars": false})").load();
    CHECK(cut(*joined, "中文") == "[UNK]");
}

TEST_CASE("settings are part of WordPiece's content hash") {
    CHECK(Folder(kVocabulary, kUncased).load()->content_hash() !=
          Folder(kVocabulary, R"({"do_lower_case": false})").load()->content_hash());
}

TEST_CASE("a folder that is missing or lies is refused") {
    const test::TempDir empty;
    CHECK(load_wordpiece(empty.path()).error().code == ErrorCode::kNotFound);
    CHECK(load_wordpiece(Folder(kVocabulary, "[").dir.path()).error().code == ErrorCode::kCorrupt);
    CHECK(load_wordpiece(Folder(kVocabulary, R"({"do_lower_case": 3})").dir.path()).error().code ==
          ErrorCode::kCorrupt);
    CHECK(load_wordpiece(Folder("a\nb\n", kUncased).dir.path()).error().code ==
          ErrorCode::kCorrupt);
}

}  // namespace lectern
