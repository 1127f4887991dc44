#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/chosen_defaults.h"
#include "app/cli/command_line.h"
#include "app/core/doctor.h"

namespace lectern {
namespace {

int run_doctor(const CommonOptions& common) {
    const MachineReport r = examine_machine(common.threads);
    if (common.json) {
        print_json({{"cpu", r.cpu},
                    {"instructions", r.instructions},
                    {"backend", r.backend},
                    {"gpu", r.gpu},
                    {"threads", r.n_threads},
                    {"memory_bytes", r.memory_bytes},
                    {"free_disk_bytes", r.free_disk_bytes},
                    {"data_folder", r.data_folder},
                    {"model", r.answering_model},
                    {"embedder", r.embedder}});
        return 0;
    }
    std::printf("CPU        %s, %s, %d threads\n", r.cpu.c_str(), r.instructions.c_str(),
                r.n_threads);
    std::printf("memory     %.1f GB\n", r.memory_bytes / 1e9);
    std::printf("disk       %.1f GB free at %s\n", r.free_disk_bytes / 1e9, r.data_folder.c_str());
    std::printf("backend    %s\n", r.backend.c_str());
    std::printf("GPU        %s\n", r.gpu.c_str());
    std::printf("model      %s\n", r.answering_model.c_str());
    std::printf("embedder   %s\n", r.embedder.c_str());
    return 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, CommandLine& line) {
    CLI::App* command =
        app.add_subcommand("doctor", "What this machine has and what is used of it");
    command->callback([&app, command, &line] {
        take_chosen(app, *command, line.common);
        line.run = [&line](std::stop_token) { return run_doctor(line.common); };
    });
}

}  // namespace lectern
