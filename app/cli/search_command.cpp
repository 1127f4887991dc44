#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/chosen_defaults.h"
#include "app/cli/command_line.h"

namespace lectern {
namespace {

struct SearchArguments {
    std::string query;
    int top_k = 10;
    std::vector<std::filesystem::path> scope;
};

int run_search(const CommonOptions& common, const SearchArguments& arguments) {
    auto assistant = LocalAssistant::open(common.assistant_options());
    if (!assistant) return report(assistant.error());
    const auto hits = (*assistant)->search(arguments.query, arguments.top_k, arguments.scope);
    if (!hits) return report(hits.error());
    nlohmann::json json = nlohmann::json::array();
    for (const SearchHit& hit : *hits) {
        if (common.json) {
            json.push_back({{"path", hit.path.string()},
                            {"page", hit.page},
                            {"text", hit.text},
                            {"score", hit.score},
                            {"dense_rank", hit.dense_rank},
                            {"lexical_rank", hit.lexical_rank}});
            continue;
        }
        const std::string page = hit.page > 0 ? ", page " + std::to_string(hit.page) : "";
        std::printf("%.4f  %s%s  (meaning #%d, words #%d)\n%s\n\n", hit.score, hit.path.c_str(),
                    page.c_str(), hit.dense_rank, hit.lexical_rank, hit.text.c_str());
    }
    if (common.json)
        print_json({{"hits", json}});
    else if (hits->empty())
        std::printf("no passage matches\n");
    return 0;
}

}  // namespace

void add_search_command(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<SearchArguments>();
    CLI::App* command = app.add_subcommand("search", "The passages that a question would find");
    command->add_option("QUERY", arguments->query)->required();
    command->add_option("--top-k", arguments->top_k, "Passages to show")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    add_scope_option(*command, arguments->scope);
    command->callback([&app, command, &line, arguments] {
        take_chosen(app, *command, line.common);
        line.run = [&line, arguments](std::stop_token) {
            return run_search(line.common, *arguments);
        };
    });
}

}  // namespace lectern
