#include "app/core/profile.h"

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/core/fidelity_choice.h"
#include "app/core/profile_files.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

using namespace lectern;
using namespace lectern::test;
using nlohmann::json;

namespace {

const std::string kFingerprint = "00112233445566778899aabbccddeeff";

Profile sample() {
    return {.model = "tiny \"one\"",
            .fingerprint = kFingerprint,
            .kv_format = {KvPrecision::kInt8, KvPrecision::kInt4},
            .selector = "question",
            .correction = "pooled-affine",
            .sure_nats = 1.5,
            .learnt = std::make_shared<const LearntShift>(
                LearntShift{{2, 1, 2}, {0.25f, -1.0f, 0, 0}, {3, 2, 1, -0.004f}}),
            .n_cases = 12,
            .made_by = "lectern 0.1.0",
            .points = {{.ratio = 0.05,
                        .charged = 0.0625,
                        .kl_mean = 0.1,
                        .kl_upper = 0.15,
                        .kl_first = 0.3,
                        .top1 = 0.9},
                       {.ratio = 0.2,
                        .charged = 0.21,
                        .kl_mean = 1e-7,
                        .kl_upper = 0.02,
                        .kl_first = 0,
                        .top1 = 1}}};
}

/// The sample with one thing changed.
Result<Profile> with(const std::function<void(json&)>& change) {
    json object = json::parse(to_json_text(sample()));
    change(object);
    return parse_profile(object.dump());
}

void refused(const Result<Profile>& profile, ErrorCode code, const std::string& part) {
    INFO(part);
    REQUIRE_FALSE(profile);
    CHECK(profile.error().code == code);
    CHECK(profile.error().message.find(part) != std::string::npos);
    CHECK(profile.error().hint.find("lectern calibrate") != std::string::npos);
}

}  // namespace

TEST_CASE("a profile is read as it was written") {
    const auto read = parse_profile(to_json_text(sample()));
    REQUIRE(read);
    CHECK(to_json_text(*read) == to_json_text(sample()));
    CHECK(read->model == "tiny \"one\"");
    CHECK(read->fingerprint == kFingerprint);
    CHECK(read->kv_format == KvFormat(KvPrecision::kInt8, KvPrecision::kInt4));
    CHECK(read->sure_nats == 1.5);
    CHECK(read->n_cases == 12);
    REQUIRE(read->points.size() == 2);
    CHECK(read->points[0].charged == 0.0625);
    CHECK(read->points[1].kl_mean == 1e-7);
    CHECK(read->points[1].kl_upper == 0.02);
    CHECK(read->points[0].kl_first == 0.3);
    CHECK(read->points[0].top1 == 0.9);
}

TEST_CASE("a profile's shift is read to a 127th of its layer's largest") {
    const auto read = parse_profile(to_json_text(sample()));
    REQUIRE(read);
    const LearntShift& learnt = *read->learnt;
    CHECK(learnt.shape == KvShape{2, 1, 2});
    CHECK(learnt.k_of(0)[0] == Approx(0.25).margin(0.5 / 127));
    CHECK(learnt.k_of(0)[1] == -1.0f);
    CHECK(learnt.k_of(1)[0] == 0);
    CHECK(learnt.v_of(0)[0] == Approx(3));
    CHECK(learnt.v_of(1)[1] == Approx(-0.004).margin(0.5 / 127));
}

