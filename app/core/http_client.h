// The one way to the network: HTTP and HTTPS requests, each noted in the network log.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "app/core/network_log.h"
#include "engine/base/result.h"

namespace lectern {

struct HttpSettings {
    bool offline = false;  ///< every request is refused
    /// "http://host:port"; empty: none; nothing: what the environment names.
    std::optional<std::string> proxy = std::nullopt;
    std::chrono::milliseconds connect_timeout{20000};
    std::chrono::milliseconds stall_timeout{30000};  ///< without a byte
    int max_redirects = 5;
};

struct HttpRequest {
    std::string url;
    std::int64_t from = 0;  ///< asks for the bytes from here on
    /// With `from`: the whole is wanted instead if it is no longer what this names.
    std::string validator;
};

/// What an answer says before its body.
struct HttpHead {
    int status = 0;
    std::int64_t n_bytes = -1;        ///< of the body that follows; −1: it is not said
    std::int64_t from = 0;            ///< where in the whole the body begins
    std::int64_t n_bytes_whole = -1;  ///< −1: it is not said
    std::string validator;            ///< a strong ETag, else the date of the last change
    std::string location;             ///< of a redirect
};

struct HttpEvents {
    /// Before the body of an answer that is no redirect; an error ends the request with it.
    std::function<Status(const HttpHead&)> on_head;
    /// A piece of the body of an answer 200 or 206; an error ends the request with it.
    std::function<Status(std::span<const std::byte>)> on_body;
    /// Some times a second, whether something comes or not.
    std::function<void()> on_tick;
};

/// Any thread; requests block the thread that makes them.
class HttpClient {
  public:
    /// The log outlives it.
    HttpClient(HttpSettings settings, NetworkLog& log)
        : settings_(std::move(settings)), log_(log) {}

    /// kUnsupported: the person has switched the network off.
    Status allowed() const;

    /// The answer's head once its body has come, whatever its status. Redirects are followed, each
    /// an access of its own; never from https to http. kIo says what went wrong and with which
    /// host; kInvalidArgument: no address to fetch from; kCancelled; kUnsupported as allowed();
    /// errors of the events and of the log.
    Result<HttpHead> get(const HttpRequest& request, const HttpEvents& events,
                         std::stop_token stop);

    /// A body of at most max_bytes as text. kNotFound: the host has no such thing; kIo: another
    /// status; kTooLong; others as get().
    Result<std::string> get_text(const std::string& url, std::size_t max_bytes,
                                 std::stop_token stop);

  private:
    Result<HttpHead> get_once(const HttpRequest& request, const HttpEvents& events,
                              const std::stop_token& stop);

    HttpSettings settings_;
    NetworkLog& log_;
};

}  // namespace lectern
