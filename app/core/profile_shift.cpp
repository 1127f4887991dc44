#include "app/core/profile_shift.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

namespace lectern {
namespace {

using nlohmann::json;

constexpr int kLevels = 127;
constexpr double kLargestStep = 1e6;
constexpr int kMostLayers = 1024, kMostElements = 1 << 16;

tl::unexpected<Error> corrupt() {
    return fail(ErrorCode::kCorrupt, "The profile has a shift that is not whole.",
                "Measure the model again with lectern calibrate.");
}

std::string layer_text(std::span<const float> channels) {
    float largest = 0;
    for (const float x : channels) largest = std::max(largest, std::abs(x));
    const float step = largest / kLevels;
    std::vector<int> levels;
    for (const float x : channels)
        levels.push_back(step > 0 ? static_cast<int>(std::lround(x / step)) : 0);
    return json{{"step", step}, {"levels", levels}}.dump();
}

std::string part_text(const LearntShift& shift, bool of_keys) {
    std::string text = "[";
    for (int layer = 0; layer < shift.shape.n_layers; ++layer) {
        text += layer == 0 ? "\n    " : ",\n    ";
        text += layer_text(of_keys ? shift.k_of(layer) : shift.v_of(layer));
    }
    return text + "]";
}

/// A layer's channels, behind what is there; false where it is not whole.
bool take_layer(const json& layer, std::size_t n_channels, std::vector<float>& channels) {
    if (!layer.is_object() || !layer.contains("step") || !layer.contains("levels")) return false;
    const json& levels = layer["levels"];
    const double step = layer["step"].is_number() ? layer["step"].get<double>() : -1;
    if (!(step >= 0 && step <= kLargestStep)) return false;
    if (!levels.is_array() || levels.size() != n_channels) return false;
    for (const json& level : levels) {
        const double q = level.is_number_integer() ? level.get<double>() : kLevels + 1;
        if (std::abs(q) > kLevels) return false;
        channels.push_back(static_cast<float>(q * step));
    }
    return true;
}

bool take_part(const json& object, const char* name, const KvShape& shape,
               std::vector<float>& channels) {
    const auto part = object.find(name);
    if (part == object.end() || !part->is_array() ||
        part->size() != static_cast<std::size_t>(shape.n_layers))
        return false;
    return std::all_of(part->begin(), part->end(), [&](const json& layer) {
        return take_layer(layer, static_cast<std::size_t>(shape.row_elements()), channels);
    });
}

/// 0 where there is none, or one out of range.
int count_of(const json& object, const char* name, int most) {
    const auto at = object.find(name);
    if (at == object.end() || !at->is_number_integer()) return 0;
    const auto n = at->get<std::int64_t>();
    return n >= 1 && n <= most ? static_cast<int>(n) : 0;
}

}  // namespace

std::string shift_text(const LearntShift& shift) {
    const KvShape& shape = shift.shape;
    std::string text = json{
        {"n_layers", shape.n_layers},
        {"n_kv_heads", shape.n_kv_heads},
        {"head_dim",
         shape.head_dim}}.dump();
    text.pop_back();
    text += ",\n  \"k\": " + part_text(shift, true);
    return text + ",\n  \"v\": " + part_text(shift, false) + "}";
}

Result<LearntShift> shift_of(const json& object) {
    if (!object.is_object()) return corrupt();
    LearntShift shift;
    shift.shape = {count_of(object, "n_layers", kMostLayers),
                   count_of(object, "n_kv_heads", kMostElements),
                   count_of(object, "head_dim", kMostElements)};
    if (shift.shape.n_layers == 0 || shift.shape.row_elements() == 0 ||
        shift.shape.row_elements() > kMostElements)
        return corrupt();
    if (!take_part(object, "k", shift.shape, shift.k) ||
        !take_part(object, "v", shift.shape, shift.v))
        return corrupt();
    return shift;
}

}  // namespace lectern
