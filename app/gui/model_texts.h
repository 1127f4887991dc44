// Models' figures in words.
#pragma once

#include <QString>
#include <cstdint>

#include "app/core/model_shelf.h"

namespace lectern {

/// "98 MB", "1.1 GB", as the system writes numbers.
QString size_text(std::int64_t n_bytes);
/// "40 s", "3 min", "2 h".
QString time_text(double seconds);
/// Size, memory, disk of passages, licence.
QString figures_text(const ShelfModel& model);
/// As it was measured, estimated, or that it was neither; empty: it writes nothing.
QString speed_text(const ShelfModel& model);
QString progress_text(const DownloadProgress& progress);
/// The best model that fits, offered while documents are read.
QString offer_text(const ShelfModel& model);

}  // namespace lectern
