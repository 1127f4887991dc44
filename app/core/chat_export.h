// A chat as a document of its own: questions, answers with numbered markers, and their sources.
#pragma once

#include <string>

#include "app/core/chat.h"

namespace lectern {

/// Markdown: a heading a question; behind each answer the passages that it names, with document,
/// page and text. Ends in a line break.
std::string chat_markdown(const Chat& chat);

/// An answer with its markers, behind it the passages that it names.
std::string answer_markdown(const ChatTurn& turn);

/// One HTML page that loads nothing; answers are laid out as the window does, markers are links to
/// their passages, and HTML in an answer stays text.
std::string chat_html(const Chat& chat);

}  // namespace lectern
