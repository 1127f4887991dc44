// A follow-up question as a search query that stands alone: "And how large is it?" → "How large is
// the write-ahead log?", by the model itself.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/core/model_session.h"

namespace lectern {

/// Whether a question behind others looks as if it leaned on them: one or two words of its own, a
/// pronoun, or a beginning like "and". Pronouns and beginnings are known of English, German,
/// French, Spanish and Italian; of any other language only short questions are seen to.
bool leans_on_earlier(std::string_view question);

/// What the model wrote, if it can be a query: one short line that shares a word with the question
/// or the one before, and is not the question itself.
std::optional<std::string> usable_query(std::string_view written, std::string_view question,
                                        std::string_view question_before);

/// Lets the model write the query, of 48 tokens at most, behind the prompt prefix and the turn
/// before alone, in the cache beside the conversation's: what the conversation holds is not touched
/// and how long it is costs nothing. Nothing: what came is no query. kCancelled, kOutOfMemory; the
/// errors of read_full and generate.
Result<std::optional<std::string>> rewrite_query(ModelSession& session, std::string_view question,
                                                 std::string_view question_before,
                                                 std::string_view answer_before,
                                                 std::stop_token stop);

}  // namespace lectern
