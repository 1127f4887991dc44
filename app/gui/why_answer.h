// What *Why this answer?* shows of an answer, in words and numbers that QML lays out.
#pragma once

#include <QVariantMap>

#include "app/core/assistant.h"

namespace lectern {

/// Empty without passages, else: fidelity (a line, may be empty); searchedFor (empty: the
/// question); passages and leftOut (one map each: number, title, page, scores, note, tokens,
/// tokensText); parts (of the time to the first word: name, part (its place among all there may
/// be), ms, text), totalMs, totalText; fullMs and fullText (0 and empty: not known); tokensText (of
/// all passages); prompt. `tokens` is a list of states (TokenStrip::State) and numbers of tokens in
/// turns.
QVariantMap why_answer(const Answer& answer);

}  // namespace lectern
