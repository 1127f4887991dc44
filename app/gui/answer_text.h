// What the window shows of an answer beside its text: its sources, its figures.
#pragma once

#include <QString>
#include <QVariantList>
#include <string>
#include <vector>

#include "app/core/chat.h"

namespace lectern {

/// An answer as far as it has come. The engine's thread fills it, the window's reads it: one owner
/// at a time.
struct AnswerDraft {
    std::string text;
    std::vector<CitedSentence> sentences;  ///< increasing ends
    std::vector<Citation> citations;
};

/// An answer as it is kept, without its question.
ChatTurn kept_turn(const Answer& answer);

/// One map a passage: number, title, topic (the innermost heading or the first words),
/// headingPath, page ("page 7" or empty), text, path, cited, and what source_place.h reads:
/// pageNumber, spans, sizeBytes, modified.
QVariantList source_list(const AnswerDraft& draft);

/// "page 7", or empty.
QString page_text(const Citation& citation);

/// "0.9 s"; from ten seconds on without decimals.
QString seconds_text(double ms);

/// "First word after 0.9 s · 6 passages, 5 from the cache · 7 % recomputed · a full read would take
/// about 17 s", the last only where it is known; empty without passages.
QString figures_line(const Answer& answer);

}  // namespace lectern
