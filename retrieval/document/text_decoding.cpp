#include "retrieval/document/text_decoding.h"

#include <uchardet.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "retrieval/document/file_bytes.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view bytes;
    std::string_view kind;
};

constexpr std::array kMagic{
    Magic{"%PDF-"sv, "a PDF document"},
    Magic{"PK\x03\x04"sv, "a ZIP archive or office document"},
    Magic{"\x7F\x45\x4C\x46"sv, "a program"},
    Magic{"\x89PNG\r\n"sv, "a PNG image"},
    Magic{"\xFF\xD8\xFF"sv, "a JPEG image"},
    Magic{"GIF87a"sv, "a GIF image"},
    Magic{"GIF89a"sv, "a GIF image"},
    Magic{"\x1F\x8B\x08"sv, "a gzip archive"},
    Magic{"BZh"sv, "a bzip2 archive"},
    Magic{"\xFD\x37zXZ"sv, "an xz archive"},
    Magic{"\x28\xB5\x2F\xFD"sv, "a zstd archive"},
    Magic{"7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
    Magic{"\xD0\xCF\x11\xE0\xA1\xB1"sv, "an old office document"},
    Magic{"SQLite format 3"sv, "a SQLite database"},
    Magic{"OggS\0"sv, "an Ogg recording"},
    Magic{"ID3\x03"sv, "an MP3 recording"},
    Magic{"RIFF"sv, "a RIFF recording or image"},
};

struct Mark {
    std::string_view bytes;
    const char* encoding;
};

// UTF-32 before UTF-16: its mark begins with the other's.
constexpr std::array kMarks{
    Mark{"\xEF\xBB\xBF"sv, "UTF-8"},    Mark{"\xFF\xFE\0\0"sv, "UTF-32LE"},
    Mark{"\0\0\xFE\xFF"sv, "UTF-32BE"}, Mark{"\xFF\xFE"sv, "UTF-16LE"},
    Mark{"\xFE\xFF"sv, "UTF-16BE"},
};

/// UTF-16 without a mark: nearly all zero bytes stand on one side of the pairs.
const char* unmarked_utf16(std::string_view bytes) {
    const std::size_t n = std::min<std::size_t>(bytes.size(), 64 << 10) & ~std::size_t{1};
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < n; ++i) zeros[i & 1] += bytes[i] == '\0' ? 1 : 0;
    const std::size_t enough = std::max<std::size_t>(n / 8, 1);
    if (zeros[1] >= enough && zeros[0] * 50 <= zeros[1]) return "UTF-16LE";
    if (zeros[0] >= enough && zeros[1] * 50 <= zeros[0]) return "UTF-16BE";
    return nullptr;
}

struct Utf8Counts {
    std::size_t sequences = 0;  ///< valid ones of two bytes or more
    std::size_t broken = 0;
    std::size_t first_high = std::string_view::npos;  ///< where the first byte over 0x7F stands
    bool escapes = false;  ///< holds ESC: may be one of the ISO 2022 encodings
};

Utf8Counts count_utf8(std::string_view bytes) {
    Utf8Counts counts;
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<signed char>(bytes[at]) >= 0) {
            counts.escapes |= bytes[at] == '\x1B';
            ++at;
            continue;
        }
        if (counts.first_high == std::string_view::npos) counts.first_high = at;
        (next_code_point(bytes, at) < 0 ? counts.broken : counts.sequences)++;
    }
    return counts;
}

std::string detected_encoding(std::string_view bytes, std::size_t first_high) {
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(
        uchardet_new(), &uchardet_delete);
    const std::size_t begin =
        first_high == std::string_view::npos || first_high < 4096 ? 0 : first_high - 4096;
    const std::string_view sample = bytes.substr(begin, 1 << 20);
    uchardet_handle_data(detector.get(), sample.data(), sample.size());
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

/// <meta charset=…>, <meta … content="text/html; charset=…"> or <?xml … encoding="…"?>, or empty.
std::string declared_encoding(std::string_view bytes) {
    const std::string head = ascii_lower(bytes.substr(0, 2048));
    for (const std::string_view key : {"charset"sv, "encoding"sv}) {
        std::size_t at = head.find(key);
        if (at == std::string::npos) continue;
        at = head.find_first_not_of(" \t\r\n", at + key.size());
        if (at == std::string::npos || head[at] != '=') continue;
        at = head.find_first_not_of(" \t\r\n\"'", at + 1);
        if (at == std::string::npos) continue;
        const std::size_t end = std::min(
            head.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_", at), head.size());
        return head.substr(at, end - at);
    }
    return {};
}

/// nullopt where ICU knows no such encoding or cannot convert.
std::optional<std::string> convert(std::string_view bytes, const std::string& encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(
        ucnv_open(encoding.c_str(), &status), &ucnv_close);
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status),
                                                                &ucnv_close);
    if (U_FAILURE(status)) return std::nullopt;
    std::string out;
    std::array<UChar, 8192> pivot{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    std::array<char, 32768> piece{};
    const char* source = bytes.data();
    const char* end = bytes.data() + bytes.size();
    bool reset = true;
    while (true) {
        char* target = piece.data();
        status = U_ZERO_ERROR;
        ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, end,
                       pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                       reset ? 1 : 0, 1, &status);
        reset = false;
        out.append(piece.data(), static_cast<std::size_t>(target - piece.data()));
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) return std::nullopt;
        return out;
    }
}

