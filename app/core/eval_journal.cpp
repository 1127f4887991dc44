#include "app/core/eval_journal.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace lectern {

using nlohmann::json;

// Found by nlohmann::json: to and from a line of the journal.
static void to_json(json& line, const EvalMeasurement& m) {
    line = {{"answer", m.answer},
            {"answer_full", m.answer_full},
            {"f1", m.f1},
            {"f1_full", m.f1_full},
            {"rouge_l", m.rouge_l},
            {"rouge_l_full", m.rouge_l_full},
            {"kl", m.kl},
            {"same_top1", m.same_top1},
            {"same_answer", m.same_answer},
            {"charged_ratio", m.charged_ratio},
            {"ttft_ms", m.ttft_ms},
            {"ttft_full_ms", m.ttft_full_ms},
            {"load_ms", m.load_ms},
            {"recomputed_rows", m.recomputed_rows},
            {"passage_rows", m.passage_rows}};
}

static void from_json(const json& line, EvalMeasurement& m) {
    line.at("answer").get_to(m.answer);
    line.at("answer_full").get_to(m.answer_full);
    line.at("f1").get_to(m.f1);
    line.at("f1_full").get_to(m.f1_full);
    line.at("rouge_l").get_to(m.rouge_l);
    line.at("rouge_l_full").get_to(m.rouge_l_full);
    line.at("kl").get_to(m.kl);
    line.at("same_top1").get_to(m.same_top1);
    line.at("same_answer").get_to(m.same_answer);
    line.at("charged_ratio").get_to(m.charged_ratio);
    line.at("ttft_ms").get_to(m.ttft_ms);
    line.at("ttft_full_ms").get_to(m.ttft_full_ms);
    line.at("load_ms").get_to(m.load_ms);
    line.at("recomputed_rows").get_to(m.recomputed_rows);
    line.at("passage_rows").get_to(m.passage_rows);
}

namespace {

/// Nothing where the line is torn or is not a measurement.
std::optional<std::pair<std::string, EvalMeasurement>> parse_line(const std::string& text) {
    try {
        const json line = json::parse(text);
        return std::pair{line.at("key").get<std::string>(), line.get<EvalMeasurement>()};
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

tl::unexpected<Error> io_failure(const std::filesystem::path& path, const char* what) {
    const int number = errno;
    return fail(number == ENOSPC ? ErrorCode::kDiskFull : ErrorCode::kIo,
                path.string() + " cannot be " + what + ": " + std::strerror(number) + ".");
}

}  // namespace

Result<EvalJournal> EvalJournal::open(const std::filesystem::path& path) {
    EvalJournal journal;
    journal.path_ = path;
    std::error_code ignored;  // not there, or no place to look: the append below says why
    if (path.empty() || !std::filesystem::exists(path, ignored)) return journal;
    errno = 0;
    std::ifstream in(path);
    std::string text;
    while (std::getline(in, text)) {
        journal.ends_torn_ = in.eof();
        if (auto entry = parse_line(text)) journal.by_key_.insert(std::move(*entry));
    }
    if (in.bad() || !in.eof()) return io_failure(path, "read");
    return journal;
}

const EvalMeasurement* EvalJournal::find(const Hash128& key) const {
    const auto at = by_key_.find(key.hex());
    return at == by_key_.end() ? nullptr : &at->second;
}

Status EvalJournal::add(const Hash128& key, EvalMeasurement measurement) {
    if (!path_.empty()) {
        json line = measurement;
        line["key"] = key.hex();
        errno = 0;
        std::ofstream out(path_, std::ios::app);
        if (ends_torn_) out << '\n';
        out << line.dump(-1, ' ', false, json::error_handler_t::replace) << '\n' << std::flush;
        if (!out) return io_failure(path_, "written");
        ends_torn_ = false;
    }
    by_key_.insert_or_assign(key.hex(), std::move(measurement));
    return {};
}

}  // namespace lectern
