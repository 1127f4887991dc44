#include "engine/tokenizer/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cassert>
#include <cstdint>
#include <limits>
#include <new>

namespace lectern {
namespace {

std::string with_unicode_spaces(std::string_view pattern) {
    constexpr std::string_view kSpaces = R"(\t-\r\x{85}\p{Z})";
    std::string out;
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c != '\\' || i + 1 == pattern.size()) {
            if (c == '[') in_class = true;
            if (c == ']') in_class = false;
            out += c;
            continue;
        }
        const char escaped = pattern[++i];
        if (escaped == 's' && in_class) {
            out += kSpaces;
        } else if (escaped == 's' || (escaped == 'S' && !in_class)) {
            out += escaped == 's' ? "[" : "[^";
            out += kSpaces;
            out += ']';
        } else {
            out += c;
            out += escaped;
        }
    }
    return out;
}

}  // namespace

void Regex::Free::operator()(pcre2_real_code_8* code) const { pcre2_code_free(code); }

void Regex::Scratch::Free::operator()(pcre2_real_match_data_8* data) const {
    pcre2_match_data_free(data);
}

void Regex::Scratch::Free::operator()(pcre2_real_match_context_8* context) const {
    pcre2_match_context_free(context);
}

Regex::Scratch::Scratch()
    : data_(pcre2_match_data_create(1, nullptr)), context_(pcre2_match_context_create(nullptr)) {
    if (data_ == nullptr || context_ == nullptr) throw std::bad_alloc();
    // The patterns are ours and backtrack linearly; a long run of spaces must not meet a limit.
    pcre2_set_match_limit(context_.get(), std::numeric_limits<std::uint32_t>::max());
}

Result<Regex> Regex::compile(std::string_view pattern) {
    const std::string source = with_unicode_spaces(pattern);
    int error = 0;
    std::size_t error_at = 0;
    pcre2_code* code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(source.data()), source.size(),
                      PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &error, &error_at, nullptr);
    if (code == nullptr) {
        std::array<PCRE2_UCHAR, 256> reason{};
        pcre2_get_error_message(error, reason.data(), reason.size());
        return fail(ErrorCode::kInvalidArgument,
                    "The pattern " + source + " is wrong at byte " + std::to_string(error_at) +
                        ": " + reinterpret_cast<const char*>(reason.data()) + ".");
    }
    // Where machine code is refused (a hardened system), matching interprets: slower, the same.
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return Regex(code);
}

bool Regex::find(std::string_view text, std::size_t from, Scratch& scratch, Match& match) const {
    const auto run = [&](std::uint32_t options) {
        return pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                           from, options | PCRE2_NO_UTF_CHECK, scratch.data_.get(),
                           scratch.context_.get());
    };
    int status = run(0);
    if (status == PCRE2_ERROR_JIT_STACKLIMIT) status = run(PCRE2_NO_JIT);
    if (status == PCRE2_ERROR_NOMEMORY) throw std::bad_alloc();
    assert(status >= 0 || status == PCRE2_ERROR_NOMATCH);
    if (status < 0) return false;
    const std::size_t* range = pcre2_get_ovector_pointer(scratch.data_.get());
    match = {range[0], range[1]};
    return true;
}

}  // namespace lectern
