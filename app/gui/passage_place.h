// Where a passage stands in a text that is laid out otherwise than it was read: by its letters.
#pragma once

#include <QString>
#include <vector>

namespace lectern {

/// Characters (UTF-16 units) [begin, begin + length) of a text.
struct TextRange {
    int begin = 0;
    int length = 0;
    bool operator==(const TextRange&) const = default;
};

/// The places of the passage's sentences and lines in the text, ascending and joined where nothing
/// but a few characters stands between them. Letters and digits alone count, whatever their case:
/// white space, hyphens and line ends may differ. Empty: none of it is there. Any thread.
std::vector<TextRange> find_passage(const QString& text, const QString& passage);

/// Every place of `wanted`, whatever its case, at most `limit`. Empty for an empty one. Any thread.
std::vector<TextRange> find_all(const QString& text, const QString& wanted, int limit);

}  // namespace lectern
