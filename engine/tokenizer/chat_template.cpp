#include "engine/tokenizer/chat_template.h"

#include <algorithm>
#include <cstdint>

namespace lectern {
namespace {

constexpr const char* kSupported =
    "Supported are the templates of ChatML (Qwen2.5, SmolLM2, …), Qwen3, Llama 2, Llama 3, Mistral "
    "and Gemma.";

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Templates write a line break as one, or as "\n" inside a Jinja string.
std::string with_line_breaks(std::string_view jinja) {
    std::string out;
    for (std::size_t i = 0; i < jinja.size(); ++i) {
        const bool escape = jinja.substr(i, 2) == "\\n";
        out += escape ? '\n' : jinja[i];
        i += escape ? 1 : 0;
    }
    return out;
}

std::string_view trim(std::string_view text) {
    constexpr const char* kSpaces = " \t\n\v\f\r";
    const std::size_t from = text.find_first_not_of(kSpaces);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

}  // namespace

/// Collects control tokens and plain text; text between two control tokens is encoded as one.
class ChatTemplate::Writer {
  public:
    Writer(const Format& format, const Tokenizer& tokenizer)
        : format_(format), tokenizer_(tokenizer) {}

    /// Markers of the format count as tokens.
    Writer& format(std::string_view text) {
        while (!text.empty()) {
            std::size_t at = text.size();
            std::string_view next;
            for (const std::string& marker : format_.markers) {
                const std::size_t found = text.find(marker);
                if (found < at) {
                    at = found;
                    next = marker;
                }
            }
            plain(text.substr(0, at));
            if (!next.empty()) token(*tokenizer_.find(next));
            text.remove_prefix(at + next.size());
        }
        return *this;
    }

    Writer& plain(std::string_view text) {
        text_ += text;
        return *this;
    }

    Writer& token(TokenId id) {
        flush();
        ids_.push_back(id);
        return *this;
    }

    std::vector<TokenId> finish() {
        flush();
        return std::move(ids_);
    }

  private:
    void flush() {
        if (text_.empty()) return;
        const std::vector<TokenId> ids = tokenizer_.encode(text_);
        ids_.insert(ids_.end(), ids.begin(), ids.end());
        text_.clear();
    }

