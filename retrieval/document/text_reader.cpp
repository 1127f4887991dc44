#include "retrieval/document/text_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "retrieval/document/file_bytes.h"
#include "retrieval/document/text_decoding.h"
#include "retrieval/document/unicode.h"

namespace lectern {
namespace {

constexpr auto kProseExtensions = std::to_array<std::string_view>(
    {"txt", "text", "rst", "tex", "adoc", "asciidoc", "org", "nfo", "readme", "srt", "vtt"});

constexpr auto kRowExtensions = std::to_array<std::string_view>({"csv", "tsv"});

constexpr auto kCodeExtensions = std::to_array<std::string_view>(
    {"log",  "c",     "h",   "cc",   "cpp",   "cxx",        "hh",    "hpp",    "hxx",     "cu",
     "cuh",  "m",     "mm",  "java", "kt",    "kts",        "scala", "groovy", "cs",      "fs",
     "vb",   "go",    "rs",  "zig",  "d",     "swift",      "dart",  "js",     "mjs",     "cjs",
     "jsx",  "ts",    "tsx", "vue",  "css",   "scss",       "less",  "qml",    "py",      "pyi",
     "rb",   "pl",    "pm",  "php",  "lua",   "r",          "jl",    "hs",     "ml",      "mli",
     "ex",   "exs",   "erl", "clj",  "el",    "lisp",       "scm",   "sh",     "bash",    "zsh",
     "fish", "bat",   "cmd", "ps1",  "sql",   "asm",        "s",     "f90",    "f",       "pas",
     "tcl",  "v",     "vhd", "sv",   "cmake", "mk",         "json",  "jsonl",  "yaml",    "yml",
     "toml", "ini",   "cfg", "conf", "env",   "properties", "xml",   "proto",  "graphql", "tf",
     "diff", "patch", "bib", "po",   "gradle"});

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

TextLook look_of(std::string_view extension) {
    if (holds(kCodeExtensions, extension)) return TextLook::kCode;
    return holds(kRowExtensions, extension) ? TextLook::kRows : TextLook::kProse;
}

std::string extension_of(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    return extension.empty() ? extension : ascii_lower(std::string_view(extension).substr(1));
}

}  // namespace

bool TextReader::accepts(std::string_view extension, std::span<const std::byte> head) const {
    if (holds(kProseExtensions, extension) || holds(kCodeExtensions, extension) ||
        holds(kRowExtensions, extension))
        return true;
    if (head.empty()) return false;
    std::string bytes(reinterpret_cast<const char*>(head.data()), head.size());
    return decode_text(std::move(bytes), {}).has_value();
}

Result<ParsedDocument> TextReader::read(const std::filesystem::path& path) const {
    LECTERN_ASSIGN(const DecodedText decoded, read_text_file(path));
    ParsedDocument document;
    document.format = "text";
    document.blocks = split_plain_text(decoded.text, look_of(extension_of(path)));
    if (document.blocks.empty())
        return fail(ErrorCode::kUnsupported,
                    shown_name(path) + " holds no text, only white space.");
    const Block& first = document.blocks.front();
    if (first.kind == BlockKind::kHeading) document.title = first.text;
    return document;
}

}  // namespace lectern
