// A chat as a document of its own: questions, answers with numbered markers, and their sources.
#pragma once

#include <string>

#include "app/core/chat.h"

namespace lectern {

/// Markdown: a heading a question; behind each answer the passages that it names, with document,
/// page and text. Ends in a line break.
std::string chat_markdown(const Chat& chat);

/// One HTML page that loads nothing; markers are links to their passages. Answers stand there as
/// they were written, line by line: their Markdown is not laid out, and HTML in them stays text.
std::string chat_html(const Chat& chat);

}  // namespace lectern
