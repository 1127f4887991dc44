// A streaming answer in the terminal, with the numbers of its passages behind each sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/core/assistant.h"

namespace lectern {

/// The events of one answer, printed to stdout. White space is held back until more text follows,
/// so that a sentence's numbers stand right behind it.
class AnswerPrinter {
  public:
    AskEvents events();
    /// The rest of the text, the sources and the figures.
    void finish(const Answer& answer);

  private:
    void print_to(std::size_t end);

    std::string text_;
    std::vector<CitedSentence> sentences_;
    std::size_t printed_ = 0;        ///< bytes of text_
    std::size_t next_sentence_ = 0;  ///< the first whose numbers are not printed
};

}  // namespace lectern
