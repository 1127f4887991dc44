#include "app/core/eval_dataset.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/mapped_file.h"

namespace lectern {
namespace {

using nlohmann::json;

/// The list in a file; anything else is kCorrupt.
Result<json> read_list(const std::filesystem::path& path) {
    LECTERN_ASSIGN(const MappedFile file, MappedFile::open(path));
    const auto bytes = file.bytes();
    const char* text = reinterpret_cast<const char*>(bytes.data());
    json list;
    try {
        list = json::parse(text, text + bytes.size());
    } catch (const json::parse_error& error) {
        return fail(ErrorCode::kCorrupt, path.filename().string() +
                                             " is not valid JSON: it breaks at byte " +
                                             std::to_string(error.byte) + ".");
    }
    if (!list.is_array())
        return fail(ErrorCode::kCorrupt, path.filename().string() + " is not a list of cases.");
    return list;
}

/// The field of an object as text; kCorrupt where it is missing or something else.
Result<std::string> text_of(const json& object, const char* field) {
    const auto at = object.find(field);
    if (at == object.end() || !at->is_string())
        return fail(ErrorCode::kCorrupt, std::string("its \"") + field + "\" is not a text");
    return at->get<std::string>();
}

Result<const json*> list_of(const json& object, const char* field) {
    const auto at = object.find(field);
    if (at == object.end() || !at->is_array())
        return fail(ErrorCode::kCorrupt, std::string("its \"") + field + "\" is not a list");
    return &*at;
}

Result<EvalPassage> titled_passage(const json& item) {
    if (!item.is_object()) return fail(ErrorCode::kCorrupt, "a passage is not an object");
    EvalPassage passage;
    if (item.contains("title")) {
        LECTERN_ASSIGN(passage.title, text_of(item, "title"));
    }
    LECTERN_ASSIGN(passage.text, text_of(item, "text"));
    return passage;
}

/// [title, [sentence]].
Result<EvalPassage> sentence_passage(const json& item) {
    const bool is_pair =
        item.is_array() && item.size() == 2 && item[0].is_string() && item[1].is_array();
    if (!is_pair) return fail(ErrorCode::kCorrupt, "a \"context\" is not [title, [sentence]]");
    EvalPassage passage{item[0].get<std::string>(), ""};
    for (const json& sentence : item[1]) {
        if (!sentence.is_string()) return fail(ErrorCode::kCorrupt, "a sentence is not a text");
        passage.text += sentence.get<std::string>();
    }
    return passage;
}

Result<std::vector<EvalPassage>> passages_of(const json& list,
                                             Result<EvalPassage> (*read)(const json&)) {
    std::vector<EvalPassage> passages;
    for (const json& item : list) {
        LECTERN_ASSIGN(EvalPassage passage, read(item));
        if (!passage.text.empty()) passages.push_back(std::move(passage));
    }
    return passages;
}

Status read_musique_form(const json& object, EvalCase& out) {
    LECTERN_ASSIGN(const json* answers, list_of(object, "answers"));
    for (const json& answer : *answers) {
        if (!answer.is_string()) return fail(ErrorCode::kCorrupt, "an answer is not a text");
        out.answers.push_back(answer.get<std::string>());
    }
    LECTERN_ASSIGN(const json* passages, list_of(object, "ctxs"));
    LECTERN_ASSIGN(out.passages, passages_of(*passages, titled_passage));
    return {};
}

Status read_hotpot_form(const json& object, EvalCase& out) {
    LECTERN_ASSIGN(std::string answer, text_of(object, "answer"));
    out.answers.push_back(std::move(answer));
    LECTERN_ASSIGN(const json* passages, list_of(object, "context"));
    LECTERN_ASSIGN(out.passages, passages_of(*passages, sentence_passage));
    if (!object.contains("supporting_facts")) return {};
    LECTERN_ASSIGN(const json* facts, list_of(object, "supporting_facts"));
    for (const json& fact : *facts) {
        if (!fact.is_array() || fact.empty() || !fact[0].is_string())
            return fail(ErrorCode::kCorrupt, "a supporting fact is not [title, index]");
        auto title = fact[0].get<std::string>();
        auto& titles = out.supporting_titles;
        if (std::find(titles.begin(), titles.end(), title) == titles.end())
            titles.push_back(std::move(title));
    }
    return {};
}

Result<EvalCase> read_case(const json& object) {
    if (!object.is_object()) return fail(ErrorCode::kCorrupt, "it is not an object");
    EvalCase out;
    LECTERN_ASSIGN(out.question, text_of(object, "question"));
    if (object.contains("ctxs"))
        LECTERN_TRY(read_musique_form(object, out));
    else
        LECTERN_TRY(read_hotpot_form(object, out));
    if (out.question.empty()) return fail(ErrorCode::kCorrupt, "its question is empty");
    if (out.answers.empty()) return fail(ErrorCode::kCorrupt, "it has no answer");
    if (out.passages.empty()) return fail(ErrorCode::kCorrupt, "it has no passage with text");
    return out;
}

tl::unexpected<Error> at_case(const std::filesystem::path& path, std::size_t i,
                              const Error& error) {
    return fail(error.code, "Case " + std::to_string(i + 1) + " of " + path.filename().string() +
                                " cannot be used: " + error.message + ".");
}

}  // namespace

Result<std::vector<EvalCase>> read_eval_dataset(const std::filesystem::path& path) {
    LECTERN_ASSIGN(const json list, read_list(path));
    std::vector<EvalCase> cases;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<EvalCase> one = read_case(list[i]);
        if (!one) return at_case(path, i, one.error());
        cases.push_back(std::move(*one));
    }
    if (cases.empty())
        return fail(ErrorCode::kCorrupt, path.filename().string() + " has no cases.");
    return cases;
}

Result<std::vector<EvalPassage>> read_eval_corpus(const std::filesystem::path& path) {
    LECTERN_ASSIGN(const json list, read_list(path));
    std::vector<EvalPassage> corpus;
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<EvalPassage> one = titled_passage(list[i]);
        if (!one) return at_case(path, i, one.error());
        corpus.push_back(std::move(*one));
    }
    if (corpus.empty())
        return fail(ErrorCode::kCorrupt, path.filename().string() + " has no passages.");
    return corpus;
}

}  // namespace lectern
