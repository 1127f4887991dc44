#include "retrieval/index/terms.h"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

namespace lectern {
namespace {

enum class CharClass { kSeparator, kWord, kCjk, kDictionary, kExtend };

bool is_ascii_alnum(UChar32 c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

CharClass class_of(UChar32 c) {
    if (c < 0) return CharClass::kSeparator;
    if (c < 0x80) return is_ascii_alnum(c) ? CharClass::kWord : CharClass::kSeparator;
    if (c == 0xAD || c == 0x200C || c == 0x200D) return CharClass::kExtend;
    const std::uint32_t mask = U_GET_GC_MASK(c);
    if ((mask & U_GC_M_MASK) != 0) return CharClass::kExtend;
    if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return CharClass::kSeparator;
    if (c == 0x30FC || c == 0xFF70) return CharClass::kCjk;  // long vowel signs, in no one script
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
            return CharClass::kCjk;
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return CharClass::kDictionary;
        default:
            return CharClass::kWord;
    }
}

/// Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. Marks of other scripts
/// are part of their words.
bool is_accent(UChar32 c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7) || (c >= 0x64B && c <= 0x652);
}

/// Letters that Unicode does not decompose but people type without their strokes.
const char16_t* plain_letters(UChar32 c) {
    switch (c) {
        case 0xE6:
            return u"ae";
        case 0xF0:
        case 0x111:
            return u"d";
        case 0xF8:
            return u"o";
        case 0xFE:
            return u"th";
        case 0x127:
            return u"h";
        case 0x131:
            return u"i";
        case 0x142:
            return u"l";
        case 0x153:
            return u"oe";
        default:
            return nullptr;
    }
}

icu::UnicodeString fold_unicode(std::string_view word) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* decompose = icu::Normalizer2::getNFDInstance(status);
    const auto* compose = icu::Normalizer2::getNFCInstance(status);
    const auto source =
        icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int>(word.size())));
    if (U_FAILURE(status)) return source;
    const icu::UnicodeString parts =
        decompose->normalize(casefold->normalize(source, status), status);
    icu::UnicodeString plain;
    for (int i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
        const UChar32 c = parts.char32At(i);
        if (is_accent(c)) continue;
        if (const char16_t* letters = plain_letters(c)) {
            plain.append(letters, -1);
        } else {
            plain.append(c);
        }
    }
    return compose->normalize(plain, status);
}

std::string fold(std::string_view word) {
    std::string out(word);
    if (std::all_of(word.begin(), word.end(), [](char c) { return (c & 0x80) == 0; })) {
        for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return out;
    }
    out.clear();
    return fold_unicode(word).toUTF8String(out);
}

/// Collects the terms of one text, run by run.
class TermCollector {
  public:
    TermCollector(std::string_view text, TermUse use) : text_(text), use_(use) {}

    std::vector<Term> collect() {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(text_.data());
        const auto size = static_cast<std::int64_t>(text_.size());
        CharClass run = CharClass::kSeparator;
        std::int64_t run_begin = 0;
        for (std::int64_t i = 0; i < size;) {
            const std::int64_t begin = i;
            UChar32 c = 0;
            U8_NEXT(bytes, i, size, c);
            CharClass next = class_of(c);
            if (next == CharClass::kExtend) next = run;
            if (next == run) continue;
            close(run, run_begin, begin);
            run = next;
            run_begin = begin;
        }
        close(run, run_begin, size);
        return std::move(terms_);
    }

  private:
    void close(CharClass run, std::int64_t begin, std::int64_t end) {
        if (begin == end) return;
        const auto from = static_cast<std::size_t>(begin), to = static_cast<std::size_t>(end);
        if (run == CharClass::kWord) add(fold(text_.substr(from, to - from)), from, to);
        if (run == CharClass::kCjk) close_cjk(from, to);
        if (run == CharClass::kDictionary) close_dictionary(from, to);
    }

    void close_cjk(std::size_t begin, std::size_t end) {
        const icu::UnicodeString run = fold_unicode(text_.substr(begin, end - begin));
        for (int i = 0; i < run.length(); i = run.moveIndex32(i, 1)) {
            const int second = run.moveIndex32(i, 1);
            const bool is_pair = second < run.length();
            if (is_pair) add(utf8(run, i, run.moveIndex32(second, 1)), begin, end);
            const bool alone = run.countChar32() == 1;
            if (use_ == TermUse::kDocument || alone)
                add(utf8(run, i, second), begin, end, /*same_place=*/is_pair);
        }
    }

    void close_dictionary(std::size_t begin, std::size_t end) {
        const icu::UnicodeString run = fold_unicode(text_.substr(begin, end - begin));
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::BreakIterator> words(
            icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        if (U_FAILURE(status)) return add(utf8(run, 0, run.length()), begin, end);
        words->setText(run);
        int from = words->first();
        for (int to = words->next(); to != icu::BreakIterator::DONE; from = to, to = words->next())
            add(utf8(run, from, to), begin, end);
    }

    static std::string utf8(const icu::UnicodeString& text, int begin, int end) {
        std::string out;
        return text.tempSubStringBetween(begin, end).toUTF8String(out);
    }

    void add(std::string term, std::size_t begin, std::size_t end, bool same_place = false) {
        if (!term.empty()) terms_.push_back({std::move(term), begin, end, same_place});
    }

    std::string_view text_;
    TermUse use_;
    std::vector<Term> terms_;
};

}  // namespace

std::vector<Term> terms_of(std::string_view text, TermUse use) {
    return TermCollector(text, use).collect();
}

}  // namespace lectern
