#include "app/core/setting_fields.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <type_traits>

#include "engine/base/listed.h"

namespace lectern {
namespace {

template <class T>
struct NamedValue {
    std::string_view name;
    T value;
};

constexpr NamedValue<Theme> kThemes[] = {
    {"system", Theme::kSystem}, {"light", Theme::kLight}, {"dark", Theme::kDark}};
constexpr NamedValue<Motion> kMotions[] = {{"system", Motion::kSystem}, {"none", Motion::kNone}};
constexpr NamedValue<Fidelity> kFidelities[] = {
    {"fast", Fidelity::kFast}, {"balanced", Fidelity::kBalanced}, {"exact", Fidelity::kExact}};
constexpr NamedValue<KvFormat> kKvFormats[] = {
    {"int8:int4", {KvPrecision::kInt8, KvPrecision::kInt4}},
    {"int4", KvPrecision::kInt4},
    {"int8", KvPrecision::kInt8},
    {"f16", KvPrecision::kF16}};

struct Range {
    double least = 0, most = 0;
    bool zero_is_automatic = false;
};

std::string text_of(double number) {
    std::string text = std::to_string(number);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

tl::unexpected<Error> refuse(const std::string& what_it_may_be) {
    return fail(ErrorCode::kInvalidArgument, what_it_may_be);
}

SettingField switch_field(const char* key, bool Settings::*member) {
    SettingField field{
        .key = key, .kind = SettingKind::kSwitch, .choices = {}, .get = {}, .set = {}};
    field.get = [member](const Settings& settings) { return settings.*member; };
    field.set = [member](Settings& settings, const SettingValue& value) -> Status {
        const bool* given = std::get_if<bool>(&value);
        if (given == nullptr) return refuse("It is on or off.");
        settings.*member = *given;
        return {};
    };
    return field;
}

template <class T>
SettingField number_field(const char* key, T Settings::*member, Range range) {
    SettingField field{.key = key,
                       .kind = SettingKind::kNumber,
                       .least = range.least,
                       .most = range.most,
                       .is_whole = std::is_integral_v<T>,
                       .zero_is_automatic = range.zero_is_automatic,
                       .choices = {},
                       .get = {},
                       .set = {}};
    field.get = [member](const Settings& settings) {
        return static_cast<double>(settings.*member);
    };
    field.set = [member, range](Settings& settings, const SettingValue& value) -> Status {
        const double* given = std::get_if<double>(&value);
        const bool fits = given != nullptr && *given >= range.least && *given <= range.most;
        const bool is_automatic = given != nullptr && *given == 0 && range.zero_is_automatic;
        const bool is_kind =
            given != nullptr && (!std::is_integral_v<T> || *given == std::floor(*given));
        if (!is_kind || !(fits || is_automatic))
            return refuse(std::string("It is a ") + (std::is_integral_v<T> ? "whole " : "") +
                          "number from " + text_of(range.least) + " to " + text_of(range.most) +
                          (range.zero_is_automatic ? ", or 0." : "."));
        settings.*member = static_cast<T>(*given);
        return {};
    };
    return field;
}

template <class T, std::size_t n>
SettingField choice_field(const char* key, T Settings::*member, const NamedValue<T> (&known)[n]) {
    const std::span<const NamedValue<T>> values(known);
    SettingField field{
        .key = key, .kind = SettingKind::kChoice, .choices = {}, .get = {}, .set = {}};
    for (const NamedValue<T>& value : values) field.choices.emplace_back(value.name);
    field.get = [member, values](const Settings& settings) {
        const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
            return value.value == settings.*member;
        });
        return std::string(found == values.end() ? values.front().name : found->name);
    };
    field.set = [member, values, choices = field.choices](Settings& settings,
                                                          const SettingValue& value) -> Status {
        const std::string* given = std::get_if<std::string>(&value);
        for (const NamedValue<T>& candidate : values) {
            if (given == nullptr || candidate.name != *given) continue;
            settings.*member = candidate.value;
            return {};
        }
        return refuse("It is one of " + listed(choices) + ".");
    };
    return field;
}

SettingField text_field(const char* key, std::string Settings::*member,
                        std::function<std::string(const std::string&)> problem_of) {
    SettingField field{.key = key, .kind = SettingKind::kText, .choices = {}, .get = {}, .set = {}};
    field.get = [member](const Settings& settings) { return settings.*member; };
    field.set = [member, problem_of = std::move(problem_of)](Settings& settings,
                                                             const SettingValue& value) -> Status {
        const std::string* given = std::get_if<std::string>(&value);
        if (given == nullptr) return refuse("It is a text.");
        if (const std::string problem = problem_of(*given); !problem.empty())
            return refuse(problem);
        settings.*member = *given;
        return {};
    };
    return field;
}

std::string problem_of_proxy(const std::string& proxy) {
    if (proxy == "none" || proxy == "system") return {};
    for (const std::string_view scheme : {"http://", "https://", "socks5://"})
        if (proxy.starts_with(scheme) && proxy.size() > scheme.size() &&
            proxy.find(' ') == std::string::npos)
            return {};
    return "It is none, system, or a URL such as http://proxy.example:3128.";
}

}  // namespace

const std::vector<SettingField>& setting_fields() {
    using S = Settings;
    static const std::vector<SettingField> kFields = {
        choice_field("theme", &S::theme, kThemes),
        number_field("text_size_percent", &S::text_size_percent, {80, 200}),
        choice_field("motion", &S::motion, kMotions),
        text_field("model", &S::model, [](const std::string&) { return std::string(); }),
        number_field("context", &S::context, {1024, 131072, true}),
        number_field("temperature", &S::temperature, {0, 2}),
        number_field("top_k", &S::top_k, {1, 50}),
        number_field("max_tokens", &S::max_tokens, {64, 8192}),
        choice_field("fidelity", &S::fidelity, kFidelities),
        choice_field("kv_precision", &S::kv_format, kKvFormats),
        number_field("threads", &S::threads, {1, 256, true}),
        switch_field("repairs_on_battery", &S::repairs_on_battery),
        switch_field("offline", &S::offline),
        text_field("proxy", &S::proxy, problem_of_proxy),
    };
    return kFields;
}

const SettingField* find_setting(std::string_view key) {
    for (const SettingField& field : setting_fields())
        if (field.key == key) return &field;
    return nullptr;
}

}  // namespace lectern
