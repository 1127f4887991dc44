#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/cli/command_line.h"
#include "app/core/catalogue.h"
#include "app/core/inspect.h"

namespace lectern {
namespace {

struct TextArguments {
    std::string text;
    std::string file;
};

Result<std::string> text_of(const TextArguments& arguments) {
    if (arguments.file.empty()) return arguments.text;
    std::ifstream file(arguments.file, std::ios::binary);
    if (!file) return fail(ErrorCode::kNotFound, "Cannot open " + arguments.file + ".");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

int run_tokenize(const CommonOptions& common, const TextArguments& arguments) {
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    const auto text = text_of(arguments);
    if (!text) return report(text.error());
    const auto tokens = tokenize_text(*model, *text);
    if (!tokens) return report(tokens.error());
    if (common.json)
        print_json({{"tokens", *tokens}});
    else
        for (const auto token : *tokens) std::printf("%d\n", token);
    return 0;
}

int run_logits(const CommonOptions& common, const TextArguments& arguments, std::stop_token stop) {
    const auto model = find_model(common.model, ModelRole::kAnswering);
    if (!model) return report(model.error());
    const auto text = text_of(arguments);
    if (!text) return report(text.error());
    const auto logits =
        text_logits(*model, *text, common.assistant_options().session.backend, stop);
    if (!logits) return report(logits.error());
    if (common.json)
        print_json({{"logits", *logits}});
    else
        for (const float logit : *logits) std::printf("%.6g\n", logit);
    return 0;
}

std::shared_ptr<TextArguments> add_text_arguments(CLI::App& command) {
    auto arguments = std::make_shared<TextArguments>();
    CLI::Option* text = command.add_option("TEXT", arguments->text);
    CLI::Option* file = command.add_option("--file", arguments->file, "Read the text from a file");
    text->excludes(file);
    command.callback([&command, text, file] {
        if (text->count() + file->count() == 0) throw CLI::RequiredError("TEXT or --file");
    });
    return arguments;
}

}  // namespace

void add_inspect_commands(CLI::App& app, CommandLine& line) {
    CLI::App* tokenize = app.add_subcommand("tokenize", "Token ids of a text");
    auto tokenized = add_text_arguments(*tokenize);
    tokenize->final_callback([&line, tokenized] {
        line.run = [&line, tokenized](std::stop_token) {
            return run_tokenize(line.common, *tokenized);
        };
    });
    CLI::App* logits = app.add_subcommand("logits", "Logits behind the last token of a text");
    auto read = add_text_arguments(*logits);
    logits->final_callback([&line, read] {
        line.run = [&line, read](std::stop_token stop) {
            return run_logits(line.common, *read, stop);
        };
    });
}

}  // namespace lectern
