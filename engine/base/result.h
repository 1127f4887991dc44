// Expected failures: every function that can fail for a user's input returns Result<T>.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace lectern {

enum class ErrorCode {
    kInvalidArgument,  ///< the caller's input is wrong: an empty question, an unknown name
    kNotFound,         ///< normal for look-ups
    kCorrupt,          ///< bytes that do not mean what their header says
    kUnsupported,      ///< valid, but not something this build reads
    kIo,               ///< the operating system refused a read or write
    kDiskFull,
    kReadOnly,
    kOutOfMemory,
    kBusy,       ///< another process or a running job holds what is needed
    kCancelled,  ///< a stop was requested; never shown as a failure
    kTooLong,    ///< a prompt or file beyond a limit
    kDevice,     ///< a backend's asynchronous failure
    kInternal,
};

/// What failed and the way out. `message` names the thing ("notes.pdf is encrypted");
/// `hint` says what the person can do and may be empty. Both are full sentences without a line
/// break.
struct Error {
    ErrorCode code = ErrorCode::kInternal;
    std::string message;
    std::string hint;

    /// message and hint as one line.
    std::string text() const { return hint.empty() ? message : message + " " + hint; }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

}  // namespace lectern

#define LECTERN_CONCAT_(a, b) a##b
#define LECTERN_CONCAT(a, b) LECTERN_CONCAT_(a, b)
#define LECTERN_ASSIGN_(tmp, decl, expr)                                       \
    auto tmp = (expr);                                                         \
    if (!tmp) return tl::unexpected<::lectern::Error>(std::move(tmp).error()); \
    decl = std::move(*tmp)

/// LECTERN_ASSIGN(auto file, open(path)): the value, or return the error from the enclosing
/// function.
#define LECTERN_ASSIGN(decl, expr) LECTERN_ASSIGN_(LECTERN_CONCAT(result_, __LINE__), decl, expr)

/// LECTERN_TRY(write(x)): go on, or return the error from the enclosing function.
#define LECTERN_TRY(expr)                                                                  \
    do {                                                                                   \
        auto status_ = (expr);                                                             \
        if (!status_) return tl::unexpected<::lectern::Error>(std::move(status_).error()); \
    } while (false)
