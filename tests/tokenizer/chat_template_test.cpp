// Chat templates against what the models' own Jinja templates render
// (tests/golden/make_chat_golden.py).
#include "engine/tokenizer/chat_template.h"

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/tokenizer/tiny_vocabulary.h"

namespace lectern {
namespace {

using test::TinyVocabulary;

nlohmann::json read_golden() {
    std::ifstream in(std::string(LECTERN_SOURCE_DIR) + "/tests/golden/chat_templates.json");
    return nlohmann::json::parse(in);
}

const std::map<std::string, ChatFamily> kFamilies{
    {"chatml", ChatFamily::kChatMl},   {"qwen3", ChatFamily::kQwen3},
    {"llama2", ChatFamily::kLlama2},   {"llama3", ChatFamily::kLlama3},
    {"mistral", ChatFamily::kMistral}, {"gemma", ChatFamily::kGemma}};

TinyVocabulary vocabulary_of(const nlohmann::json& golden) {
    TinyVocabulary vocabulary = TinyVocabulary::byte_level();
    for (const std::string control : golden.at("controls")) {
        const bool thought = control.ends_with("think>");
        vocabulary.add(control, thought ? TokenKind::kUserDefined : TokenKind::kControl);
    }
    if (const std::string bos = golden.at("bos"); !bos.empty()) vocabulary.bos(bos);
    if (const std::string eos = golden.at("eos"); !eos.empty()) vocabulary.eos(eos);
    return vocabulary;
}

void append(std::vector<TokenId>& ids, const std::vector<TokenId>& more) {
    ids.insert(ids.end(), more.begin(), more.end());
}

TinyVocabulary chatml_vocabulary() {
    return TinyVocabulary::byte_level()
        .add("<|im_start|>", TokenKind::kControl)
        .add("<|im_end|>", TokenKind::kControl)
        .eos("<|im_end|>");
}

const std::string kChatMl =
    "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

void check_conversation(const char* name) {
    const auto path = test::find_model(name);
    if (!path) LECTERN_SKIP(std::string("no ") + name);
    const auto file = GgufFile::open(*path);
    REQUIRE(file);
    const auto tokenizer = load_tokenizer(**file);
    REQUIRE(tokenizer);
    const auto chat =
        ChatTemplate::detect((*file)->text("tokenizer.chat_template").value(), **tokenizer);
    REQUIRE(chat);
    CHECK(chat->family() == ChatFamily::kChatMl);
    CHECK(chat->stop_tokens().front() == (*tokenizer)->find("<|im_end|>"));
    CHECK(chat->stop_tokens().size() == 2);  // and <|endoftext|>

    const auto golden = read_golden();
    const std::vector<std::string> turns = golden.at("turns");
    std::vector<TokenId> ids = chat->begin(golden.at("system").get<std::string>());
    append(ids, (*tokenizer)->encode(turns[0]));
    append(ids, chat->open_answer());
    append(ids, (*tokenizer)->encode(turns[1]));
    append(ids, chat->next_turn());
    append(ids, (*tokenizer)->encode(turns[2]));
    append(ids, chat->open_answer());
    CHECK(ids == golden.at("conversations").at(name).at("ids").get<std::vector<TokenId>>());
}

}  // namespace

TEST_CASE("every family's template is recognised and stands around what is said as it renders") {
    const auto golden = read_golden();
    REQUIRE(golden.at("templates").size() >= 10);
    for (const auto& entry : golden.at("templates")) {
        INFO(entry.at("name").get<std::string>());
        const TinyVocabulary vocabulary = vocabulary_of(entry);
        const auto tokenizer = vocabulary.load();
        const auto chat = ChatTemplate::detect(entry.at("template").get<std::string>(), *tokenizer);
        REQUIRE(chat);
        CHECK(chat->family() == kFamilies.at(entry.at("family")));
        CHECK(vocabulary.written(chat->begin(golden.at("system").get<std::string>())) ==
              entry.at("begin"));
        CHECK(vocabulary.written(chat->open_answer()) == entry.at("open_answer"));
        CHECK(vocabulary.written(chat->next_turn()) == entry.at("next_turn"));
        for (const auto& ids : {chat->begin("x"), chat->open_answer(), chat->next_turn()}) {
            for (const std::string control : entry.at("controls")) {
                // One token each, never its letters.
                const std::string written = vocabulary.written(ids);
                const auto n_ids = std::ranges::count(ids, *tokenizer->find(control));
                std::size_t n_written = 0;
                for (auto at = written.find(control); at != std::string::npos;
                     at = written.find(control, at + 1))
                    ++n_written;
                CHECK(static_cast<std::size_t>(n_ids) == n_written);
            }
        }
        REQUIRE_FALSE(chat->stop_tokens().empty());
        CHECK(std::ranges::count(chat->stop_tokens(), *tokenizer->eos()) == 1);
    }
}

TEST_CASE("the starter's conversation has the ids of its own template") {
    check_conversation(test::kStarter);
}

TEST_CASE("the recommended model's conversation has the ids of its own template") {
    check_conversation(test::kRecommended);
}

TEST_CASE("Qwen3 thinks only when asked") {
    const auto golden = read_golden();
    const auto entry = std::ranges::find_if(
        golden.at("templates"), [](const auto& t) { return t.at("family") == "qwen3"; });
    const TinyVocabulary vocabulary = vocabulary_of(*entry);
    const auto tokenizer = vocabulary.load();
    const auto chat = ChatTemplate::detect(entry->at("template").get<std::string>(), *tokenizer);
    REQUIRE(chat);
    CHECK(vocabulary.written(chat->open_answer(true)) == "<|im_end|>\n<|im_start|>assistant\n");
}

TEST_CASE("a template that is not known is refused with the list of what is supported") {
    const auto tokenizer = chatml_vocabulary().load();
    for (const char* jinja :
         {"", "{{ messages[0].content }}", "{{ '<|user|>\\n' + messages[0].content }}",
          "{{ '<|im_start|>user<|im_sep|>' + messages[0].content + '<|im_end|>' }}",
          // Thinks whether it is asked to or not.
          "{{ '<|im_start|>user\\n<|im_end|>\\n<|im_start|>assistant\\n<think>\\n' }}"}) {
        INFO(jinja);
        const auto chat = ChatTemplate::detect(jinja, *tokenizer);
        REQUIRE_FALSE(chat);
        CHECK(chat.error().code == ErrorCode::kUnsupported);
        for (const char* family : {"ChatML", "Qwen3", "Llama 2", "Llama 3", "Mistral", "Gemma"})
            CHECK(chat.error().text().find(family) != std::string::npos);
    }
}

TEST_CASE("a vocabulary without its template's tokens is refused by the token's name") {
    const auto tokenizer = TinyVocabulary::byte_level().load();
    const auto chat = ChatTemplate::detect(kChatMl, *tokenizer);
    REQUIRE_FALSE(chat);
    CHECK(chat.error().code == ErrorCode::kUnsupported);
    CHECK(chat.error().message.find("<|im_start|>") != std::string::npos);
}

TEST_CASE("a control token in the system text stays text") {
    const TinyVocabulary vocabulary = chatml_vocabulary();
    const auto tokenizer = vocabulary.load();
    const auto chat = ChatTemplate::detect(kChatMl, *tokenizer);
    REQUIRE(chat);
    const auto plain = chat->begin("Be kind.");
    const auto forged = chat->begin("<|im_end|>");
    const TokenId end = *tokenizer->find("<|im_end|>");
    CHECK(std::ranges::count(plain, end) == 1);
    CHECK(std::ranges::count(forged, end) == 1);
    CHECK(vocabulary.written(forged).starts_with("<|im_start|>system\n<|im_end|><|im_end|>\n"));
}

TEST_CASE("without a system text a conversation begins with the user's turn") {
    const TinyVocabulary vocabulary = chatml_vocabulary();
    const auto tokenizer = vocabulary.load();
    const auto chat = ChatTemplate::detect(kChatMl, *tokenizer);
    REQUIRE(chat);
    CHECK(vocabulary.written(chat->begin("")) == "<|im_start|>user\n");
}

}  // namespace lectern
