// How fast a model reads and writes on this machine: a short measurement, kept in one JSON file.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>

#include "engine/base/result.h"

namespace lectern {

struct ModelSpeed {
    double read_tokens_per_s = 0;
    double write_tokens_per_s = 0;
};

/// Loads the model for itself and runs it on built-in text: some seconds. on_share: 0…1. Errors as
/// ModelSession::load; kCancelled within a layer. Any thread.
Result<ModelSpeed> measure_speed(const std::filesystem::path& model, int n_threads,
                                 const std::function<void(double)>& on_share, std::stop_token stop);

/// As it was measured of this very file (by name, size and time); nothing: it was not measured.
std::optional<ModelSpeed> kept_speed(const std::filesystem::path& file,
                                     const std::filesystem::path& model);

/// One writer at a time. kIo, kDiskFull, kReadOnly.
Status keep_speed(const std::filesystem::path& file, const std::filesystem::path& model,
                  const ModelSpeed& speed);

/// Of a model that was not measured, from one that was: time grows with the bytes of the weights.
ModelSpeed scaled_speed(const ModelSpeed& measured, std::int64_t measured_bytes,
                        std::int64_t bytes);

}  // namespace lectern
