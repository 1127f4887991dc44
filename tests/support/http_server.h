// A web server of a test's own on 127.0.0.1, over plain sockets, so that it can misbehave in every
// way.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace lectern::test {

struct ServerRequest {
    std::string method, target;
    std::map<std::string, std::string> fields;  ///< names in lower case
    std::string field(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? "" : found->second;
    }
};

/// The connection of one request; it closes when the handler returns.
class ServerReply {
  public:
    ServerReply(int socket, const std::atomic<bool>& closing)
        : socket_(socket), closing_(closing) {}
    /// As it stands, head and all.
    void send(std::string_view bytes);
    /// A whole answer; fields: lines that end in "\r\n".
    void send(int status, std::string_view body, const std::string& fields = "");
    /// Until the other side goes, or the server ends.
    void stall();

  private:
    int socket_;
    const std::atomic<bool>& closing_;
};

/// Each connection has a thread, which runs the handler once.
class HttpServer {
  public:
    using Handler = std::function<void(const ServerRequest&, ServerReply&)>;

    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::string url(const std::string& target) const;
    std::vector<ServerRequest> requests() const;

  private:
    void accept_all();
    void serve(int socket);

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> closing_{false};
    mutable std::mutex mutex_;
    std::vector<ServerRequest> requests_;
    std::vector<std::jthread> connections_;  ///< the accepting thread's
    std::jthread thread_;
};

/// A file as a good server gives it: with its ETag, and from where it is asked for.
struct ServedFile {
    std::string bytes;
    std::string etag = "\"first\"";
    bool takes_ranges = true;

    void send(const ServerRequest& request, ServerReply& reply) const;
    /// Its head as it ought to be, and only the first n bytes of the body that belongs to it.
    void send_beginning(const ServerRequest& request, ServerReply& reply, std::size_t n) const;
};

/// n bytes that repeat nowhere near each other.
std::string many_bytes(std::size_t n, unsigned seed = 1);

}  // namespace lectern::test
