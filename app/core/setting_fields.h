// Each setting by its key: what it may be, and how it is read and changed where its name is only
// known when the program runs (the settings file, the settings page).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/core/settings.h"
#include "engine/base/result.h"

namespace lectern {

using SettingValue = std::variant<bool, double, std::string>;

enum class SettingKind : std::uint8_t { kSwitch, kNumber, kChoice, kText };

struct SettingField {
    std::string key;  ///< as in the file
    SettingKind kind = SettingKind::kText;
    double least = 0, most = 0;        ///< kNumber
    bool is_whole = false;             ///< kNumber: without decimals
    bool zero_is_automatic = false;    ///< kNumber: 0 is allowed, too
    std::vector<std::string> choices;  ///< kChoice
    std::function<SettingValue(const Settings&)> get;
    /// kInvalidArgument says in a sentence what the value may be; nothing was changed.
    std::function<Status(Settings&, const SettingValue&)> set;
};

/// All settings, in the order of the struct. Any thread.
const std::vector<SettingField>& setting_fields();
/// nullptr: there is none of this key.
const SettingField* find_setting(std::string_view key);

}  // namespace lectern
