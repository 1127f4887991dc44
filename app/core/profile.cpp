#include "app/core/profile.h"

#include <array>
#include <cassert>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/core/profile_shift.h"
#include "engine/fusion/fusion_settings.h"

namespace lectern {
namespace {

using nlohmann::json;

constexpr int kVersion = 2;  ///< of the form

tl::unexpected<Error> corrupt(const std::string& what) {
    return fail(ErrorCode::kCorrupt, "The profile " + what + ".",
                "Measure the model again with lectern calibrate.");
}

tl::unexpected<Error> unsupported(const std::string& what) {
    return fail(ErrorCode::kUnsupported, "The profile " + what + ".",
                "Measure the model again with lectern calibrate.");
}

Result<std::string> text_of(const json& object, const char* field) {
    const auto at = object.find(field);
    if (at == object.end() || !at->is_string() || at->get_ref<const std::string&>().empty())
        return corrupt(std::string("has no text \"") + field + "\"");
    return at->get<std::string>();
}

struct Range {
    double low = 0, high = 0;
};

constexpr Range kShare{0, 1}, kNats{0, 1e3};

Result<double> number_of(const json& object, const char* field, Range range) {
    const auto at = object.find(field);
    if (at == object.end() || !at->is_number())
        return corrupt(std::string("has no number \"") + field + "\"");
    const auto value = at->get<double>();
    if (!(value >= range.low && value <= range.high))
        return corrupt(std::string("has a \"") + field + "\" out of range");
    return value;
}

Result<ProfilePoint> point_of(const json& object) {
    if (!object.is_object()) return corrupt("has a point that is not an object");
    ProfilePoint point;
    LECTERN_ASSIGN(point.ratio, number_of(object, "ratio", kShare));
    LECTERN_ASSIGN(point.charged, number_of(object, "charged", {0, 10}));
    LECTERN_ASSIGN(point.kl_mean, number_of(object, "kl_mean", kNats));
    LECTERN_ASSIGN(point.kl_upper, number_of(object, "kl_upper", kNats));
    LECTERN_ASSIGN(point.kl_first, number_of(object, "kl_first", kNats));
    LECTERN_ASSIGN(point.top1, number_of(object, "top1", kShare));
    return point;
}

Result<std::vector<ProfilePoint>> points_of(const json& object) {
    const auto list = object.find("points");
    if (list == object.end() || !list->is_array() || list->empty()) return corrupt("has no points");
    std::vector<ProfilePoint> points;
    for (const json& entry : *list) {
        LECTERN_ASSIGN(const ProfilePoint point, point_of(entry));
        if (point.ratio <= (points.empty() ? 0 : points.back().ratio))
            return corrupt("has points that do not ascend by ratio");
        points.push_back(point);
    }
    return points;
}

/// The names must mean something to this program.
Status check_reading(const Profile& profile) {
    const auto fusion = make_fusion({.selector = profile.selector,
                                     .correction = profile.correction,
                                     .ratio = 0.5,
                                     .sure_nats = profile.sure_nats,
                                     .learnt = profile.learnt},
                                    0);
    if (fusion) return {};
    return unsupported("is of a reading that this version does not have (" +
                       fusion.error().message + ")");
}

/// To four digits: more are noise.
double rounded(double value) {
    std::array<char, 32> text{};
    char* end = std::to_chars(text.begin(), text.end(), value, std::chars_format::general, 4).ptr;
    double read = 0;
    std::from_chars(text.begin(), end, read);
    return read;
}

}  // namespace

Result<Profile> parse_profile(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (object.is_discarded() || !object.is_object()) return corrupt("is not a JSON object");
    const auto version = object.find("version");
    if (version == object.end() || !version->is_number_integer()) return corrupt("has no version");
    if (*version != kVersion)
        return unsupported("is of version " + version->dump() + ", not " +
                           std::to_string(kVersion));
    Profile profile;
    LECTERN_ASSIGN(profile.model, text_of(object, "model"));
    LECTERN_ASSIGN(profile.fingerprint, text_of(object, "fingerprint"));
    LECTERN_ASSIGN(const std::string format, text_of(object, "kv_format"));
    const auto kv_format = parse_kv_format(format);
    if (!kv_format) return unsupported("is of an unknown KV format, " + format);
    profile.kv_format = *kv_format;
    LECTERN_ASSIGN(profile.selector, text_of(object, "selector"));
    LECTERN_ASSIGN(profile.correction, text_of(object, "correction"));
    LECTERN_ASSIGN(profile.sure_nats, number_of(object, "sure_nats", kNats));
    LECTERN_ASSIGN(LearntShift learnt, shift_of(object.value("shift", json())));
    profile.learnt = std::make_shared<const LearntShift>(std::move(learnt));
    LECTERN_TRY(check_reading(profile));
    LECTERN_ASSIGN(const double n_cases, number_of(object, "n_cases", {1, 1e6}));
    profile.n_cases = static_cast<int>(n_cases);
    LECTERN_ASSIGN(profile.made_by, text_of(object, "made_by"));
    LECTERN_ASSIGN(profile.points, points_of(object));
    return profile;
}

std::string to_json_text(const Profile& profile) {
    assert(profile.learnt);
    nlohmann::ordered_json head = {{"version", kVersion},
                                   {"model", profile.model},
                                   {"fingerprint", profile.fingerprint},
                                   {"kv_format", name_of(profile.kv_format)},
                                   {"selector", profile.selector},
                                   {"correction", profile.correction},
                                   {"sure_nats", profile.sure_nats},
                                   {"n_cases", profile.n_cases},
                                   {"made_by", profile.made_by}};
    std::string text = head.dump(2, ' ', false, json::error_handler_t::replace);
    text.erase(text.rfind("\n}"));
    text += ",\n  \"points\": [";
    const char* separator = "\n    ";
    for (const ProfilePoint& point : profile.points) {
        const nlohmann::ordered_json line = {{"ratio", point.ratio},
                                             {"charged", rounded(point.charged)},
                                             {"kl_mean", rounded(point.kl_mean)},
                                             {"kl_upper", rounded(point.kl_upper)},
                                             {"kl_first", rounded(point.kl_first)},
                                             {"top1", rounded(point.top1)}};
        text += separator + line.dump();
        separator = ",\n    ";
    }
    return text + "\n  ],\n  \"shift\": " + shift_text(*profile.learnt) + "\n}\n";
}

}  // namespace lectern
