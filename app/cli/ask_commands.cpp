#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <thread>

#include "app/cli/answer_printer.h"
#include "app/cli/chosen_defaults.h"
#include "app/cli/command_line.h"
#include "engine/base/listed.h"

namespace lectern {
namespace {

struct AskArguments {
    std::string question;
    std::string mode = "fused";
    std::string conversation;  ///< file that a chat is kept in; empty: none
    std::string fidelity{name_of(*AskOptions{}.fidelity)};
    AskOptions ask;
    std::vector<CLI::Option*> reading;  ///< those that say how to read, in place of a fidelity
};

/// How passages are read. Each of the fusion's options, once given, takes the fidelity's place.
void add_reading_options(CLI::App& command, AskArguments& arguments) {
    command.add_option("--mode", arguments.mode, "Reading passages from their caches, or in full")
        ->check(CLI::IsMember({"fused", "full"}))
        ->capture_default_str();
    add_fidelity_option(command, arguments.fidelity);
    FusionSettings& fusion = arguments.ask.fusion;
    const auto add = [&](const char* name, auto& value, const std::string& help) {
        CLI::Option* option = command.add_option(name, value, help)->capture_default_str();
        arguments.reading.push_back(option);
        return option;
    };
    add("--ratio", fusion.ratio, "Share of all passage tokens to recompute")
        ->check(CLI::Range(0.0, 1.0));
    add("--selector", fusion.selector, "What is recomputed: " + listed(selector_names()));
    add("--correction", fusion.correction,
        "What is done to the other passage tokens: " + listed(correction_names()));
    add("--sure-nats", fusion.sure_nats,
        "Recompute more than --ratio, in proportion, where the next word's entropy is above this "
        "many nats (0: never)")
        ->check(CLI::NonNegativeNumber);
}

void take_chosen(const CLI::App& app, const CLI::App& command, CommonOptions& common,
                 AskArguments& arguments) {
    const Settings chosen = lectern::take_chosen(app, command, common);
    AskOptions& ask = arguments.ask;
    if (!is_given(command, "--fidelity")) arguments.fidelity = name_of(chosen.fidelity);
    if (!is_given(command, "--temperature"))
        ask.temperature = static_cast<float>(chosen.temperature);
    if (!is_given(command, "--top-k")) ask.top_k = chosen.top_k;
    if (!is_given(command, "--max-tokens")) ask.max_tokens = chosen.max_tokens;
}

void settle_reading(AskArguments& arguments) {
    AskOptions& ask = arguments.ask;
    const bool is_full = arguments.mode == "full";
    const bool is_given =
        std::any_of(arguments.reading.begin(), arguments.reading.end(),
                    [](const CLI::Option* option) { return option->count() > 0; });
    ask.mode = is_full ? AnswerMode::kFull : AnswerMode::kFused;
    ask.fidelity.reset();
    if (!is_full && !is_given) ask.fidelity = parse_fidelity(arguments.fidelity).value();
}

void add_ask_options(CLI::App& command, AskArguments& arguments) {
    add_reading_options(command, arguments);
    AskOptions& ask = arguments.ask;
    command.add_option("--top-k", ask.top_k, "Passages to read")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command.add_option("--max-tokens", ask.max_tokens, "Length of the answer at most")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    command.add_option("--seed", ask.seed, "Seed for sampling")->capture_default_str();
    command.add_option("--temperature", ask.temperature, "0: always the likeliest token")
        ->check(CLI::Range(0.0, 5.0))
        ->capture_default_str();
    add_scope_option(command, ask.scope);
    command.add_flag("--rewrite,!--no-rewrite", ask.rewrite,
                     "Search for a question that leans on the one before in other words, written "
                     "by the model (on by default)");
    command.add_flag("--look-up,!--no-look-up", ask.look_up,
                     "Draft the answer's next words from the passages (on by default; changes "
                     "no answer)");
}

nlohmann::json to_json(const std::vector<CitedText>& texts) {
    nlohmann::json json = nlohmann::json::array();
    for (const CitedText& text : texts) json.push_back({{"begin", text.begin}, {"end", text.end}});
    return json;
}

nlohmann::json to_json(const Answer& answer) {
    nlohmann::json citations = nlohmann::json::array();
    for (const Citation& citation : answer.citations)
        citations.push_back({{"number", citation.number},
                             {"path", citation.path.string()},
                             {"page", citation.page},
                             {"text", citation.text},
                             {"score", citation.score},
                             {"from_earlier", citation.from_earlier}});
    nlohmann::json sentences = nlohmann::json::array();
    for (const CitedSentence& sentence : answer.sentences)
        sentences.push_back({{"end", sentence.end},
                             {"citations", sentence.numbers},
                             {"sources", to_json(sentence.sentences)}});
    const AnswerFigures& f = answer.figures;
    nlohmann::json phases = nlohmann::json::object();
    for (const PhaseTime& phase : f.phases) phases[phase.name] = phase.ms;
    return {{"answer", answer.text},
            {"searched_for", answer.searched_for},
            {"citations", citations},
            {"sentences", sentences},
            {"mode", f.mode == AnswerMode::kFused ? "fused" : "full"},
            {"fidelity", f.fidelity.empty() ? nlohmann::json() : nlohmann::json(f.fidelity)},
            {"ttft_ms", f.ttft_ms},
            {"retrieve_ms", f.retrieve_ms},
            {"load_ms", f.load_ms},
            {"fuse_ms", f.fuse_ms},
            {"model_load_ms", f.model_load_ms},
            {"phases_ms", phases},
            {"prompt_tokens", f.prompt_tokens},
            {"kept_tokens", f.kept_tokens},
            {"reused_tokens", f.reused_tokens},
            {"recomputed_tokens", f.recomputed_tokens},
            {"kv",
             {{"ram", f.kv_ram},
              {"disk", f.kv_disk},
              {"computed", f.kv_computed},
              {"kept", f.kv_kept}}},
            {"charged_ratio", f.charged_ratio},
            {"answer_tokens", f.answer_tokens},
            {"drafted_tokens", f.drafted_tokens},
            {"accepted_tokens", f.accepted_tokens},
            {"decode_tokens_per_s", f.decode_tokens_per_s},
            {"cancelled", answer.cancelled}};
}

/// One question; the exit status.
int ask_once(LocalAssistant& assistant, const CommonOptions& common, const std::string& question,
             const AskOptions& options, std::stop_token stop) {
    AnswerPrinter printer;
    const auto answer =
        assistant.ask(question, options, common.json ? AskEvents{} : printer.events(), stop);
    if (!answer) return report(answer.error());
    if (common.json)
        print_json(to_json(*answer));
    else
        printer.finish(*answer);
    return answer->cancelled ? 1 : 0;
}

int run_ask(const CommonOptions& common, const AskArguments& arguments, std::stop_token stop) {
    auto assistant = LocalAssistant::open(common.assistant_options());
    if (!assistant) return report(assistant.error());
    return ask_once(**assistant, common, arguments.question, arguments.ask, stop);
}

/// The next line; until it is there, the conversation is made ready for it. false: there is none.
bool read_question(LocalAssistant& assistant, std::string& question) {
    const std::jthread repairing([&](std::stop_token answering) {
        const Result<int> repaired = assistant.repair(std::move(answering));
        if (!repaired && repaired.error().code != ErrorCode::kCancelled) report(repaired.error());
    });
    return static_cast<bool>(std::getline(std::cin, question));
}

/// Goes on with what the file holds, if there is one.
Status resume_from(LocalAssistant& assistant, const std::string& file, std::stop_token stop) {
    if (file.empty()) return {};
    const auto saved = read_conversation(file);
    if (!saved && saved.error().code == ErrorCode::kNotFound) return {};
    if (!saved) return tl::unexpected<Error>(saved.error());
    return assistant.resume(*saved, std::move(stop));
}

int run_chat(const CommonOptions& common, const AskArguments& arguments, std::stop_token stop) {
    auto assistant = LocalAssistant::open(common.assistant_options());
    if (!assistant) return report(assistant.error());
    if (const auto resumed = resume_from(**assistant, arguments.conversation, stop); !resumed)
        return report(resumed.error());
    const bool prompt = isatty(STDIN_FILENO) == 1;
    if (prompt) std::fprintf(stderr, "Ask about your documents. An empty line ends the chat.\n");
    int status = 0;
    for (std::string question;;) {
        if (prompt) std::fprintf(stderr, "\n> ");
        if (stop.stop_requested() || !read_question(**assistant, question) || question.empty())
            return status;
        status = ask_once(**assistant, common, question, arguments.ask, stop);
        if (arguments.conversation.empty()) continue;
        if (const auto kept =
                write_conversation(arguments.conversation, (*assistant)->conversation());
            !kept)
            return report(kept.error());
    }
}

}  // namespace

void add_ask_commands(CLI::App& app, CommandLine& line) {
    auto arguments = std::make_shared<AskArguments>();
    CLI::App* ask = app.add_subcommand("ask", "Answer one question from the library");
    ask->add_option("QUESTION", arguments->question)->required();
    add_ask_options(*ask, *arguments);
    add_kv_option(*ask, line.common);
    add_kv_budget_option(*ask, line.common);
    ask->callback([&app, ask, &line, arguments] {
        take_chosen(app, *ask, line.common, *arguments);
        settle_reading(*arguments);
        line.run = [&line, arguments](std::stop_token stop) {
            return run_ask(line.common, *arguments, stop);
        };
    });
    CLI::App* chat = app.add_subcommand(
        "chat", "Questions line by line from the terminal, each going on from the last");
    add_ask_options(*chat, *arguments);
    chat->add_option("--conversation", arguments->conversation,
                     "Keeps the chat in this file, and goes on with what it holds")
        ->type_name("FILE");
    add_kv_option(*chat, line.common);
    add_kv_budget_option(*chat, line.common);
    chat->callback([&app, chat, &line, arguments] {
        take_chosen(app, *chat, line.common, *arguments);
        settle_reading(*arguments);
        line.run = [&line, arguments](std::stop_token stop) {
            return run_chat(line.common, *arguments, stop);
        };
    });
}

}  // namespace lectern
