// The settings as a person reads them: what each is called, what it does, and what it may be.
#pragma once

#include <QString>
#include <QVariant>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/core/setting_fields.h"

namespace lectern {

/// A value that can be chosen, and how it is said.
struct SettingStop {
    QVariant value;
    QString text;
};

struct SettingEntry {
    enum Kind : std::uint8_t { Switch, Choice, Stepper, Text, Fact };

    QString id;
    QString group;
    bool expert = false;
    QString title;
    QString sentence;  ///< what it does; of a fact: what there is to know
    Kind kind = Text;
    std::vector<SettingStop> stops{};  ///< Choice: any order; Stepper: from least to most
    QVariant fallback{};               ///< the default
    QString unset{};                   ///< Text: what an empty one means

    /// The stop of this value, −1: it has none.
    int stop_of(const QVariant& value) const;
    /// As a person reads it, whether it has a stop or not.
    QString text_of(const QVariant& value) const;
};

/// What the entries name of this machine.
struct SettingFacts {
    struct Model {
        std::string name, title;  ///< of the catalogue
    };
    std::vector<Model> models;  ///< that are installed and answer
    int n_threads = 1;          ///< that it has
    std::string gpu;            ///< whether it is used and, if not, why
};

/// All of them, in the order of the page.
std::vector<SettingEntry> setting_entries(const SettingFacts& facts);

/// Ids of those that the library keeps, not the settings file.
inline constexpr const char* kKvPolicyId = "kv_policy";
inline constexpr const char* kKvBudgetId = "kv_budget";

QVariant to_variant(const SettingValue& value);
/// Nothing where no setting has such a value.
std::optional<SettingValue> from_variant(const QVariant& value);

}  // namespace lectern
