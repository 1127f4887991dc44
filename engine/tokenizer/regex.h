// The one wrapper of PCRE2: Unicode patterns over valid UTF-8, compiled to machine code where that
// works.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;

namespace lectern {

/// Immutable; any thread.
class Regex {
  public:
    struct Match {
        std::size_t begin = 0, end = 0;  ///< bytes
    };

    /// Room for one match at a time, for any Regex: one a thread, made once a call.
    class Scratch {
      public:
        Scratch();

      private:
        friend class Regex;
        struct Free {
            void operator()(pcre2_real_match_data_8* data) const;
            void operator()(pcre2_real_match_context_8* context) const;
        };
        std::unique_ptr<pcre2_real_match_data_8, Free> data_;
        std::unique_ptr<pcre2_real_match_context_8, Free> context_;
    };

    /// `\s` and `\S` mean White_Space as Unicode has it (PCRE2's own differ by U+180E).
    /// kInvalidArgument says what is wrong with the pattern and where.
    static Result<Regex> compile(std::string_view pattern);

    /// The first match at or after byte `from`; false where there is none. Pre: text is valid
    /// UTF-8, from ≤ text.size().
    bool find(std::string_view text, std::size_t from, Scratch& scratch, Match& match) const;

  private:
    struct Free {
        void operator()(pcre2_real_code_8* code) const;
    };
    explicit Regex(pcre2_real_code_8* code) : code_(code) {}

    std::unique_ptr<pcre2_real_code_8, Free> code_;
};

}  // namespace lectern
