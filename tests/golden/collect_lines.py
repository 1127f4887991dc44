"""Lines of real mixed text as found on a Debian machine, and edge cases made with a fixed seed.

Lines are bytes: some are broken UTF-8 on purpose. The same machine gives the same lines.
"""
import gettext
import glob
import os
import random
import re
import unicodedata

SEED = 20260101
PROSE = ["/usr/share/doc/**/*.txt", "/usr/share/doc/**/*.html", "/usr/share/doc/**/README*",
         "/usr/share/common-licenses/*", "/usr/share/i18n/locales/*"]
CODE = ["/usr/share/perl/**/*.p[ml]", "/usr/lib/python3*/**/*.py", "/usr/include/**/*.h",
        "/usr/share/cmake*/**/*.cmake", "/usr/share/iso-codes/json/*.json"]
TRANSLATIONS = ["/usr/share/locale/*/LC_MESSAGES/*.mo"]
# Whole languages that a sample over all files could miss.
WANTED = ["ja", "ko", "zh_CN", "zh_TW", "ar", "fa", "he", "hi", "mr", "bn", "ta", "te", "th", "ka",
          "am", "km", "my", "el", "ru", "vi", "tr", "pa", "gu", "ml", "kn", "ne", "si", "lo"]


def sample_files(rng, patterns, n):
    found = sorted({f for p in patterns for f in glob.glob(p, recursive=True) if os.path.isfile(f)})
    return rng.sample(found, min(n, len(found)))


def text_lines(rng, patterns, n_files, n_lines):
    lines = []
    for name in sample_files(rng, patterns, n_files):
        with open(name, "rb") as file:
            data = file.read(1 << 20)
        if b"\0" in data:
            continue
        found = [line for line in data.split(b"\n") if line.strip()]
        lines += rng.sample(found, min(40, len(found)))
        # Paragraphs keep their line breaks: white space between words is where tokenizers differ.
        blocks = [b for b in re.split(rb"\n\s*\n", data) if 0 < len(b) < 2000]
        lines += rng.sample(blocks, min(8, len(blocks)))
    return rng.sample(lines, min(n_lines, len(lines)))


