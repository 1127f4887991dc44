#include "app/core/model_speed.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <utility>

#include "app/core/bench_run.h"
#include "app/core/model_session.h"
#include "app/core/stopwatch.h"
#include "app/core/whole_file.h"
#include "engine/base/file_system.h"
#include "engine/model/row_pass.h"

namespace lectern {
namespace {

constexpr int kContext = 1024;
constexpr int kWarmRows = 64;  ///< not counted: the file comes into memory with them
constexpr int kReadRows = 256;
constexpr int kReadPiece = 64;
constexpr int kWrittenRows = 12;

/// Computes the ids behind what the cache holds, and what may follow the last one.
Status run_rows(ModelSession& session, std::span<const TokenId> ids, const std::stop_token& stop) {
    const int first = session.cache().append(ids, 1, SegmentKind::kQuestion, RowState::kExact);
    const auto rows = consecutive_rows(first, static_cast<int>(ids.size()));
    LECTERN_ASSIGN(const int last, run_pass({session.model(), session.activations(),
                                             session.cache(), rows, stop, 1}));
    std::vector<float> logits(session.model().config().vocab_size);
    session.model().logits(session.activations(), last, logits);
    return {};
}

/// Identifies the file that was measured.
std::string key_of(const std::filesystem::path& model) {
    std::error_code missing;
    const auto n_bytes = std::filesystem::file_size(model, missing);
    const auto time = std::filesystem::last_write_time(model, missing);
    return model.filename().string() + " " + std::to_string(n_bytes) + " " +
           std::to_string(time.time_since_epoch().count());
}

nlohmann::json read(const std::filesystem::path& file) {
    std::ifstream in(file);
    auto json = nlohmann::json::parse(in, nullptr, false);
    return json.is_object() ? json : nlohmann::json::object();
}

}  // namespace

Result<ModelSpeed> measure_speed(const std::filesystem::path& model, int n_threads,
                                 const std::function<void(double)>& on_share,
                                 std::stop_token stop) {
    SessionOptions options;
    options.context = kContext;
    options.backend.n_threads = n_threads;
    on_share(0);
    LECTERN_ASSIGN(const auto session, ModelSession::load(model, options, stop));
    const auto ids = text_tokens(session->tokenizer(), kWarmRows + kReadRows + kWrittenRows);
    std::span<const TokenId> left(ids);
    const auto take = [&left](int n) {
        const auto piece = left.first(static_cast<std::size_t>(n));
        left = left.subspan(static_cast<std::size_t>(n));
        return piece;
    };
    if (session->context() < static_cast<int>(ids.size()) + session->cache().size())
        return fail(ErrorCode::kTooLong, "The model's context is too short to measure its speed.");
    LECTERN_TRY(run_rows(*session, take(kWarmRows), stop));
    on_share(0.3);
    const Stopwatch reading;
    for (int n = 0; n < kReadRows; n += kReadPiece) {
        LECTERN_TRY(run_rows(*session, take(kReadPiece), stop));
        on_share(0.3 + 0.4 * (n + kReadPiece) / kReadRows);
    }
    ModelSpeed speed;
    speed.read_tokens_per_s = 1000 * kReadRows / reading.ms();
    const Stopwatch writing;
    for (int n = 0; n < kWrittenRows; ++n) {
        LECTERN_TRY(run_rows(*session, take(1), stop));
        on_share(0.7 + 0.3 * (n + 1) / kWrittenRows);
    }
    speed.write_tokens_per_s = 1000 * kWrittenRows / writing.ms();
    return speed;
}

std::optional<ModelSpeed> kept_speed(const std::filesystem::path& file,
                                     const std::filesystem::path& model) {
    const nlohmann::json speeds = read(file);
    const auto found = speeds.find(key_of(model));
    if (found == speeds.end() || !found->is_object()) return std::nullopt;
    const ModelSpeed speed{found->value("read", 0.0), found->value("write", 0.0)};
    if (speed.read_tokens_per_s <= 0 || speed.write_tokens_per_s <= 0) return std::nullopt;
    return speed;
}

Status keep_speed(const std::filesystem::path& file, const std::filesystem::path& model,
                  const ModelSpeed& speed) {
    nlohmann::json speeds = read(file);
    speeds[key_of(model)] = {{"read", speed.read_tokens_per_s},
                             {"write", speed.write_tokens_per_s}};
    const std::string text = speeds.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
    LECTERN_TRY(posix_file_system().create_folder(file.parent_path()));
    return write_whole_file(file, {std::as_bytes(std::span(text))});
}

ModelSpeed scaled_speed(const ModelSpeed& measured, std::int64_t measured_bytes,
                        std::int64_t bytes) {
    const double share = static_cast<double>(measured_bytes) / static_cast<double>(bytes);
    return {measured.read_tokens_per_s * share, measured.write_tokens_per_s * share};
}

}  // namespace lectern
