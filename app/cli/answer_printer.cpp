#include "app/cli/answer_printer.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "app/cli/progress_line.h"

namespace lectern {
namespace {

constexpr std::size_t kSnippetBytes = 160;

/// The beginning of a passage on one line, cut at a character.
std::string snippet(const std::string& text) {
    std::string line;
    for (const char c : text) {
        if (line.size() >= kSnippetBytes && (static_cast<unsigned char>(c) & 0xC0) != 0x80)
            return line + "…";
        line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return line;
}

/// Of each citation, what the first sentence that cites it rests on.
std::map<int, CitedText> cited_texts(const std::vector<CitedSentence>& sentences) {
    std::map<int, CitedText> cited;
    for (const CitedSentence& sentence : sentences)
        for (std::size_t i = 0; i < sentence.numbers.size(); ++i)
            cited.try_emplace(sentence.numbers[i], sentence.sentences[i]);
    return cited;
}

/// The passage where no sentence of it stands out.
std::string quoted(const std::string& passage, const CitedText& text) {
    return text.end == 0 ? passage : passage.substr(text.begin, text.end - text.begin);
}

std::string figures_line(const Answer& answer) {
    const AnswerFigures& f = answer.figures;
    char text[256];
    const int from_cache = f.kv_ram + f.kv_disk + f.kv_kept;
    const int n_passages = n_of_turn(answer.citations);
    const int rows = f.reused_tokens + f.recomputed_tokens;
    std::snprintf(text, sizeof text,
                  "first word after %.1f s · %d passages, %d from the cache · %d %% of their "
                  "tokens recomputed · %d prompt "
                  "tokens · %.1f tokens/s",
                  f.ttft_ms / 1e3, n_passages, from_cache,
                  rows == 0 ? 0 : 100 * f.recomputed_tokens / rows, f.prompt_tokens,
                  f.decode_tokens_per_s);
    return text;
}

}  // namespace

AskEvents AnswerPrinter::events() {
    AskEvents events;
    events.on_sentence = [this](const CitedSentence& sentence) { sentences_.push_back(sentence); };
    events.on_text = [this](std::string_view piece) {
        text_ += piece;
        const std::size_t last = text_.find_last_not_of(" \t\r\n");
        if (last != std::string::npos) print_to(last + 1);
    };
    return events;
}

void AnswerPrinter::finish(const Answer& answer) {
    print_to(text_.size());
    std::printf("\n");
    if (answer.cancelled) std::printf("(stopped)\n");
    const std::map<int, CitedText> cited = cited_texts(answer.sentences);
    if (!cited.empty()) std::printf("\nSources\n");
    for (const Citation& citation : answer.citations) {
        const auto text = cited.find(citation.number);
        if (text == cited.end()) continue;
        const std::string page = citation.page > 0 ? ", page " + std::to_string(citation.page) : "";
        std::printf("[%d] %s%s\n    %s\n", citation.number, citation.path.c_str(), page.c_str(),
                    snippet(quoted(citation.text, text->second)).c_str());
    }
    if (!answer.citations.empty()) {
        std::printf("\n%s\n", figures_line(answer).c_str());
        if (!answer.figures.fidelity.empty()) std::printf("%s\n", answer.figures.fidelity.c_str());
    }
    std::fflush(stdout);
}

void AnswerPrinter::print_to(std::size_t end) {
    while (next_sentence_ < sentences_.size() && sentences_[next_sentence_].end <= end) {
        const CitedSentence& sentence = sentences_[next_sentence_++];
        if (sentence.end > printed_) {
            std::fwrite(text_.data() + printed_, 1, sentence.end - printed_, stdout);
            printed_ = sentence.end;
        }
        for (const int number : sentence.numbers) std::printf(" [%d]", number);
    }
    if (end > printed_) {
        std::fwrite(text_.data() + printed_, 1, end - printed_, stdout);
        printed_ = end;
    }
    std::fflush(stdout);
}

}  // namespace lectern