/// Text has next to no control characters: more than one in fifty means binary.
bool has_binary_share(std::string_view text) {
    std::size_t controls = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool ordinary = (byte >= '\b' && byte <= '\r') || byte == 0x1B;
        controls += byte < 0x20 && !ordinary ? 1 : 0;
    }
    return controls * 50 > text.size();
}

/// Many replacement characters: the encoding was a wrong guess, so it is no text at all.
bool has_replacement_share(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = text.find("\uFFFD"); at != std::string_view::npos;
         at = text.find("\uFFFD", at + 3))
        ++n;
    return n * 20 > count_code_points(text);
}

tl::unexpected<Error> not_text(const std::string& name, std::string_view kind) {
    const std::string what = kind.empty() ? "a binary file" : std::string(kind);
    return fail(ErrorCode::kUnsupported, name + " is " + what + ", not text.");
}

Result<DecodedText> checked(std::string text, std::string encoding, const std::string& name) {
    if (has_binary_share(text) || has_replacement_share(text)) return not_text(name, {});
    return DecodedText{std::move(text), std::move(encoding)};
}

Result<DecodedText> decode_unmarked(std::string&& bytes, const std::string& name) {
    if (const char* encoding = unmarked_utf16(bytes))
        if (auto text = convert(bytes, encoding)) return checked(std::move(*text), encoding, name);
    if (has_binary_share(bytes)) return not_text(name, {});
    const Utf8Counts counts = count_utf8(bytes);
    // A few broken places among many good sequences are damage, not another encoding.
    if (!counts.escapes && counts.broken * 2 <= counts.sequences)
        return checked(counts.broken == 0 ? std::move(bytes) : valid_utf8(bytes), "UTF-8", name);
    const std::vector<std::string> candidates{declared_encoding(bytes),
                                              detected_encoding(bytes, counts.first_high)};
    for (const std::string& encoding : candidates)
        if (!encoding.empty() && encoding != "ASCII" && encoding != "UTF-8")
            if (auto text = convert(bytes, encoding))
                if (auto decoded = checked(std::move(*text), encoding, name)) return decoded;
    if (counts.broken == 0) return checked(std::move(bytes), "UTF-8", name);
    if (auto text = convert(bytes, "windows-1252"))
        return checked(std::move(*text), "windows-1252", name);
    return not_text(name, {});
}

}  // namespace

std::string_view binary_kind(std::string_view head) {
    for (const Magic& magic : kMagic)
        if (head.starts_with(magic.bytes)) return magic.kind;
    return {};
}

Result<DecodedText> decode_text(std::string bytes, const std::string& name) {
    for (const Mark& mark : kMarks) {
        if (!bytes.starts_with(mark.bytes)) continue;
        const std::string_view rest = std::string_view(bytes).substr(mark.bytes.size());
        if (mark.encoding == "UTF-8"sv) return checked(valid_utf8(rest), "UTF-8", name);
        if (auto text = convert(rest, mark.encoding))
            return checked(std::move(*text), mark.encoding, name);
    }
    // Short signatures are letters too: only bytes that are no text make them one.
    const std::string_view kind = binary_kind(bytes);
    if (!kind.empty() && (has_binary_share(bytes) || !is_utf8(bytes))) return not_text(name, kind);
    return decode_unmarked(std::move(bytes), name);
}

Result<DecodedText> read_text_file(const std::filesystem::path& path) {
    LECTERN_ASSIGN(std::string bytes, read_file_bytes(path));
    return decode_text(std::move(bytes), shown_name(path));
}

}  // namespace lectern
