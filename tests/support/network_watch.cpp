// Preloaded into a program: writes a line to $NETWORK_WATCH for every attempt to reach a network or
// a name server. Sockets of this machine's own files (AF_UNIX) are none.
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace {

void note(std::string_view what) {
    const char* path = std::getenv("NETWORK_WATCH");
    const int file =
        path != nullptr ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (file < 0) return;
    if (write(file, what.data(), what.size()) < 0) std::abort();
    close(file);
}

void note_address(const sockaddr* address, std::string_view what) {
    if (address != nullptr && (address->sa_family == AF_INET || address->sa_family == AF_INET6))
        note(what);
}

template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int connect(int socket, const sockaddr* address, socklen_t n) {
    note_address(address, "connect\n");
    return real<int(int, const sockaddr*, socklen_t)>("connect")(socket, address, n);
}

ssize_t sendto(int socket, const void* data, size_t n_bytes, int flags, const sockaddr* address,
               socklen_t n) {
    note_address(address, "sendto\n");
    return real<ssize_t(int, const void*, size_t, int, const sockaddr*, socklen_t)>("sendto")(
        socket, data, n_bytes, flags, address, n);
}

int bind(int socket, const sockaddr* address, socklen_t n) noexcept {
    note_address(address, "bind\n");
    return real<int(int, const sockaddr*, socklen_t)>("bind")(socket, address, n);
}

int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
    note("getaddrinfo\n");
    return real<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo")(
        node, service, hints, found);
}

}  // extern "C"