TEST_CASE("a shift that is not whole is refused") {
    const auto shift = [](const std::function<void(json&)>& change) {
        return with([&](json& profile) { change(profile["shift"]); });
    };
    const std::string part = "shift that is not whole";
    refused(with([](json& p) { p.erase("shift"); }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["n_layers"] = 3; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["head_dim"] = 0; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["head_dim"] = 1 << 30; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s.erase("v"); }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["k"].erase(1); }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["k"][0] = 7; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["k"][0]["step"] = "wide"; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["k"][0]["levels"].erase(0); }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["k"][0]["levels"][0] = 128; }), ErrorCode::kCorrupt, part);
    refused(shift([](json& s) { s["v"][1]["levels"][1] = 0.5; }), ErrorCode::kCorrupt, part);
    for (const json& level : {json(INT64_MIN), json(UINT64_MAX), json(-128)})
        refused(shift([&](json& s) { s["v"][1]["levels"][1] = level; }), ErrorCode::kCorrupt, part);
    for (const double step : {-1.0, 1e300})
        refused(shift([&](json& s) { s["v"][1]["step"] = step; }), ErrorCode::kCorrupt, part);
}

TEST_CASE("measurements are written to four digits") {
    Profile profile = sample();
    profile.points[0].kl_mean = 0.0123456789;
    CHECK(to_json_text(profile).find("\"kl_mean\":0.01235,") != std::string::npos);
}

TEST_CASE("text that is no profile is refused, whatever it is") {
    for (const char* text : {"", "{", "[]", "3", "null", "\xff\xfe"})
        refused(parse_profile(text), ErrorCode::kCorrupt, "not a JSON object");
    const std::string whole = to_json_text(sample());
    for (std::size_t n = 1; n + 2 < whole.size(); n += 7)
        CHECK_FALSE(parse_profile(std::string_view(whole).substr(0, n)));
}

TEST_CASE("every field of a profile must be there and be of its kind") {
    const json whole = json::parse(to_json_text(sample()));
    for (const auto& [name, value] : whole.items()) {
        INFO(name);
        CHECK_FALSE(with([&](json& object) { object.erase(name); }));
        CHECK_FALSE(with([&](json& object) { object[name] = json::object(); }));
    }
    for (const auto& [name, value] : whole["points"][0].items()) {
        INFO(name);
        CHECK_FALSE(with([&](json& object) { object["points"][1].erase(name); }));
        CHECK_FALSE(with([&](json& object) { object["points"][1][name] = "0.5"; }));
        CHECK_FALSE(with([&](json& object) { object["points"][1][name] = -0.5; }));
        CHECK_FALSE(with([&](json& object) { object["points"][1][name] = 1e9; }));
        CHECK_FALSE(with([&](json& object) { object["points"][1][name] = json(); }));
    }
}

TEST_CASE("a profile of another version, form or reading is not taken for one of ours") {
    refused(with([](json& o) { o["version"] = 1; }), ErrorCode::kUnsupported, "version 1");
    refused(with([](json& o) { o["version"] = 1.5; }), ErrorCode::kCorrupt, "version");
    refused(with([](json& o) { o["kv_format"] = "int3"; }), ErrorCode::kUnsupported, "int3");
    refused(with([](json& o) { o["selector"] = "oracle"; }), ErrorCode::kUnsupported, "oracle");
    refused(with([](json& o) { o["correction"] = "magic"; }), ErrorCode::kUnsupported, "magic");
    refused(with([](json& o) { o["n_cases"] = 0; }), ErrorCode::kCorrupt, "n_cases");
}

TEST_CASE("a profile's points ascend by ratio") {
    refused(with([](json& o) { o["points"] = json::array(); }), ErrorCode::kCorrupt, "no points");
    refused(with([](json& o) { o["points"][0] = 3; }), ErrorCode::kCorrupt, "not an object");
    refused(with([](json& o) { o["points"][0]["ratio"] = 0; }), ErrorCode::kCorrupt, "ascend");
    refused(with([](json& o) { o["points"][1]["ratio"] = 0.05; }), ErrorCode::kCorrupt, "ascend");
    refused(with([](json& o) { o["points"][0] = o["points"][1]; }), ErrorCode::kCorrupt, "ascend");
}

