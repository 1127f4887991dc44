// What a person chose for the application, in one struct, kept in one JSON file. What belongs to a
// library (the budget and the policy of passages' caches) is kept in it: kv_settings.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/core/fidelity_choice.h"
#include "engine/base/result.h"
#include "engine/kv/kv_format.h"

namespace lectern {

enum class Theme : std::uint8_t { kSystem, kLight, kDark };
enum class Motion : std::uint8_t { kSystem, kNone };

struct Settings {
    Theme theme = Theme::kSystem;
    int text_size_percent = 100;  ///< of the system's font: 80 to 200
    Motion motion = Motion::kSystem;

    std::string model;       ///< catalogue name or path; empty: the best one that fits
    int context = 0;         ///< tokens; 0: as many as the model and the memory allow
    double temperature = 0;  ///< 0: always the likeliest token; at most 2
    int top_k = 6;           ///< passages read for a question
    int max_tokens = 512;    ///< of an answer
    Fidelity fidelity = Fidelity::kBalanced;
    KvFormat kv_format = kDefaultKvFormat;  ///< of passages' caches that are stored from now on
    int threads = 0;                        ///< to compute with; 0: as many as are worth it here
    bool repairs_on_battery = false;        ///< work nobody waits for is done there, too

    bool offline = false;          ///< no access to any network, whatever is asked for
    std::string proxy = "system";  ///< "none", "system", or a URL: http, https or socks5

    bool operator==(const Settings&) const = default;
};

struct LoadedSettings {
    Settings settings;
    /// A sentence each: what could not be used, and what is used instead.
    std::vector<std::string> problems;
};

/// A file that is not there means the defaults. So does a value of another kind or out of its
/// range, and a file that is no JSON, which is set aside under another name.
LoadedSettings load_settings(const std::filesystem::path& file);

/// Keeps what differs from the defaults, and what the file has beyond what is known here. Makes the
/// folder. The file is whole, or what it was. kCorrupt: what is there is no JSON (load_settings
/// sets it aside), kIo, kDiskFull, kReadOnly. One writer at a time.
Status save_settings(const std::filesystem::path& file, const Settings& settings);

}  // namespace lectern
