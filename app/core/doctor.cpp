#include "app/core/doctor.h"

#include <filesystem>
#include <fstream>

#include "app/core/catalogue.h"
#include "app/core/paths.h"
#include "engine/backend/cpu/cpu_backend.h"
#include "engine/base/thread_pool.h"

namespace lectern {
namespace {

std::string cpu_name() {
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);)
        if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
    return "unknown";
}

std::string instructions_name(CpuIsa isa) {
    switch (isa) {
        case CpuIsa::kScalar:
            return "no vector instructions";
        case CpuIsa::kAvx2:
            return "AVX2";
        case CpuIsa::kAvx512Vnni:
            return "AVX-512 VNNI";
    }
    return "unknown";
}

std::string model_or_reason(ModelRole role) {
    const auto found = find_model("", role);
    return found ? found->string() : found.error().text();
}

std::int64_t free_disk_bytes(std::filesystem::path folder) {
    std::error_code error;
    while (!std::filesystem::exists(folder, error) && folder.has_parent_path() &&
           folder != folder.root_path())
        folder = folder.parent_path();
    const std::filesystem::space_info space = std::filesystem::space(folder, error);
    return error ? 0 : static_cast<std::int64_t>(space.available);
}

}  // namespace

MachineReport examine_machine(int n_threads) {
    const std::unique_ptr<Backend> backend = make_cpu_backend({.n_threads = n_threads});
    MachineReport report;
    report.cpu = cpu_name();
    report.instructions = instructions_name(detect_cpu_isa());
    report.backend = backend->description();
    report.gpu = "The GPU is not used: this build computes on the CPU alone.";
    report.n_threads = n_threads > 0 ? n_threads : default_thread_count();
    report.memory_bytes = machine_memory_bytes();
    report.data_folder = data_folder().string();
    report.free_disk_bytes = free_disk_bytes(data_folder());
    report.answering_model = model_or_reason(ModelRole::kAnswering);
    report.embedder = model_or_reason(ModelRole::kEmbedder);
    return report;
}

}  // namespace lectern