TEST_CASE("a profile is found by the model's fingerprint and the form of the stored KV") {
    const TempDir folder;
    const auto path = profile_path(folder.path() / "profiles", kFingerprint);
    CHECK_FALSE(find_profile(path.parent_path(), kFingerprint, sample().kv_format));
    REQUIRE(prepare_profile_folder(path));
    REQUIRE(write_profile(path, sample()));
    const auto found = find_profile(path.parent_path(), kFingerprint, sample().kv_format);
    REQUIRE(found);
    CHECK(to_json_text(*found) == to_json_text(sample()));
    CHECK_FALSE(find_profile(path.parent_path(), kFingerprint, KvPrecision::kF16));
    CHECK_FALSE(find_profile(path.parent_path(), std::string(32, '0'), sample().kv_format));

    Profile changed = sample();
    changed.n_cases = 3;
    REQUIRE(write_profile(path, changed));  // over the older one
    CHECK(find_profile(path.parent_path(), kFingerprint, sample().kv_format)->n_cases == 3);
}

TEST_CASE("a model's own profile goes before the one that came with the program") {
    constexpr const char* kStarterFingerprint = "cad35f5160155d0364482380d88bddf5";
    const auto shipped = find_shipped_profile(kStarterFingerprint, kDefaultKvFormat);
    REQUIRE(shipped);
    CHECK(shipped->n_cases >= 12);
    CHECK(shipped->points.size() >= 5);
    CHECK_FALSE(find_shipped_profile(kStarterFingerprint, KvPrecision::kF16));
    CHECK_FALSE(find_shipped_profile(kFingerprint, kDefaultKvFormat));

    const test::TempDir folder;
    CHECK(profile_of_model(folder.path(), kStarterFingerprint, kDefaultKvFormat)->n_cases ==
          shipped->n_cases);
    Profile own = *shipped;
    own.n_cases = 3;
    REQUIRE(write_profile(profile_path(folder.path(), kStarterFingerprint), own));
    CHECK(profile_of_model(folder.path(), kStarterFingerprint, kDefaultKvFormat)->n_cases == 3);
}

TEST_CASE("every profile that came with the program can be chosen from") {
    std::ifstream file(std::filesystem::path(LECTERN_SOURCE_DIR) / "resources/profiles.json");
    const json shipped = json::parse(file);
    REQUIRE(shipped.size() >= 2);
    for (const json& entry : shipped) {
        const auto profile = parse_profile(entry.dump());
        INFO(entry.dump());
        REQUIRE(profile);
        CHECK(choose(Fidelity::kFast, &*profile).fusion);
        CHECK_FALSE(choose(Fidelity::kExact, &*profile).fusion);
    }
}

TEST_CASE("a profile that cannot be used is passed over") {
    const TempDir folder;
    const auto path = profile_path(folder.path(), kFingerprint);
    Profile foreign = sample();
    foreign.fingerprint = std::string(32, 'f');
    REQUIRE(write_profile(path, foreign));
    CHECK_FALSE(find_profile(folder.path(), kFingerprint, sample().kv_format));

    std::ofstream(path) << to_json_text(sample()).substr(0, 200);
    CHECK_FALSE(find_profile(folder.path(), kFingerprint, sample().kv_format));
    const auto torn = read_profile(path);
    REQUIRE_FALSE(torn);
    CHECK(torn.error().message.find(path.filename().string()) == 0);

    std::filesystem::remove(path);
    std::filesystem::create_directory(path);
    CHECK_FALSE(find_profile(folder.path(), kFingerprint, sample().kv_format));
}

TEST_CASE("a profile that cannot be written says so and leaves the older one whole") {
    const TempDir folder;
    CHECK_FALSE(write_profile(folder / "no such folder/profile.json", sample()));
    const auto path = folder / "profile.json";
    REQUIRE(write_profile(path, sample()));
    std::filesystem::create_directories(folder / "profile.json.tmp/in the way");
    CHECK_FALSE(write_profile(path, sample()));
    CHECK(read_profile(path));
}
