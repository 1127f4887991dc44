// The parent's side of reading: starts the child, waits within limits, believes nothing.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "retrieval/document/document_cbor.h"
#include "retrieval/document/document_reader.h"
#include "retrieval/document/file_bytes.h"
#include "retrieval/document/reader_sandbox.h"

namespace lectern {
namespace {

using Clock = std::chrono::steady_clock;

class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }

  private:
    int fd_;
};

tl::unexpected<Error> cannot_start(const std::filesystem::path& path, int error) {
    return fail(ErrorCode::kInternal, shown_name(path) +
                                          " could not be read: the reader did not "
                                          "start (" +
                                          std::generic_category().message(error) + ").");
}

/// A running reader and the pipe it writes to. Whatever happens, it is killed and reaped at the
/// end.
class ReaderProcess {
  public:
    ReaderProcess() = default;
    ~ReaderProcess() {
        if (pid_ > 0) end();
    }
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    Status start(const std::filesystem::path& executable, const std::filesystem::path& path);
    int pid() const { return pid_; }
    int output() const { return output_.get(); }

    /// Its wait status, once it has ended by itself; nullopt after the deadline.
    std::optional<int> wait(Clock::time_point deadline);

  private:
    void end() {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }

    pid_t pid_ = -1;
    Descriptor output_;
};

Status ReaderProcess::start(const std::filesystem::path& executable,
                            const std::filesystem::path& path) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return cannot_start(path, errno);
    output_.reset(pipe[0]);
    const Descriptor input(pipe[1]);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::string program = executable.native();
    std::string command = "read-document";
    std::string file = path.native();
    std::array<char*, 4> arguments{program.data(), command.data(), file.data(), nullptr};
    // Nothing of ours is in its environment but where the loader finds libraries.
    std::string locale = "LANG=C.UTF-8";
    const char* libraries = std::getenv("LD_LIBRARY_PATH");
    std::string library_path = std::string("LD_LIBRARY_PATH=") + (libraries ? libraries : "");
    std::array<char*, 3> environment{locale.data(), libraries ? library_path.data() : nullptr,
                                     nullptr};
    const int error = ::posix_spawn(&pid_, program.c_str(), &actions, &attributes, arguments.data(),
                                    environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) return {};
    pid_ = -1;
    return cannot_start(path, error);
}

std::optional<int> ReaderProcess::wait(Clock::time_point deadline) {
    while (true) {
        int status = 0;
        const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
        if (ended == pid_) {
            pid_ = -1;
            return status;
        }
        if (ended < 0 && errno != EINTR) {  // someone else reaped it: nothing is known of its end
            pid_ = -1;
            return 0;
        }
        if (Clock::now() >= deadline) return std::nullopt;
        ::poll(nullptr, 0, 1);
    }
}

tl::unexpected<Error> too_slow(const std::filesystem::path& path, const ReadLimits& limits) {
    return fail(ErrorCode::kTooLong,
                shown_name(path) + " took longer than " + std::to_string(limits.time.count()) +
                    " s to read and was given up.",
                "Split it into parts.");
}

/// Everything the child writes, up to its end.
Result<std::vector<std::uint8_t>> read_output(const ReaderProcess& process, int stop_fd,
                                              const std::filesystem::path& path,
                                              const ReadLimits& limits,
                                              Clock::time_point deadline) {
    std::vector<std::uint8_t> output;
    std::array<std::uint8_t, 65536> piece{};
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return too_slow(path, limits);
        std::array<pollfd, 2> waits{pollfd{process.output(), POLLIN, 0},
                                    pollfd{stop_fd, POLLIN, 0}};
        const int ready = ::poll(waits.data(), waits.size(),
                                 static_cast<int>(std::min<std::int64_t>(left, 1000)));
        if (ready < 0 && errno != EINTR) return cannot_start(path, errno);
        if (waits[1].revents != 0) return fail(ErrorCode::kCancelled, "Reading was stopped.");
        if (ready <= 0 || waits[0].revents == 0) continue;
        const ssize_t n = ::read(process.output(), piece.data(), piece.size());
        if (n < 0 && errno != EINTR) return cannot_start(path, errno);
        if (n == 0) return output;
        if (n > 0) output.insert(output.end(), piece.begin(), piece.begin() + n);
        if (static_cast<std::int64_t>(output.size()) > limits.output_bytes)
            return fail(ErrorCode::kTooLong,
                        shown_name(path) + " holds more than " +
                            std::to_string(limits.output_bytes >> 20) + " MB of text.",
                        "Split it into parts.");
    }
}

/// nullopt if it ended well.
std::optional<Error> bad_end(int status, const std::filesystem::path& path,
                             const ReadLimits& limits) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return too_slow(path, limits).value();
    const std::string how = WIFSIGNALED(status)
                                ? std::string(strsignal(WTERMSIG(status)))
                                : "exit status " + std::to_string(WEXITSTATUS(status));
    return Error{ErrorCode::kCorrupt,
                 shown_name(path) + " made the reader fail (" + how +
                     "): it is broken, or reading "
                     "it takes more memory than the " +
                     std::to_string(limits.memory_bytes >> 20) + " MB allowed.",
                 "The other files are not affected."};
}

}  // namespace

Result<ParsedDocument> read_in_child(const std::filesystem::path& executable,
                                     const std::filesystem::path& path, const ReadLimits& limits,
                                     std::stop_token stop) {
    LECTERN_TRY(regular_file_size(path, limits.file_bytes));
    if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Reading was stopped.");
    const Clock::time_point deadline = Clock::now() + limits.time;
    const Descriptor stop_event(::eventfd(0, EFD_CLOEXEC));
    if (stop_event.get() < 0) return cannot_start(path, errno);
    const std::stop_callback on_stop(stop, [&] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t n = ::write(stop_event.get(), &one, sizeof(one));
    });
    ReaderProcess process;
    LECTERN_TRY(process.start(executable, path));
    limit_process(process.pid(), limits);
    LECTERN_ASSIGN(const auto output,
                   read_output(process, stop_event.get(), path, limits, deadline));
    const std::optional<int> status = process.wait(deadline);
    if (!status) return too_slow(path, limits);
    if (auto error = bad_end(*status, path, limits))
        return tl::unexpected<Error>(std::move(*error));
    return from_cbor(output, shown_name(path));
}

}  // namespace lectern
