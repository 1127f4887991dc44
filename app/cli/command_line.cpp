#include "app/cli/command_line.h"

#include <fcntl.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <thread>
#include <utility>

namespace lectern {
namespace {

/// The end of a pipe that the handler writes to: a handler can reach nothing but statics.
int& signal_pipe() {
    static int end = -1;
    return end;
}

void note_signal(int signal) {
    const auto byte = static_cast<unsigned char>(signal);
    static_cast<void>(!write(signal_pipe(), &byte, 1));  // nothing can be done about it here
}

/// Ctrl-C asks the running command to stop; a second one ends the process. By a handler: libraries'
/// own threads, begun before main(), do not block signals.
class Interrupts {
  public:
    Interrupts() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) return;  // signals then end the process, as is usual
        signal_pipe() = ends[1];
        std::thread([from = ends[0], source = source_]() mutable {
            unsigned char signal = 0;
            for (bool first = true; read(from, &signal, 1) != 0; first = false) {
                if (!first) std::_Exit(128 + signal);
                source.request_stop();
            }
        }).detach();
        struct sigaction action {};
        action.sa_handler = note_signal;
        action.sa_flags = SA_RESTART;
        sigaction(SIGINT, &action, nullptr);
        sigaction(SIGTERM, &action, nullptr);
    }
    std::stop_token token() const { return source_.get_token(); }

  private:
    std::stop_source source_;
};

void add_common(CLI::App& app, CommonOptions& common) {
    app.add_option("--library", common.library, "Folder of the library")->type_name("DIR");
    app.add_option("--model", common.model,
                   "Answering model: a name from `models list`, or a GGUF file");
    app.add_option("--embedder", common.embedder, "Embedding model: a name, or a folder");
    app.add_option("--chat-template", common.chat_template,
                   "How the model is spoken to: a file of Jinja text, where its own has none")
        ->type_name("FILE");
    app.add_option("--threads", common.threads, "Threads to compute with (0: all)")
        ->check(CLI::Range(0, 256));
    app.add_option("--context", common.context, "Tokens of context")
        ->check(CLI::Range(512, 131072));
    app.add_flag("--json", common.json, "Results as JSON on stdout");
}

void build_app(CLI::App& app, CommandLine& line) {
    app.name("lectern");
    app.require_subcommand(1);
    app.fallthrough();  // common options may stand behind the command
    add_common(app, line.common);
    add_index_command(app, line);
    add_ask_commands(app, line);
    add_search_command(app, line);
    add_eval_commands(app, line);
    add_calibrate_command(app, line);
    add_bench_command(app, line);
    add_inspect_commands(app, line);
    add_models_command(app, line);
    add_store_command(app, line);
    add_doctor_command(app, line);
}

constexpr const char* kDescription = "Chat over your own documents, on your own machine.";

}  // namespace

AssistantOptions CommonOptions::assistant_options() const {
    AssistantOptions options;
    options.library = library;
    options.model = model;
    options.embedder = embedder;
    options.session.context = context;
    options.session.kv_format = kv_format;
    options.session.chat_template = chat_template;
    options.kv_budget_bytes = kv_budget_bytes;
    options.session.backend.n_threads = threads;
    return options;
}

void add_kv_option(CLI::App& command, CommonOptions& common) {
    const auto take = [&common](const std::string& name) {
        common.kv_format = parse_kv_format(name).value();
    };
    command
        .add_option_function<std::string>(
            "--kv-precision", take,
            "How passages' caches are stored: f16, int8, int4, or keys:values")
        ->check(check_kv_format)
        ->default_str(name_of(common.kv_format));
}

void add_kv_budget_option(CLI::App& command, CommonOptions& common) {
    command
        .add_option("--kv-budget", common.kv_budget_bytes,
                    "Bytes that passages' caches take on disk at most, such as 4G; remembered in "
                    "the library (0, the default: a tenth of the free disk, at most 20 GB)")
        ->type_name("BYTES")
        ->transform(CLI::AsSizeValue(true))
        ->check([](const std::string& bytes) {
            return std::string(bytes.starts_with('-') ? "BYTES cannot be negative" : "");
        });
}

void add_fidelity_option(CLI::App& command, std::string& fidelity) {
    const std::vector<std::string_view> names = fidelity_names();
    command
        .add_option("--fidelity", fidelity,
                    "How near a full read: the least that was measured to be so is recomputed; "
                    "exact reads in full")
        ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
        ->capture_default_str();
}

void add_scope_option(CLI::App& command, std::vector<std::filesystem::path>& scope) {
    command.add_option("--scope", scope, "Search in this folder or document alone (repeatable)")
        ->allow_extra_args(false)
        ->transform([](const std::string& path) {
            return std::filesystem::absolute(path).lexically_normal().string();
        });
}

std::string check_kv_format(const std::string& name) {
    const auto format = parse_kv_format(name);
    return format ? "" : format.error().message;
}

int run_command_line(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("lectern"));
    spdlog::set_pattern("%^%l%$: %v");
    CLI::App app(kDescription);
    CommandLine line;
    line.arguments.assign(argv + 1, argv + argc);
    build_app(app, line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    const Interrupts interrupts;
    return line.run(interrupts.token());
}

bool is_command(const std::string& name) {
    CLI::App app(kDescription);
    CommandLine line;
    build_app(app, line);
    const auto is_it = [&name](const CLI::App* command) { return command->get_name() == name; };
    return !std::as_const(app).get_subcommands(is_it).empty();
}

std::string command_line_help() {
    CLI::App app(kDescription);
    CommandLine line;
    build_app(app, line);
    return app.help();
}

std::string shell_command(const std::vector<std::string>& arguments) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:=+@%";
    std::string command = "lectern";
    for (const std::string& argument : arguments) {
        command += ' ';
        if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
            command += argument;
            continue;
        }
        command += '\'';
        for (const char c : argument) command += c == '\'' ? "'\\''" : std::string(1, c);
        command += '\'';
    }
    return command;
}

void print_json(const nlohmann::json& value) {
    // Text from documents is valid UTF-8; file names may not be.
    std::puts(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    std::fflush(stdout);
}

int report(const Error& error) {
    std::fprintf(stderr, "error: %s\n", error.text().c_str());
    return 1;
}

}  // namespace lectern
