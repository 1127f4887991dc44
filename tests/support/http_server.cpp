#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <random>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace lectern::test {
namespace {

constexpr int kPollMs = 10;

std::string receive_head(int socket) {
    std::string head;
    char block[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
        const ssize_t n = recv(socket, block, sizeof block, 0);
        if (n <= 0) return {};
        head.append(block, static_cast<std::size_t>(n));
    }
    return head;
}

ServerRequest parse(const std::string& head) {
    ServerRequest request;
    std::istringstream lines(head);
    std::string line;
    std::getline(lines, line);
    std::istringstream(line) >> request.method >> request.target;
    while (std::getline(lines, line) && line != "\r") {
        const auto colon = line.find(':');
        if (colon == std::string::npos) continue;
        std::string name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        const auto begin = line.find_first_not_of(' ', colon + 1);
        request.fields[name] = line.substr(begin, line.find_last_not_of("\r") - begin + 1);
    }
    return request;
}

/// "bytes=N-"
std::size_t range_start(const std::string& field) {
    std::size_t start = 0;
    if (field.starts_with("bytes="))
        std::from_chars(field.data() + 6, field.data() + field.size(), start);
    return start;
}

}  // namespace

void ServerReply::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return;  // the other side has gone
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

void ServerReply::send(int status, std::string_view body, const std::string& fields) {
    send("HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: close\r\n" + fields + "\r\n");
    send(body);
}

void ServerReply::stall() {
    pollfd watched{socket_, POLLIN, 0};
    while (!closing_)
        if (poll(&watched, 1, kPollMs) > 0) return;
}

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* place = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || bind(listener_, place, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, place, &size) != 0)
        throw std::runtime_error("the test's server cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this] { accept_all(); });
}

HttpServer::~HttpServer() {
    closing_ = true;
    thread_.join();
    connections_.clear();
    close(listener_);
}

std::string HttpServer::url(const std::string& target) const {
    return "http://127.0.0.1:" + std::to_string(port_) + target;
}

std::vector<ServerRequest> HttpServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void HttpServer::accept_all() {
    pollfd watched{listener_, POLLIN, 0};
    while (!closing_) {
        if (poll(&watched, 1, kPollMs) <= 0) continue;
        const int connection = accept(listener_, nullptr, nullptr);
        if (connection >= 0) connections_.emplace_back([this, connection] { serve(connection); });
    }
}

void HttpServer::serve(int socket) {
    if (const std::string head = receive_head(socket); !head.empty()) {
        const ServerRequest request = parse(head);
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(request);
        }
        ServerReply reply(socket, closing_);
        handler_(request, reply);
    }
    shutdown(socket, SHUT_RDWR);
    close(socket);
}

void ServedFile::send(const ServerRequest& request, ServerReply& reply) const {
    send_beginning(request, reply, bytes.size());
}

void ServedFile::send_beginning(const ServerRequest& request, ServerReply& reply,
                                std::size_t n) const {
    const std::string if_range = request.field("if-range");
    std::size_t start = range_start(request.field("range"));
    if (!takes_ranges || (!if_range.empty() && if_range != etag)) start = 0;
    const std::string tag = etag.empty() ? "" : "ETag: " + etag + "\r\n";
    if (start >= bytes.size()) return reply.send(416, "", tag);
    const std::string_view body = std::string_view(bytes).substr(start);
    std::string head = start > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n";
    head += "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" + tag;
    if (start > 0)
        head += "Content-Range: bytes " + std::to_string(start) + "-" +
                std::to_string(bytes.size() - 1) + "/" + std::to_string(bytes.size()) + "\r\n";
    reply.send(head + "\r\n");
    reply.send(body.substr(0, n));
}

std::string many_bytes(std::size_t n, unsigned seed) {
    std::mt19937 random(seed);
    std::string bytes(n, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

}  // namespace lectern::test
