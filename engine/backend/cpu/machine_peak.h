// What this machine can do at most, measured in the run that is compared with it.
#pragma once

namespace lectern {

struct MachinePeak {
    double int8_ops = 0;    ///< multiplications and additions a second, all threads; 0: unknown
    double f32_ops = 0;     ///< the same by f32 fma
    double read_bytes = 0;  ///< bytes a second from memory, all threads; 0: unknown
};

/// About half a second. n_threads at once.
MachinePeak measure_machine_peak(int n_threads);

}  // namespace lectern
