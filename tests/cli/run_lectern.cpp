#include "tests/cli/run_lectern.h"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/models.h"

namespace lectern::test {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

CliRun run_lectern(const std::filesystem::path& home, const std::vector<std::string>& args,
                   const std::string& input) {
    std::filesystem::create_directories(home);
    std::ofstream(home / "stdin.txt") << input;
    std::string command = "LECTERN_MODELS=" + quoted(models_folder().string()) +
                          " LECTERN_HOME=" + quoted(home.string()) + " " +
                          quoted(LECTERN_EXECUTABLE);
    for (const std::string& arg : args) command += " " + quoted(arg);
    command += " < " + quoted(home / "stdin.txt") + " > " + quoted(home / "stdout.txt") + " 2> " +
               quoted(home / "stderr.txt");
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
            read_file(home / "stdout.txt"), read_file(home / "stderr.txt")};
}

}  // namespace lectern::test