    const Format& format_;
    const Tokenizer& tokenizer_;
    std::string text_;
    std::vector<TokenId> ids_;
};

ChatTemplate::Format ChatTemplate::chatml() {
    Format format;
    format.markers = {"<|im_start|>", "<|im_end|>"};
    format.open_user = "<|im_start|>user\n";
    format.before_system = "<|im_start|>system\n";
    format.after_system = "<|im_end|>\n" + format.open_user;
    format.open_answer = "<|im_end|>\n<|im_start|>assistant\n";
    format.end_answer = "<|im_end|>\n";
    format.stops = {"<|im_end|>", "<|endoftext|>"};
    return format;
}

ChatTemplate::Format ChatTemplate::llama3(bool dated) {
    Format format;
    format.family = ChatFamily::kLlama3;
    format.markers = {"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"};
    format.open_user = "<|start_header_id|>user<|end_header_id|>\n\n";
    format.before_system = "<|start_header_id|>system<|end_header_id|>\n\n";
    if (dated) {
        // The date is what the template takes where it is told none.
        format.before_system +=
            "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n";
    }
    format.after_system = "<|eot_id|>" + format.open_user;
    format.open_answer = "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";
    format.end_answer = "<|eot_id|>";
    format.stops = {"<|eot_id|>", "<|eom_id|>", "<|end_of_text|>"};
    format.trims_system = true;
    return format;
}

ChatTemplate::Format ChatTemplate::gemma() {
    Format format;
    format.family = ChatFamily::kGemma;
    format.markers = {"<start_of_turn>", "<end_of_turn>"};
    format.open_user = "<start_of_turn>user\n";
    format.before_system = format.open_user;
    format.after_system = "\n\n";
    format.open_answer = "<end_of_turn>\n<start_of_turn>model\n";
    format.end_answer = "<end_of_turn>\n";
    format.stops = {"<end_of_turn>"};
    return format;
}

// [INST] is plain text to Llama 2 and the first Mistral. Their SentencePiece puts a space before
// text that follows a control token; encode() does not, so it is written here.
ChatTemplate::Format ChatTemplate::llama2() {
    Format format;
    format.family = ChatFamily::kLlama2;
    format.markers = {"<s>", "</s>"};
    format.open_user = " [INST] ";
    format.before_system = " [INST] <<SYS>>\n";
    format.after_system = "\n<</SYS>>\n\n";
    format.open_answer = " [/INST]";
    format.end_answer = " </s><s>";
    return format;
}

ChatTemplate::Format ChatTemplate::mistral(const std::string& jinja) {
    Format format;
    format.family = ChatFamily::kMistral;
    const bool plain_text = contains(jinja, " [/INST]");
    const std::string space = contains(jinja, "[INST] ") ? " " : "";
    format.markers = {"</s>"};
    if (!plain_text) format.markers.insert(format.markers.end(), {"[INST]", "[/INST]"});
    format.open_user = (plain_text ? " [INST]" : "[INST]") + space;
    format.before_system = format.open_user;
    format.after_system = "\n\n";
    if (contains(jinja, "[SYSTEM_PROMPT]")) {
        format.markers.insert(format.markers.end(), {"[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"});
        format.before_system =
            contains(jinja, "[SYSTEM_PROMPT] ") ? "[SYSTEM_PROMPT] " : "[SYSTEM_PROMPT]";
        format.after_system = "[/SYSTEM_PROMPT]" + format.open_user;
    }
    format.open_answer = plain_text ? " [/INST]" : "[/INST]";
    format.end_answer = "</s>";
    return format;
}

Result<ChatTemplate::Format> ChatTemplate::recognise(const std::string& jinja) {
    if (contains(jinja, "<|im_start|>assistant\n") && contains(jinja, "<|im_end|>")) {
        Format format = chatml();
        const bool switchable = contains(jinja, "enable_thinking");
        if (switchable && contains(jinja, "<think>\n\n</think>\n\n")) {
            format.family = ChatFamily::kQwen3;
            format.markers.insert(format.markers.end(), {"<think>", "</think>"});
            format.no_thought = "<think>\n\n</think>\n\n";
            return format;
        }
        if (!switchable && !contains(jinja, "<|im_start|>assistant\n<think>")) return format;
        return fail(ErrorCode::kUnsupported, "This model's chat template always thinks first.",
                    kSupported);
    }
    if (contains(jinja, "<|start_header_id|>") && contains(jinja, "<|eot_id|>"))
        return llama3(contains(jinja, "Cutting Knowledge Date: December 2023"));
    if (contains(jinja, "<start_of_turn>") && contains(jinja, "<end_of_turn>")) return gemma();
    if (contains(jinja, "[INST]") && contains(jinja, "<<SYS>>")) return llama2();
    if (contains(jinja, "[INST]") && contains(jinja, "[/INST]")) return mistral(jinja);
    return fail(ErrorCode::kUnsupported,
                jinja.empty() ? "This model has no chat template: it was not made to converse."
                              : "This model's chat template is not known.",
                kSupported);
}

Result<ChatTemplate> ChatTemplate::detect(std::string_view jinja, const Tokenizer& tokenizer) {
    const std::string text = with_line_breaks(jinja);
    LECTERN_ASSIGN(Format format, recognise(text));
    for (const std::string& marker : format.markers) {
        if (tokenizer.find(marker)) continue;
        return fail(ErrorCode::kUnsupported,
                    "This model's chat template needs the token " + marker +
                        ", which its vocabulary lacks.",
                    kSupported);
    }
    ChatTemplate out(std::move(format), tokenizer);
    if (contains(text, "bos_token") || tokenizer.add_bos()) {
        out.bos_ = tokenizer.bos();
        if (!out.bos_) {
            return fail(
                ErrorCode::kUnsupported,
                "This model's prompts begin with a BOS token, which its file does not name.");
        }
    } else if (out.family_ == ChatFamily::kLlama2 || out.family_ == ChatFamily::kLlama3) {
        out.bos_ = tokenizer.bos();  // written out in the template
    }
    const auto add_stop = [&](std::optional<TokenId> id) {
        if (id && std::ranges::find(out.stop_tokens_, *id) == out.stop_tokens_.end())
            out.stop_tokens_.push_back(*id);
    };
    for (const std::string& stop : out.format_.stops) add_stop(tokenizer.find(stop));
    add_stop(tokenizer.eos());
    return out;
}

std::vector<TokenId> ChatTemplate::begin(std::string_view system) const {
    Writer writer(format_, *tokenizer_);
    if (bos_) writer.token(*bos_);
    if (format_.trims_system) system = trim(system);
    if (system.empty()) return writer.format(format_.open_user).finish();
    return writer.format(format_.before_system).plain(system).format(format_.after_system).finish();
}

std::vector<TokenId> ChatTemplate::open_answer(bool thinking) const {
    Writer writer(format_, *tokenizer_);
    writer.format(format_.open_answer);
    if (!thinking) writer.format(format_.no_thought);
    return writer.finish();
}

std::vector<TokenId> ChatTemplate::next_turn() const {
    return Writer(format_, *tokenizer_)
        .format(format_.end_answer)
        .format(format_.open_user)
        .finish();
}

}  // namespace lectern
