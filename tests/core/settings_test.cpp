// What was chosen survives the program, whatever became of its file.
#include "app/core/settings.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "app/core/setting_fields.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
using nlohmann::json;

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
}

json read(const std::filesystem::path& file) { return json::parse(std::ifstream(file)); }

/// None as by default.
Settings all_changed() {
    Settings settings;
    settings.theme = Theme::kDark;
    settings.text_size_percent = 150;
    settings.motion = Motion::kNone;
    settings.model = "/models/other.gguf";
    settings.context = 4096;
    settings.temperature = 0.7;
    settings.top_k = 9;
    settings.max_tokens = 900;
    settings.fidelity = Fidelity::kExact;
    settings.kv_format = KvPrecision::kF16;
    settings.threads = 3;
    settings.repairs_on_battery = true;
    settings.offline = true;
    settings.language = "de";
    settings.proxy = "http://proxy.example:3128";
    return settings;
}

}  // namespace

TEST_CASE("settings are what they were when they are loaded again") {
    const TempDir folder;
    const auto file = folder / "new" / "settings.json";
    CHECK(load_settings(file).settings == Settings{});
    REQUIRE(save_settings(file, all_changed()));
    const LoadedSettings loaded = load_settings(file);
    CHECK(loaded.problems.empty());
    CHECK(loaded.settings == all_changed());
    CHECK(read(file).size() == setting_fields().size());  // and none of them was forgotten above
    CHECK_FALSE(std::filesystem::exists(folder / "new" / "settings.json.tmp"));
}

TEST_CASE("only what was changed is in the settings file, and what is not known stays there") {
    const TempDir folder;
    const auto file = folder / "settings.json";
    write(file, R"({"theme": "dark", "threads": 3, "of_a_newer_version": {"kept": [1, 2]}})");
    Settings settings = load_settings(file).settings;
    CHECK(settings.theme == Theme::kDark);
    settings.theme = Theme::kSystem;
    settings.temperature = 0.5;
    REQUIRE(save_settings(file, settings));
    CHECK(read(file) ==
          json({{"threads", 3}, {"temperature", 0.5}, {"of_a_newer_version", {{"kept", {1, 2}}}}}));
}

TEST_CASE("a value that cannot be is told in a sentence, and its default is used") {
    const TempDir folder;
    const auto file = folder / "settings.json";
    write(file, R"({"text_size_percent": 1000, "theme": "mauve", "offline": "yes", "context": 12.5,
                    "temperature": [1], "proxy": "ftp://here", "threads": 2})");
    const LoadedSettings loaded = load_settings(file);
    CHECK(
        loaded.problems ==
        std::vector<std::string>{
            "The setting theme cannot be \"mauve\". It is one of system, light, dark. Its default "
            "is used.",
            "The setting text_size_percent cannot be 1000. It is a whole number from 80 to 200. "
            "Its default is used.",
            "The setting context cannot be 12.5. It is a whole number from 1024 to 131072, or 0. "
            "Its default is used.",
            "The setting temperature cannot be [1]. It is one value. Its default is used.",
            "The setting offline cannot be \"yes\". It is on or off. Its default is used.",
            "The setting proxy cannot be \"ftp://here\". It is none, system, or a URL such as "
            "http://proxy.example:3128. Its default is used."});
    Settings expected;
    expected.threads = 2;
    CHECK(loaded.settings == expected);
}

TEST_CASE("a broken settings file is set aside and told, and no earlier one is lost") {
    const TempDir folder;
    const auto file = folder / "settings.json";
    for (const char* name : {"settings.json.broken", "settings.json.broken-2"}) {
        write(file, std::string("{\"theme\": ") + name);
        REQUIRE_FALSE(save_settings(file, Settings{}));  // nothing is written over it
        const LoadedSettings loaded = load_settings(file);
        CHECK(loaded.settings == Settings{});
        REQUIRE(loaded.problems.size() == 1);
        CHECK(loaded.problems[0].find("are damaged. They were set aside as " + std::string(name) +
                                      ",") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(file));
        std::string kept;
        std::getline(std::ifstream(folder / name), kept);
        CHECK(kept == std::string("{\"theme\": ") + name);
        REQUIRE(save_settings(file, all_changed()));
        CHECK(load_settings(file).settings == all_changed());
    }
}

TEST_CASE("a settings file that is no object, or empty, is broken") {
    const TempDir folder;
    for (const char* text : {"", "[1, 2]", "7", "\xff\xfe"}) {
        write(folder / "settings.json", text);
        CHECK(load_settings(folder / "settings.json").problems.size() == 1);
    }
}

TEST_CASE("settings are described once each, and a field takes what it gives") {
    std::set<std::string> keys;
    for (const SettingField& field : setting_fields()) {
        INFO(field.key);
        CHECK(keys.insert(field.key).second);
        CHECK(find_setting(field.key) == &field);
        Settings settings;
        CHECK(field.set(settings, field.get(all_changed())));
        CHECK(field.get(settings) == field.get(all_changed()));
        CHECK(field.get(settings) != field.get(Settings{}));
        for (const std::string& choice : field.choices) {
            CHECK(field.set(settings, choice));
            CHECK(field.get(settings) == SettingValue(choice));
        }
    }
    CHECK(find_setting("none of them") == nullptr);
}
