// Runs the real executable as a person would, in a home of the test's own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lectern::test {

struct CliRun {
    int status = -1;
    std::string out;
    std::string err;
};

/// `lectern ARGS` with LECTERN_HOME = home; models come from where they are installed.
CliRun run_lectern(const std::filesystem::path& home, const std::vector<std::string>& args,
                   const std::string& input = "");

}  // namespace lectern::test
