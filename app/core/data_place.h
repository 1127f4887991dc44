// Where a person's data lies, what of it there is, and how much each part takes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lectern {

/// Whether an entry of the data folder with this name was made by this program.
bool is_own_data(std::string_view name);
/// As is_own_data, of the configuration folder.
bool is_own_configuration(std::string_view name);

enum class DataKind : std::uint8_t { kTexts, kVectors, kKv, kChats, kModels, kOther };

struct DataPart {
    DataKind kind = DataKind::kOther;
    std::int64_t n_bytes = 0;
};

/// The parts of a data folder, kOther last, and of a models folder that lies elsewhere. What cannot
/// be read counts nothing. Any thread; takes as long as looking at every file.
std::vector<DataPart> measure_data(const std::filesystem::path& data,
                                   const std::filesystem::path& models, std::stop_token stop);

/// kNotFound where the data was moved to a folder that is not there now, on a drive that is not
/// connected, say: nothing must be made in its place.
Status check_data_folder();

}  // namespace lectern
