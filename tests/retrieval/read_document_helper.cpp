// Stands in for the application's executable: reads as it would, or misbehaves as the file's name
// says.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "retrieval/document/document_reader.h"

namespace {

void write_out(const std::string& bytes) {
    if (::write(STDOUT_FILENO, bytes.data(), bytes.size()) < 0) _exit(3);
}

/// More memory than allowed, touched, kept.
void eat_memory() {
    std::vector<std::string> all;
    for (int i = 0; i < 10000; ++i) all.emplace_back(std::size_t{1} << 20, 'x');
    write_out(all.back());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3 || std::string(argv[1]) != "read-document") return 2;
    const std::filesystem::path path = argv[2];
    const std::string name = path.stem().string();
    if (name == "hang") ::pause();
    if (name == "spin")
        while (std::getenv("LANG") != nullptr) {
        }
    if (name == "crash") std::raise(SIGSEGV);
    if (name == "quit") return 7;
    if (name == "garbage") return write_out("\x9F\x01\xFF not CBOR"), 0;
    if (name == "silent") return 0;
    if (name == "deep") return write_out(std::string(8 << 20, '\x81')), 0;
    if (name == "flood")
        while (true) write_out(std::string(1 << 20, 'x'));
    if (name == "eat") return eat_memory(), 0;
    if (name == "linger") {
        ::close(STDOUT_FILENO);
        ::pause();
    }
    if (name == "environment") {
        // Only what the parent left: no HOME, no open files but the three standard ones.
        const bool clean = std::getenv("HOME") == nullptr && std::getenv("PATH") == nullptr &&
                           ::fcntl(3, F_GETFD) < 0 && ::fcntl(50, F_GETFD) < 0;
        if (!clean) return 9;
    }
    return lectern::read_document_main(path, {});
}
