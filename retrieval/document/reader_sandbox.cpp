#include "retrieval/document/reader_sandbox.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace lectern {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitAddressSpace = false;  // sanitizers map terabytes of shadow
#else
constexpr bool kLimitAddressSpace = true;
#endif

rlim_t cpu_seconds(const ReadLimits& limits) {
    return static_cast<rlim_t>(std::max<std::int64_t>(limits.time.count(), 1));
}

/// Never raises a limit that was set from outside.
bool lower_limit(__rlimit_resource resource, rlim_t wanted) {
    struct rlimit limit = {};
    if (getrlimit(resource, &limit) != 0) return false;
    limit.rlim_max = std::min(limit.rlim_max, wanted);
    limit.rlim_cur = std::min(limit.rlim_cur, limit.rlim_max);
    return setrlimit(resource, &limit) == 0;
}

}  // namespace

Status enter_reader_sandbox(const ReadLimits& limits) {
    constexpr rlim_t kMaxOpenFiles = 64;
    bool done = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    done = done && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (kLimitAddressSpace)
        done = done && lower_limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_bytes));
    done = done && lower_limit(RLIMIT_CPU, cpu_seconds(limits));
    done = done && lower_limit(RLIMIT_FSIZE, 0);
    done = done && lower_limit(RLIMIT_CORE, 0);
    done = done && lower_limit(RLIMIT_NOFILE, kMaxOpenFiles);
    if (!done)
        return fail(ErrorCode::kInternal, "The reader could not limit itself: " +
                                              std::generic_category().message(errno) + ".");
    return {};
}

void limit_process(int pid, const ReadLimits& limits) {
    // A failure here means that the child has ended already; it limits itself as well.
    const struct rlimit cpu = {cpu_seconds(limits), cpu_seconds(limits)};
    prlimit(pid, RLIMIT_CPU, &cpu, nullptr);
    const auto bytes = static_cast<rlim_t>(limits.memory_bytes);
    const struct rlimit memory = {bytes, bytes};
    if (kLimitAddressSpace) prlimit(pid, RLIMIT_AS, &memory, nullptr);
}

}  // namespace lectern
