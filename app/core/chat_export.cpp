#include "app/core/chat_export.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace lectern {
namespace {

/// Passages that an answer names, and those its own search found.
std::vector<const Citation*> shown_sources(const ChatTurn& turn) {
    std::set<int> cited;
    for (const CitedSentence& sentence : turn.sentences)
        cited.insert(sentence.numbers.begin(), sentence.numbers.end());
    std::vector<const Citation*> sources;
    for (const Citation& citation : turn.citations)
        if (!citation.from_earlier || cited.count(citation.number) > 0)
            sources.push_back(&citation);
    return sources;
}

/// The answer, `write` of each part, with `mark(number)` behind every sentence that rests on a
/// passage.
template <class Write, class Mark>
std::string marked(const ChatTurn& turn, Write write, Mark mark) {
    std::string out;
    std::size_t from = 0;
    for (const CitedSentence& sentence : turn.sentences) {
        const std::size_t end = std::min(sentence.end, turn.answer.size());
        if (end < from) continue;
        out += write(turn.answer.substr(from, end - from));
        for (const int number : sentence.numbers) out += " " + mark(number);
        from = end;
    }
    return out + write(turn.answer.substr(from));
}

std::string source_line(const Citation& citation) {
    std::string line = citation.title;
    if (!citation.heading_path.empty()) line += ", " + citation.heading_path;
    if (citation.page > 0) line += ", page " + std::to_string(citation.page);
    return line + " (" + citation.path.string() + ")";
}

/// Every line behind `prefix`.
std::string prefixed(std::string_view text, std::string_view prefix) {
    std::string out(prefix);
    for (const char c : text) {
        out += c;
        if (c == '\n') out += prefix;
    }
    return out;
}

std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

std::string anchor(std::size_t turn, int number) {
    return "source-" + std::to_string(turn) + "-" + std::to_string(number);
}

std::string sources_html(const ChatTurn& turn, std::size_t n) {
    const auto sources = shown_sources(turn);
    if (sources.empty()) return {};
    std::string html = "<h3>Sources</h3>\n";
    for (const Citation* source : sources)
        html += "<p><a name=\"" + anchor(n, source->number) + "\"></a><b>[" +
                std::to_string(source->number) + "]</b> " + escaped(source_line(*source)) +
                "</p>\n<blockquote>" + escaped(source->text) + "</blockquote>\n";
    return html;
}

}  // namespace

std::string chat_markdown(const Chat& chat) {
    std::string out = "# " + on_one_line(chat.summary.title) + "\n";
    for (const ChatTurn& turn : chat.turns) {
        out += "\n## " + on_one_line(turn.question) + "\n\n";
        if (!turn.answer.empty())
            out += marked(
                       turn, [](std::string part) { return part; },
                       [](int n) { return "\\[" + std::to_string(n) + "\\]"; }) +
                   "\n";
        if (!turn.error.empty()) out += turn.error + "\n";
        if (turn.stopped) out += "\n*Stopped.*\n";
        const auto sources = shown_sources(turn);
        if (!sources.empty()) out += "\n### Sources\n";
        for (const Citation* source : sources)
            out += "\n**\\[" + std::to_string(source->number) + "\\]** " +
                   on_one_line(source_line(*source)) + "\n\n" + prefixed(source->text, "> ") + "\n";
    }
    return out;
}

std::string chat_html(const Chat& chat) {
    const std::string title = escaped(chat.summary.title);
    std::string out = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title +
                      "</title></head>\n<body>\n<h1>" + title + "</h1>\n";
    for (std::size_t n = 0; n < chat.turns.size(); ++n) {
        const ChatTurn& turn = chat.turns[n];
        out += "<h2>" + escaped(turn.question) + "</h2>\n";
        const auto link = [n](int number) {
            return "<a href=\"#" + anchor(n, number) + "\">[" + std::to_string(number) + "]</a>";
        };
        out += "<p style=\"white-space: pre-wrap\">" + marked(turn, escaped, link) + "</p>\n";
        if (!turn.error.empty()) out += "<p>" + escaped(turn.error) + "</p>\n";
        if (turn.stopped) out += "<p><i>Stopped.</i></p>\n";
        out += sources_html(turn, n);
    }
    return out + "</body></html>\n";
}

}  // namespace lectern
