#include "app/core/chat_export.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "app/core/markdown_blocks.h"
#include "app/core/markdown_html.h"
#include "app/core/markdown_markers.h"

namespace lectern {
namespace {

constexpr const char* kStyle =
    "body { font-family: sans-serif; max-width: 44em; margin: auto; line-height: 1.4; } "
    "pre { background-color: #eeeeee; padding: 8px; white-space: pre-wrap; } "
    "code, pre { font-family: monospace; } table { border-collapse: collapse; }";

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

std::size_t line_end(const std::string& text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

/// Where a marker stands that no Markdown may hold: behind the fence of the code it would be in.
std::size_t behind_code(const std::vector<MarkdownBlock>& blocks, const std::string& text,
                        std::size_t at) {
    for (const MarkdownBlock& block : blocks) {
        if (block.form != MarkdownForm::kCode || block.runs.empty()) continue;
        const std::size_t end = block.runs.back().end;
        if (block.runs.front().begin < at && at <= end)
            return line_end(text, std::min(line_end(text, end) + 1, text.size()));
    }
    return at;
}

/// The answer with an escaped "[n]" behind every sentence that rests on a passage.
std::string with_markers(const ChatTurn& turn) {
    const auto parsed = markdown_blocks(turn.answer);
    const std::vector<MarkdownBlock> blocks = parsed ? *parsed : std::vector<MarkdownBlock>();
    std::string out;
    std::size_t from = 0;
    for (const CitedSentence& sentence : turn.sentences) {
        const std::size_t end = std::min(sentence.end, turn.answer.size());
        const std::size_t place = std::max(from, behind_code(blocks, turn.answer, end));
        out += turn.answer.substr(from, place - from);
        if (place > end && !sentence.numbers.empty()) out += "\n\n";
        for (const int number : sentence.numbers) out += " \\[" + std::to_string(number) + "\\]";
        from = place;
    }
    return out + turn.answer.substr(from);
}

/// The answer laid out as the window does; as it was written where that cannot be.
std::string laid_out(const ChatTurn& turn, const MarkerLink& link) {
    auto blocks = markdown_blocks(turn.answer);
    if (!blocks) return "<p>" + html_escaped(turn.answer) + "</p>\n";
    place_markers(*blocks, turn.sentences, 0);
    return blocks_html(*blocks, link);
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

std::string anchor(std::size_t turn, int number) {
    return "source-" + std::to_string(turn) + "-" + std::to_string(number);
}

std::string sources_html(const ChatTurn& turn, std::size_t n) {
    const auto sources = shown_sources(turn);
    if (sources.empty()) return {};
    std::string html = "<h3>Sources</h3>\n";
    for (const Citation* source : sources)
        html += "<p><a name=\"" + anchor(n, source->number) + "\"></a><b>[" +
                std::to_string(source->number) + "]</b> " + html_escaped(source_line(*source)) +
                "</p>\n<blockquote>" + html_escaped(source->text) + "</blockquote>\n";
    return html;
}

}  // namespace

std::string answer_markdown(const ChatTurn& turn) {
    std::string out;
    if (!turn.answer.empty()) out += with_markers(turn) + "\n";
    if (!turn.error.empty()) out += turn.error + "\n";
    if (turn.stopped) out += "\n*Stopped.*\n";
    const auto sources = shown_sources(turn);
    if (!sources.empty()) out += "\n### Sources\n";
    for (const Citation* source : sources)
        out += "\n**\\[" + std::to_string(source->number) + "\\]** " +
               on_one_line(source_line(*source)) + "\n\n" + prefixed(source->text, "> ") + "\n";
    return out;
}

std::string chat_markdown(const Chat& chat) {
    std::string out = "# " + on_one_line(chat.summary.title) + "\n";
    for (const ChatTurn& turn : chat.turns)
        out += "\n## " + on_one_line(turn.question) + "\n\n" + answer_markdown(turn);
    return out;
}

std::string chat_html(const Chat& chat) {
    const std::string title = html_escaped(chat.summary.title);
    std::string out = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title +
                      "</title><style>" + kStyle + "</style></head>\n<body>\n<h1>" + title +
                      "</h1>\n";
    for (std::size_t n = 0; n < chat.turns.size(); ++n) {
        const ChatTurn& turn = chat.turns[n];
        out += "<h2>" + html_escaped(turn.question) + "</h2>\n";
        out += laid_out(turn, [n](int number) { return "#" + anchor(n, number); });
        if (!turn.error.empty()) out += "<p>" + html_escaped(turn.error) + "</p>\n";
        if (turn.stopped) out += "<p><i>Stopped.</i></p>\n";
        out += sources_html(turn, n);
    }
    return out + "</body></html>\n";
}

}  // namespace lectern
