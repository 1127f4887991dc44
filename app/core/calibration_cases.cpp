#include "app/core/calibration_cases.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "resources/calibration_cases.h"

namespace lectern {

std::vector<EvalCase> calibration_cases() {
    const auto json = nlohmann::json::parse(kCalibrationCases);
    std::map<std::string, EvalPassage> by_title;
    for (const auto& passage : json.at("passages")) {
        EvalPassage read{passage.at("title"), passage.at("text")};
        by_title.emplace(read.title, std::move(read));
    }
    std::vector<EvalCase> cases;
    for (const auto& entry : json.at("cases")) {
        EvalCase item{entry.at("question"), entry.at("answers"), {}, {}};
        for (const auto& title : entry.at("passages")) item.passages.push_back(by_title.at(title));
        cases.push_back(std::move(item));
    }
    return cases;
}

}  // namespace lectern
