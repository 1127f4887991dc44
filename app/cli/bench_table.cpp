#include "app/cli/bench_table.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "app/core/doctor.h"

namespace lectern {
namespace {

/// What stands in a column that a row has nothing for: blanks.
std::string cell(bool has, const char* format, double value) {
    if (!has) return "";
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

void print_row(const BenchRow& row, const MachinePeak& peak) {
    const bool timed = !row.ms.empty();
    const double share = share_of_limit(row, peak);
    std::string line(160, '\0');
    line.resize(static_cast<std::size_t>(std::snprintf(
        line.data(), line.size(), "%-28s %8s %10s %10s %12s %9s  ", row.what.c_str(),
        cell(row.n_tokens > 0, "%.0f", row.n_tokens).c_str(),
        cell(timed, "%.1f", row.ms_min).c_str(), cell(timed, "%.1f", row.ms_p50).c_str(),
        cell(timed, "%.1f", row.tokens_per_s).c_str(),
        cell(share > 0, "%.0f %%", 100 * share).c_str())));
    line += row.note;
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("%s\n", line.c_str());
}

/// A column a row, a line a phase, in ms.
void print_phases(const std::vector<BenchRow>& rows) {
    std::vector<const BenchRow*> with_phases;
    std::vector<std::string> names;
    for (const BenchRow& row : rows) {
        if (row.phases.empty()) continue;
        with_phases.push_back(&row);
        for (const PhaseTime& phase : row.phases)
            if (std::find(names.begin(), names.end(), phase.name) == names.end())
                names.push_back(phase.name);
    }
    if (with_phases.empty()) return;
    if (const auto rest = std::find(names.begin(), names.end(), "rest"); rest != names.end())
        std::rotate(rest, rest + 1, names.end());
    std::printf("\n%-12s", "phase, ms");
    for (const BenchRow* row : with_phases) std::printf(" %24s", row->what.c_str());
    for (const std::string& name : names) {
        std::printf("\n%-12s", name.c_str());
        for (const BenchRow* row : with_phases) {
            const auto phase = std::find_if(row->phases.begin(), row->phases.end(),
                                            [&](const PhaseTime& p) { return p.name == name; });
            std::printf(" %24s", cell(phase != row->phases.end(), "%.1f",
                                      phase != row->phases.end() ? phase->ms : 0)
                                     .c_str());
        }
    }
    std::printf("\n");
}

}  // namespace

void print_bench_table(const std::vector<BenchRow>& rows, const MachinePeak& peak) {
    std::printf("%s, %d threads; limits measured now: ",
                examine_machine(rows.front().n_threads).cpu.c_str(), rows.front().n_threads);
    if (peak.int8_ops > 0) std::printf("%.0f int8 GOP/s, ", peak.int8_ops / 1e9);
    std::printf("%.1f GB/s from memory\n%-28s %8s %10s %10s %12s %9s\n", peak.read_bytes / 1e9,
                "what", "tokens", "ms (min)", "ms (p50)", "per second", "of limit");
    std::string group;
    for (const BenchRow& row : rows) {
        const std::string of = row.model.empty() ? row.device : row.model + " · " + row.device;
        if (of != group) std::printf("%s\n", of.c_str());
        group = of;
        print_row(row, peak);
    }
    print_phases(rows);
}

nlohmann::json bench_json(const std::vector<BenchRow>& rows, const MachinePeak& peak) {
    nlohmann::json json = nlohmann::json::array();
    for (const BenchRow& row : rows) {
        const double share = share_of_limit(row, peak);
        nlohmann::json object{{"what", row.what},
                              {"model", row.model},
                              {"device", row.device},
                              {"threads", row.n_threads},
                              {"tokens", row.n_tokens},
                              {"tokens_per_s", row.tokens_per_s},
                              {"ms_p50", row.ms_p50},
                              {"ms_min", row.ms_min},
                              {"share_of_limit", nullptr},
                              {"limit_int8_ops", peak.int8_ops},
                              {"limit_read_bytes", peak.read_bytes},
                              {"ms", row.ms}};
        if (share > 0) object["share_of_limit"] = share;
        for (const BenchFigure& figure : row.figures) object[figure.name] = figure.value;
        for (const PhaseTime& phase : row.phases) object["phases_ms"][phase.name] = phase.ms;
        json.push_back(std::move(object));
    }
    return json;
}

}  // namespace lectern
