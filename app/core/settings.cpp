#include "app/core/settings.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "app/core/setting_fields.h"
#include "app/core/whole_file.h"
#include "engine/base/file_system.h"

namespace lectern {
namespace {

using nlohmann::json;

std::optional<SettingValue> value_of(const json& value) {
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value.get<double>();
    if (value.is_string()) return value.get<std::string>();
    return std::nullopt;
}

json json_of(const SettingField& field, const SettingValue& value) {
    const double* number = std::get_if<double>(&value);
    if (number != nullptr && field.is_whole) return static_cast<std::int64_t>(*number);
    return std::visit([](const auto& held) { return json(held); }, value);
}

std::string shown(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// An empty object where there is no file. kCorrupt: it is no JSON object.
Result<json> read(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error) && !error) return json::object();
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::kIo, "The settings in " + file.string() + " cannot be read.");
    json object = json::parse(in, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object())
        return fail(ErrorCode::kCorrupt, "The settings in " + file.string() + " are damaged.");
    return object;
}

/// The first name beside the file that nothing has.
std::filesystem::path name_to_set_aside(const std::filesystem::path& file) {
    std::error_code error;
    for (int n = 1;; ++n) {
        std::filesystem::path name = file;
        name += n == 1 ? ".broken" : ".broken-" + std::to_string(n);
        if (!std::filesystem::exists(name, error)) return name;
    }
}

/// The sentence that tells it.
std::string set_aside(const std::filesystem::path& file, const Error& broken) {
    const std::filesystem::path name = name_to_set_aside(file);
    const Status renamed = posix_file_system().rename(file, name);
    if (!renamed)
        return broken.text() +
               " They stay where they are, and all are as at the first "
               "start. " +
               renamed.error().text();
    return broken.text() + " They were set aside as " + name.filename().string() +
           ", and all are as at the first start.";
}

}  // namespace

LoadedSettings load_settings(const std::filesystem::path& file) {
    LoadedSettings loaded;
    const Result<json> object = read(file);
    if (!object) {
        loaded.problems.push_back(object.error().code == ErrorCode::kCorrupt
                                      ? set_aside(file, object.error())
                                      : object.error().text());
        return loaded;
    }
    for (const SettingField& field : setting_fields()) {
        const auto found = object->find(field.key);
        if (found == object->end()) continue;
        const std::optional<SettingValue> value = value_of(*found);
        const Status set = value ? field.set(loaded.settings, *value)
                                 : fail(ErrorCode::kInvalidArgument, "It is one value.");
        if (!set)
            loaded.problems.push_back("The setting " + field.key + " cannot be " + shown(*found) +
                                      ". " + set.error().text() + " Its default is used.");
    }
    return loaded;
}

Status save_settings(const std::filesystem::path& file, const Settings& settings) {
    LECTERN_ASSIGN(json object, read(file));
    for (const SettingField& field : setting_fields()) {
        const SettingValue value = field.get(settings);
        if (value == field.get(Settings{}))
            object.erase(field.key);
        else
            object[field.key] = json_of(field, value);
    }
    LECTERN_TRY(posix_file_system().create_folder(file.parent_path()));
    const std::string text = object.dump(1, ' ', false, json::error_handler_t::replace) + '\n';
    return write_whole_file(file, {std::as_bytes(std::span(text))});
}

}  // namespace lectern
