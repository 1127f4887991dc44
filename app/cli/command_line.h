// The command line: what every command shares, and the commands themselves. Results go to stdout,
// progress to stderr.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/core/local_assistant.h"
#include "engine/base/result.h"

namespace CLI {
class App;
}

namespace lectern {

/// Options of every command.
struct CommonOptions {
    std::string library;
    std::string model;
    std::string embedder;
    std::string chat_template;
    bool json = false;
    int threads = 0;
    int context = 8192;
    KvFormat kv_format = kDefaultKvFormat;
    std::optional<std::int64_t> kv_budget_bytes = std::nullopt;

    AssistantOptions assistant_options() const;
};

/// Runs a command: exit status 0, or 1 after its one sentence was printed.
using Command = std::function<int(std::stop_token stop)>;

/// What the parsed arguments ask for. A command's subcommand sets `run`.
struct CommandLine {
    CommonOptions common;
    Command run;
    std::vector<std::string> arguments;  ///< as they were typed, without the program
};

/// 0 on success, 1 on failure with one sentence on stderr, 2 on wrong usage.
int run_command_line(int argc, char** argv);
/// Whether `lectern NAME` is a command.
bool is_command(const std::string& name);
/// The help text, for `lectern` without a display.
std::string command_line_help();

// Each adds its subcommands.
void add_index_command(CLI::App& app, CommandLine& line);
void add_ask_commands(CLI::App& app, CommandLine& line);
void add_search_command(CLI::App& app, CommandLine& line);
void add_eval_commands(CLI::App& app, CommandLine& line);
/// Those of citing, below `eval`.
void add_citation_commands(CLI::App& eval, CommandLine& line);
void add_calibrate_command(CLI::App& app, CommandLine& line);
void add_bench_command(CLI::App& app, CommandLine& line);
void add_inspect_commands(CLI::App& app, CommandLine& line);
void add_models_command(CLI::App& app, CommandLine& line);
void add_store_command(CLI::App& app, CommandLine& line);
void add_doctor_command(CLI::App& app, CommandLine& line);

/// The arguments as a shell reads them, behind "lectern".
std::string shell_command(const std::vector<std::string>& arguments);
/// --fidelity, for commands that read passages: one of fidelity_names().
void add_fidelity_option(CLI::App& command, std::string& fidelity);
/// --scope PATH, any number of times: the folders and documents that a search keeps to.
void add_scope_option(CLI::App& command, std::vector<std::filesystem::path>& scope);
/// --kv-precision, for commands that store or read passages' caches.
void add_kv_option(CLI::App& command, CommonOptions& common);
/// --kv-budget, for commands that open the store of passages' caches.
void add_kv_budget_option(CLI::App& command, CommonOptions& common);
/// What is wrong with a name of a KvFormat; empty: nothing.
std::string check_kv_format(const std::string& name);

// Output.
void print_json(const nlohmann::json& value);
/// One clear sentence on stderr; returns 1.
int report(const Error& error);

}  // namespace lectern