def translated_lines(rng, n_lines):
    by_language = {}
    for name in sample_files(rng, TRANSLATIONS, 1500) + sorted(
            f for w in WANTED for f in glob.glob(f"/usr/share/locale/{w}/LC_MESSAGES/*.mo")):
        language = name.split("/")[4]
        try:
            with open(name, "rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog
        except (OSError, UnicodeDecodeError, ValueError, LookupError):
            continue
        texts = sorted({t for t in catalogue.values() if isinstance(t, str) and t.strip()})
        by_language.setdefault(language, set()).update(rng.sample(texts, min(60, len(texts))))
    lines = []
    share = max(1, n_lines // max(1, len(by_language)))
    for language in sorted(by_language):
        texts = sorted(by_language[language])
        n = share * 2 if language in WANTED else share
        lines += [t.encode() for t in rng.sample(texts, min(n, len(texts)))]
    return lines


ATOMS = (
    ["a", "b", "The", "the", "hello", "World", "don't", "I'LL", "we've", "it'S", "x86_64", "naïve"]
    + [" ", "  ", "   ", "    ", " " * 9, "\t", "\t\t", "\n", "\n\n", "\r\n", "\n\n\n\n", "\r", "\v", "\f"]
    + ["\u00a0", "\u2003", "\u3000", "\u200b", "\u200d", "\ufeff", "\u2028", "\u0085", "\u180e", "\u202e"]
    + list("0123456789") + ["123", "4567", "٣٤٥", "१२३", "²", "½", "Ⅷ", "①"]
    + list(".,;:!?()[]{}<>|\\/\"'`~@#$%^&*-_=+") + ["...", "!!!", "->", "::", "//", "/*", "</p>", "<tr>"]
    + ["é", "e\u0301", "ñ", "n\u0303", "Å", "A\u030a", "\u1e9b\u0323", "ﬁ", "ß", "ẞ", "İ", "ı", "ſ", "K"]
    + ["'ſ", "'S", "'ll", "’s", "Ǆ", "Ω", "Σς", "ΑΣ", "Ж", "щ", "я"]
    + ["汉字", "漢", "日本語", "カタカナ", "ひらがな", "ｶﾞ", "한국어", "\u1112\u1161\u11ab", "𠀀", "豈", "々"]
    + ["العربية", "مُحَمَّد", "שלום", "שָׁלוֹם", "हिन्दी", "क़", "क\u093c", "ड़", "தமிழ்", "ไทย", "ខ្មែរ", "ພາສາ", "አማርኛ"]
    + ["😀", "👩\u200d👩\u200d👧", "🏳️\u200d🌈", "🇩🇪", "👍🏽", "❤️", "☺", "🤔", "🫠", "𝐀𝑏", "①", "™"]
    + ["▁", "▁▁", " ▁", "Ġ", "Ċ", "##", "##ing", "[SEP]", "[CLS]", "[UNK]", "<unk>", "<s>", "</s>", "<bos>"]
    + ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<tool_call>", "</tool_call>", "<start_of_turn>"]
    + ["<unused0>", "[multimodal]", "<0x0A>", "<0xFF>", "<repo_name>", "<|fim_prefix|>", "\x01", "\x04", "\x7f"]
)


def edge_lines(rng, n_lines):
    lines = [a.encode() for a in ATOMS]
    lines += [(a * n).encode() for a in ["a", " ", "\n", "\t", "A", "0", "!", "汉", "e\u0301", "😀", "ab ", "\r\n"]
              for n in (2, 3, 5, 7, 16, 31, 32, 33, 64, 99, 100, 101, 257)]
    while len(lines) < n_lines:
        lines.append("".join(rng.choice(ATOMS) for _ in range(rng.randint(1, 24))).encode())
    return lines


def unicode_lines(rng):
    """Every code point of Unicode 14 (what Debian 12's PCRE2 and Python know) once, with neighbours of
    other kinds."""
    points = [c for c in range(1, 0xE0200) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    rng.shuffle(points)
    return ["".join(chr(c) + rng.choice(["", "", " ", "a", "1", "."]) for c in points[i:i + 48]).encode()
            for i in range(0, len(points), 48)]


def break_utf8(rng, lines, n_lines):
    broken = []
    while len(broken) < n_lines:
        line = bytearray(rng.choice(lines))
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(line) + 1)
            kind = rng.randrange(4)
            if kind == 0:
                line[at:at] = bytes([rng.randrange(0x80, 0x100)])
            elif kind == 1 and at < len(line):
                del line[at]
            elif kind == 2:
                line[at:at] = rng.choice([b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xff", b"\xe4\xb8",
                                          b"\xf4\x90\x80\x80", b"\xe0\x80\x80", b"\xf8\x88\x80\x80\x80"])
            elif at < len(line):
                line[at] ^= 1 << rng.randrange(8)
        if not is_valid(bytes(line)):
            broken.append(bytes(line))
    return broken


def is_valid(line):
    try:
        line.decode()
        return True
    except UnicodeDecodeError:
        return False


def collect(n_lines):
    """About n_lines lines by kind: {"prose": [...], ...}; all but "broken" may hold broken ones too."""
    rng = random.Random(SEED)
    groups = {
        "prose": text_lines(rng, PROSE, 600, n_lines // 6),
        "code": text_lines(rng, CODE, 500, n_lines // 6),
        "translations": translated_lines(rng, n_lines // 3),
        "edges": edge_lines(rng, n_lines // 6),
        "unicode": unicode_lines(rng),
    }
    real = [line for name in ("prose", "code", "translations", "edges") for line in groups[name]]
    groups["broken"] = break_utf8(rng, real, n_lines // 16)
    for name in groups:
        groups[name] = [line for line in groups[name] if line]
    return groups
