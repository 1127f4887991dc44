#include "engine/tokenizer/pre_tokenizer.h"

#include "tests/support/catch.h"

namespace lectern {
namespace {

std::string cut(const char* name, std::string_view text) {
    const auto pre_tokenizer = PreTokenizer::create(name);
    REQUIRE(pre_tokenizer);
    Regex::Scratch scratch;
    std::vector<std::string_view> words;
    pre_tokenizer->split(text, scratch, words);
    std::string out, joined;
    for (const std::string_view word : words) {
        out += (out.empty() ? "" : "|") + std::string(word);
        joined += word;
    }
    CHECK(joined == text);
    return out;
}

}  // namespace

TEST_CASE("each pre-tokenizer cuts words as its models' files say") {
    CHECK(cut("gpt-2", "I'll pay 1234  euros!?\n\nNow") ==
          "I|'ll| pay| 1234| | euros|!?|\n|\n|Now");
    CHECK(cut("gpt-2", "I'LL") == "I|'|LL");
    CHECK(cut("smollm", "in 1234, x²") == "in| |1|2|3|4|,| x|²");
    CHECK(cut("llama-bpe", "I'LL pay 1234567!\n\n x") == "I|'LL| pay| |123|456|7|!\n\n| x");
    CHECK(cut("qwen2", "I'LL pay 123\r\n  x") == "I|'LL| pay| |1|2|3|\r\n| | x");
    CHECK(cut("tekken", "HelloWorld ABCdef 12/\n") == "Hello|World| ABCdef| |1|2|/\n");
    CHECK(cut("default", "a+b 12345") == "a|+|b| |123|45");
    CHECK(cut("deepseek-llm", "Hi 你好, 123 x") == "Hi| |你好|,| |1|2|3| x");
    CHECK(cut("deepseek-coder", "Hi 你好,\n12") == "Hi| |你好|,|\n|1|2");
    CHECK(cut("deepseek-v3", "Hi 你好 12345 .name x.name!") ==
          "Hi| |你好| |123|45| .|name| x|.name|!");
}

TEST_CASE("white space is Unicode's, a Mongolian vowel separator is none") {
    CHECK(cut("gpt-2", "a\u3000\u3000b") == "a|\u3000|\u3000|b");
    CHECK(cut("gpt-2", "a\u180eb") == "a|\u180e|b");
    CHECK(cut("gpt-2", "a\u0085\u0085b") == "a|\u0085|\u0085|b");
}

TEST_CASE("a broken byte counts as a sign, the text around it as ever") {
    CHECK(cut("gpt-2",
              "ab\xFF"
              "cd \xE4\xB8 x") == "ab|\xFF|cd| \xE4\xB8| x");
    CHECK(cut("qwen2", "\xFF\xFE") == "\xFF\xFE");
    CHECK(cut("qwen2", "\xC0\n\n") == "\xC0\n\n");
}

TEST_CASE("an unknown pre-tokenizer is refused by name") {
    const auto unknown = PreTokenizer::create("gpt-9");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ErrorCode::kUnsupported);
    CHECK(unknown.error().message.find("gpt-9") != std::string::npos);
    CHECK(unknown.error().hint.find("qwen2") != std::string::npos);
}

TEST_CASE("a wrong pattern is refused with the place of the fault") {
    const auto wrong = Regex::compile("a(b");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == ErrorCode::kInvalidArgument);
}

}  // namespace lectern
