// What this machine has and what is used of it, in plain words.
#pragma once

#include <cstdint>
#include <string>

namespace lectern {

struct MachineReport {
    std::string cpu;           ///< model name
    std::string instructions;  ///< the widest set used: "AVX-512 VNNI", …
    std::string backend;       ///< description of the backend in use
    std::string gpu;           ///< why the GPU is not used
    int n_threads = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t free_disk_bytes = 0;  ///< where the data lies
    std::string data_folder;
    std::string answering_model;  ///< path, or why there is none
    std::string embedder;
};

MachineReport examine_machine(int n_threads);

}  // namespace lectern
