#include "app/core/saved_conversation.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include "app/core/whole_file.h"

namespace lectern {

using nlohmann::json;

namespace {

constexpr int kVersion = 1;

json to_json(const SavedConversation& saved) {
    json turns = json::array();
    for (const SavedTurn& turn : saved.turns)
        turns.push_back({{"question", turn.question},
                         {"answer", turn.answer},
                         {"answer_ids", turn.answer_ids},
                         {"chunk_ids", turn.chunk_ids}});
    return {{"lectern_conversation", kVersion},
            {"model", saved.model},
            {"turns", turns},
            {"left", saved.n_left}};
}

/// Throws json::exception.
SavedConversation from_json(const json& object) {
    SavedConversation saved;
    object.at("model").get_to(saved.model);
    saved.n_left = object.value("left", 0);
    for (const json& item : object.at("turns")) {
        SavedTurn& turn = saved.turns.emplace_back();
        item.at("question").get_to(turn.question);
        item.at("answer").get_to(turn.answer);
        item.at("answer_ids").get_to(turn.answer_ids);
        item.at("chunk_ids").get_to(turn.chunk_ids);
    }
    return saved;
}

}  // namespace

std::string conversation_text(const SavedConversation& saved) {
    return to_json(saved).dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<SavedConversation> conversation_of(const std::string& text) {
    try {
        const json object = json::parse(text);
        if (object.at("lectern_conversation").get<int>() <= kVersion) return from_json(object);
    } catch (const json::exception&) {
        return fail(ErrorCode::kCorrupt, "The state of a conversation cannot be read.");
    }
    return fail(ErrorCode::kUnsupported,
                "The state of a conversation was written by a newer version of this program.");
}

Result<SavedConversation> read_conversation(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::kNotFound, "There is no conversation at " + file.string() + ".");
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::kIo, file.string() + " cannot be read.");
    const char* what = " is not a conversation of this program.";
    try {
        const json object = json::parse(in);
        if (object.at("lectern_conversation").get<int>() <= kVersion) return from_json(object);
        what = " was written by a newer version of this program.";
    } catch (const json::exception&) {
    }
    return fail(ErrorCode::kCorrupt, file.string() + what, "Give another file.");
}

Status write_conversation(const std::filesystem::path& file, const SavedConversation& saved) {
    const std::string text =
        to_json(saved).dump(1, ' ', false, json::error_handler_t::replace) + '\n';
    return write_whole_file(file, {std::as_bytes(std::span(text))});
}

}  // namespace lectern
