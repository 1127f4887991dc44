#include "app/core/chat.h"

#include <nlohmann/json.hpp>

#include "retrieval/document/unicode.h"

namespace lectern {

using nlohmann::json;

// Found by nlohmann::json.
static void to_json(json& object, const SourceSpan& span) {
    object = {span.page, span.begin, span.length};
}

static void from_json(const json& object, SourceSpan& span) {
    object.at(0).get_to(span.page);
    object.at(1).get_to(span.begin);
    object.at(2).get_to(span.length);
}

static void to_json(json& object, const Citation& c) {
    object = {{"number", c.number},       {"chunk", c.chunk_id},        {"path", c.path.string()},
              {"title", c.title},         {"headings", c.heading_path}, {"page", c.page},
              {"text", c.text},           {"score", c.score},           {"sources", c.sources},
              {"earlier", c.from_earlier}};
}

static void from_json(const json& object, Citation& c) {
    object.at("number").get_to(c.number);
    object.at("chunk").get_to(c.chunk_id);
    c.path = object.at("path").get<std::string>();
    object.at("title").get_to(c.title);
    object.at("headings").get_to(c.heading_path);
    object.at("page").get_to(c.page);
    object.at("text").get_to(c.text);
    object.at("score").get_to(c.score);
    object.at("sources").get_to(c.sources);
    object.at("earlier").get_to(c.from_earlier);
}

static void to_json(json& object, const CitedText& text) { object = {text.begin, text.end}; }

static void from_json(const json& object, CitedText& text) {
    object.at(0).get_to(text.begin);
    object.at(1).get_to(text.end);
}

static void to_json(json& object, const CitedSentence& sentence) {
    object = {
        {"end", sentence.end}, {"numbers", sentence.numbers}, {"sentences", sentence.sentences}};
}

static void from_json(const json& object, CitedSentence& sentence) {
    object.at("end").get_to(sentence.end);
    object.at("numbers").get_to(sentence.numbers);
    object.at("sentences").get_to(sentence.sentences);
}

namespace {

/// White space of any kind and length is one space; none at either end.
std::string one_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::int32_t c = next_code_point(text, at);
        if (c >= 0 && !is_space(c))
            append_code_point(line, c);
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    return std::string(trimmed(line));
}

}  // namespace

std::string chat_title(const std::string& question) {
    constexpr std::size_t kMostCharacters = 60;
    std::string line = one_line(question);
    std::size_t at = 0, last_space = 0;
    for (std::size_t n = 0; n < kMostCharacters && at < line.size(); ++n) {
        if (line[at] == ' ') last_space = at;
        next_code_point(line, at);
    }
    if (at >= line.size()) return line;
    if (line[at] == ' ') last_space = at;
    line.resize(last_space > 0 ? last_space : at);
    return line + "…";
}

std::string turn_sources(const ChatTurn& turn) {
    json scope = json::array();
    for (const std::filesystem::path& path : turn.scope) scope.push_back(path.string());
    const json object = {{"citations", turn.citations},
                         {"sentences", turn.sentences},
                         {"turn", turn.turn},
                         {"first_turn", turn.first_turn},
                         {"first_with_passages", turn.first_with_passages},
                         {"searched_for", turn.searched_for},
                         {"scope", scope}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Status read_turn_sources(const std::string& text, ChatTurn& turn) {
    try {
        const json object = json::parse(text);
        object.at("citations").get_to(turn.citations);
        object.at("sentences").get_to(turn.sentences);
        turn.turn = object.value("turn", -1);
        turn.first_turn = object.value("first_turn", 0);
        turn.first_with_passages = object.value("first_with_passages", 0);
        turn.searched_for = object.value("searched_for", std::string());
        for (const json& path : object.value("scope", json::array()))
            turn.scope.emplace_back(path.get<std::string>());
        return {};
    } catch (const json::exception&) {
        return fail(ErrorCode::kCorrupt, "The sources of an answer cannot be read.");
    }
}

}  // namespace lectern
