#include "app/core/eval_kept.h"

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "app/core/whole_file.h"

namespace lectern {

using nlohmann::json;

namespace {

// A file: a line of JSON, then the logits as f32 in the machine's byte order. The line holds their
// number and checksum.

std::span<const std::byte> bytes_of(const std::vector<float>& values) {
    return std::as_bytes(std::span(values));
}

json head_of(const EvalReading& reading) {
    const Generated& answer = reading.answer;
    return {{"text", answer.text},
            {"tokens", answer.tokens},
            {"finish", static_cast<int>(answer.finish)},
            {"ttft_ms", reading.ttft_ms},
            {"charged_ratio", reading.charged_ratio},
            {"load_ms", reading.load_ms},
            {"recomputed_rows", reading.recomputed_rows},
            {"reused_rows", reading.reused_rows},
            {"n_logits", reading.logits.size()},
            {"checksum", hash128(bytes_of(reading.logits)).hex()}};
}

/// Throws json::exception.
EvalReading reading_of(const json& head) {
    EvalReading reading;
    head.at("text").get_to(reading.answer.text);
    head.at("tokens").get_to(reading.answer.tokens);
    reading.answer.finish = static_cast<FinishReason>(head.at("finish").get<int>());
    head.at("ttft_ms").get_to(reading.ttft_ms);
    head.at("charged_ratio").get_to(reading.charged_ratio);
    head.at("load_ms").get_to(reading.load_ms);
    head.at("recomputed_rows").get_to(reading.recomputed_rows);
    head.at("reused_rows").get_to(reading.reused_rows);
    return reading;
}

}  // namespace

Result<EvalKept> EvalKept::open(const std::filesystem::path& folder) {
    EvalKept kept;
    if (folder.empty()) return kept;
    LECTERN_ASSIGN(kept.chunks_,
                   open_disk_kv_store({.folder = folder / "kv",
                                       .budget_bytes = std::numeric_limits<std::int64_t>::max()}));
    kept.folder_ = folder;
    return kept;
}

std::filesystem::path EvalKept::path_of(const Hash128& key) const {
    return folder_ / (key.hex() + ".reading");
}

std::optional<EvalReading> EvalKept::find(const Hash128& key) const {
    if (folder_.empty()) return std::nullopt;
    std::error_code error;
    const std::uintmax_t n_bytes = std::filesystem::file_size(path_of(key), error);
    if (error) return std::nullopt;
    std::ifstream in(path_of(key), std::ios::binary);
    std::string line;
    if (!std::getline(in, line)) return std::nullopt;
    try {
        const json head = json::parse(line);
        EvalReading reading = reading_of(head);
        const auto n_logits = head.at("n_logits").get<std::uint64_t>();
        if (n_logits != (n_bytes - line.size() - 1) / sizeof(float)) return std::nullopt;
        reading.logits.resize(n_logits);
        in.read(reinterpret_cast<char*>(reading.logits.data()),
                static_cast<std::streamsize>(n_logits * sizeof(float)));
        if (!in || hash128(bytes_of(reading.logits)).hex() != head.at("checksum"))
            return std::nullopt;
        return reading;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

Status EvalKept::put(const Hash128& key, const EvalReading& reading) {
    if (folder_.empty()) return {};
    const std::string head =
        head_of(reading).dump(-1, ' ', false, json::error_handler_t::replace) + '\n';
    return write_whole_file(path_of(key),
                            {std::as_bytes(std::span(head)), bytes_of(reading.logits)});
}

}  // namespace lectern
