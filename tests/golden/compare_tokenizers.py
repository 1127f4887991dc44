#!/usr/bin/env python3
"""Compares Lectern's token ids with the references', line by line, for the four development models.

    compare_tokenizers.py --tool build/engine/bin/tokenize_lines [--models DIR] [--lines N]
    compare_tokenizers.py --tool … --pre    (the cuts of every pre-tokenizer instead)
    compare_tokenizers.py --golden tests/golden/tokenizers.json    (writes the committed goldens)

Needs: gguf, tokenizers, regex, sentencepiece, llama-cpp-python. Exits 1 where an id differs.

The reference is the tokenizer a model was trained with, built from the file's own vocabulary: for
byte-level BPE the `tokenizers` package with the model's published normaliser and pre-tokenizer, for
Gemma `sentencepiece`, for MiniLM its tokenizer.json (without the special tokens, which are never
parsed from text). llama.cpp is compared too; where it departs from training, its lines are counted
apart and the reason is checked:
  - Qwen2.5 was trained on text in normal form C; llama.cpp does not normalise. So it differs on
    text that is not in that form, and only there.
  - SmolLM2's vocabulary lacks 21 bytes. Training left them out before merging, llama.cpp after.
  - A literal U+2581 in Gemma's text is a space to SentencePiece, runs of them too; and "</s>", which
    its vocabulary lists as user-defined HTML, llama.cpp takes for a control token.
  - Broken UTF-8: training never saw it. Here every broken byte is a sign of its own and becomes its
    byte token, and valid text around it stays whole. llama.cpp makes U+FFFD of it for byte-level
    BPE (or ends the process: such lines are not given to it), and for SentencePiece takes as many
    bytes as the broken one announces. The reference is made here: for byte-level BPE `regex` cuts the words and `tokenizers` merges, for Gemma
    `sentencepiece` encodes the valid stretches.
"""
import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import gguf
import regex
import sentencepiece
import tokenizers
from llama_cpp import Llama
from sentencepiece import sentencepiece_model_pb2 as spm
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

from collect_lines import collect, is_valid

STARTER = "SmolLM2-135M-Instruct.Q4_1.gguf"
RECOMMENDED = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
GEMMA = "gemma-3-270m-q4_k_m.gguf"
EMBEDDER = "all-MiniLM-L6-v2"
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = 1, 2, 3, 4, 5, 6
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
QWEN2 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
         r"|\s*[\r\n]+|\s+(?!\S)|\s+")

LLAMA3 = QWEN2.replace(r"\p{N}|", r"\p{N}{1,3}|")
TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
          r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
          r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
DEEPSEEK_V3 = (r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
               r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
# As `tokenizers` is told them; a string is a pattern that isolates its matches.
DIGITS = pre_tokenizers.Digits(individual_digits=True)
PRE_TOKENIZERS = {
    "gpt-2": [GPT2], "smollm": [DIGITS, GPT2], "starcoder": [DIGITS, GPT2], "command-r": [DIGITS, GPT2],
    "llama-bpe": [LLAMA3], "qwen2": [QWEN2], "tekken": [TEKKEN],
    "default": [r"[\p{P}\$\+<=>\^~\|]+", GPT2, r"\p{N}+", "[0-9][0-9][0-9]"],
    "deepseek-coder": ["[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+", DIGITS],
    "deepseek-v3": [r"\p{N}{1,3}", "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+", DEEPSEEK_V3],
}


def compare_pre_tokenizers(tool, groups, show):
    wrong = 0
    lines = [line for group in groups.values() for line in group if is_valid(line)]
    for name, steps in PRE_TOKENIZERS.items():
        reference = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(step), behavior="isolated") if isinstance(step, str) else step
            for step in steps])
        print(name)
        bad = 0
        for line, ours in zip(lines, our_ids(tool, "pre:" + name, lines)):
            theirs = [len(word.encode()) for word, _ in reference.pre_tokenize_str(line.decode())]
            if ours != theirs:
                bad += 1
                if bad <= show:
                    print(f"    {line!r}\n      ours      {ours}\n      reference {theirs}")
        print(f"  {len(lines) - bad} of {len(lines)} lines cut alike")
        wrong += bad
    return wrong


def byte_letters():
    """GPT-2's printable letter for every byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    rest = iter(range(0x100, 0x200))
    return [chr(b) if b in printable else chr(next(rest)) for b in range(256)]


class ByteLevel:
    llama_takes_broken = False

    def __init__(self, path, patterns, pre, normalizer):
        fields = gguf.GGUFReader(path).fields
        tokens = fields["tokenizer.ggml.tokens"].contents()
        kinds = fields["tokenizer.ggml.token_type"].contents()
        merges = [tuple(m.split(" ", 1)) for m in fields["tokenizer.ggml.merges"].contents()]
        self.patterns, self.nfc = patterns, normalizer is not None
        self.letters = byte_letters()
        self.user = [t for t, k in zip(tokens, kinds) if k == USER_DEFINED]
        bpe = {t: i for i, t in enumerate(tokens)}
        self.model = models.BPE(vocab=bpe, merges=merges)
        self.hf = Tokenizer(self.model)
        self.hf.pre_tokenizer = pre
        if normalizer:
            self.hf.normalizer = normalizer
        self.hf.add_tokens([AddedToken(t, normalized=False) for t in self.user])
        self.llama = Llama(str(path), vocab_only=True, verbose=False)
        self.missing = {b for b in range(256) if self.letters[b] not in bpe}

    def ids(self, line):
        return self.hf.encode(line.decode(), add_special_tokens=False).ids if is_valid(line) else self.own(line)

    def own(self, line):
        """Broken bytes as lone surrogates: neither letter, number nor space."""
        text = line.decode("utf-8", "surrogateescape")
        ids = []
        parts = regex.split("(" + "|".join(map(regex.escape, self.user)) + ")", text) if self.user else [text]
        for part in parts:
            if part in self.user:
                ids.append(self.model.token_to_id(part))
                continue
            words = [unicodedata.normalize("NFC", part) if self.nfc else part]
            for pattern in self.patterns:
                words = [w for word in words for w in isolate(pattern, word)]
            for word in words:
                letters = "".join(self.letters[b] for b in word.encode("utf-8", "surrogateescape"))
                ids += [t.id for t in self.model.tokenize(letters)]
        return ids

    def llama_departs(self, line):
        return (not is_valid(line) or self.missing & set(line)
                or (self.nfc and not unicodedata.is_normalized("NFC", line.decode())))


def isolate(pattern, text):
    pieces, done = [], 0
    for match in regex.finditer(pattern, text):
        pieces += [text[done:match.start()], match.group()]
        done = match.end()
    return [p for p in pieces + [text[done:]] if p]


class SentencePiece:
    llama_takes_broken = True

    def __init__(self, path):
        fields = gguf.GGUFReader(path).fields
        kinds = {NORMAL: 1, UNKNOWN: 2, CONTROL: 3, USER_DEFINED: 4, UNUSED: 5, BYTE: 6}
        tokens = fields["tokenizer.ggml.tokens"].contents()
        types = fields["tokenizer.ggml.token_type"].contents()
        scores = fields["tokenizer.ggml.scores"].contents()
        proto = spm.ModelProto()
        unknown = int(fields["tokenizer.ggml.unknown_token_id"].contents())
        for i, (token, kind, score) in enumerate(zip(tokens, types, scores)):
            kind = UNKNOWN if i == unknown else kind
            proto.pieces.add(piece=token.replace(" ", "\u2581"), score=score, type=kinds[kind])
        trainer = proto.trainer_spec
        trainer.model_type, trainer.byte_fallback = spm.TrainerSpec.BPE, True
        trainer.vocab_size = len(tokens)
        trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = unknown, 2, 1, 0
        trainer.unk_piece, trainer.bos_piece = tokens[unknown], tokens[2]
        trainer.eos_piece, trainer.pad_piece = tokens[1], tokens[0]
        normalizer = proto.normalizer_spec
        normalizer.name, normalizer.add_dummy_prefix = "identity", False
        normalizer.remove_extra_whitespaces, normalizer.escape_whitespaces = False, True
        self.first_byte = tokens.index("<0x00>")
        self.sp = sentencepiece.SentencePieceProcessor(model_proto=proto.SerializeToString())
        self.llama = Llama(str(path), vocab_only=True, verbose=False)

    def ids(self, line):
        text, ids = line.decode("utf-8", "surrogateescape"), []
        for part in regex.split("([\udc80-\udcff])", text):
            broken = len(part) == 1 and "\udc80" <= part <= "\udcff"
            ids += [self.first_byte + ord(part) - 0xDC00] if broken else self.sp.encode(part)
        return ids

    def llama_departs(self, line):
        return not is_valid(line) or "\u2581" in line.decode() or b"</s>" in line


class WordPiece:
    def __init__(self, folder):
        config = json.loads((folder / "tokenizer.json").read_text())
        config.update(added_tokens=[], truncation=None, padding=None, post_processor=None)
        self.hf = Tokenizer.from_str(json.dumps(config))
        self.llama = None

    def ids(self, line):
        return self.hf.encode(line.decode("utf-8", "replace"), add_special_tokens=False).ids



def references(folder):
    yield STARTER, ByteLevel(
        folder / STARTER, [r"\p{N}", GPT2],
        pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                 pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]), None)
    yield RECOMMENDED, ByteLevel(
        folder / RECOMMENDED, [QWEN2],
        pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN2), behavior="isolated"),
                                 pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]),
        normalizers.NFC())
    yield GEMMA, SentencePiece(folder / GEMMA)
    yield EMBEDDER, WordPiece(folder / EMBEDDER)


def our_ids(tool, model, lines):
    with tempfile.TemporaryDirectory() as temp:
        source, result = Path(temp, "lines"), Path(temp, "ids")
        source.write_bytes(b"".join(struct.pack("=I", len(line)) + line for line in lines))
        done = subprocess.run([tool, model, source, result], check=True, capture_output=True, text=True)
        print(f"  lectern: {done.stdout.strip()}")
        data, at, ids = result.read_bytes(), 0, []
        while at < len(data):
            n = struct.unpack_from("=I", data, at)[0]
            ids.append(list(struct.unpack_from(f"={n}i", data, at + 4)))
            at += 4 + 4 * n
        return ids


def compare(name, reference, tool, models_dir, groups, show):
    print(name)
    lines = [line for group in groups.values() for line in group]
    ours = iter(our_ids(tool, models_dir / name, lines))
    wrong = total = 0
    llama = {"identical": 0, "different where it departs from training": 0, "different": 0}
    for group, members in groups.items():
        bad = 0
        for line in members:
            mine, expected = next(ours), reference.ids(line)
            if mine != expected:
                bad += 1
                if bad <= show:
                    print(f"    {line!r}\n      ours      {mine}\n      reference {expected}")
            if reference.llama and (is_valid(line) or reference.llama_takes_broken):
                theirs = reference.llama.tokenize(line, add_bos=False, special=False)
                kind = ("identical" if theirs == mine else
                        "different where it departs from training" if reference.llama_departs(line) else "different")
                llama[kind] += 1
                if kind == "different" and llama[kind] <= show:
                    print(f"    {line!r}\n      ours      {mine}\n      llama.cpp {theirs}")
        print(f"  {group}: {len(members) - bad} of {len(members)} lines identical")
        wrong, total = wrong + bad, total + len(members)
    print(f"  all: {total - wrong} of {total} lines identical to the training tokenizer")
    if reference.llama:
        print("  llama.cpp: " + ", ".join(f"{n} {kind}" for kind, n in llama.items()))
    return wrong + llama["different"]


def write_golden(path, models_dir, groups):
    picked = []
    for group, n in {"prose": 50, "code": 50, "translations": 110, "edges": 110, "broken": 40}.items():
        short = [line for line in groups[group] if len(line) < 110]
        picked += short[::max(1, len(short) // n)][:n]
    golden = {"lines": [{"text": line.decode()} if is_valid(line) else {"hex": line.hex()} for line in picked],
              "ids": {name: [ref.ids(line) for line in picked] for name, ref in references(models_dir)}}
    path.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
                    .replace("},{", "},\n{") + "\n")
    print(f"{path}: {len(picked)} lines, {path.stat().st_size} bytes")


def main():
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", type=Path)
    parser.add_argument("--golden", type=Path)
    parser.add_argument("--pre", action="store_true")
    parser.add_argument("--models", type=Path, default=os.environ.get("LECTERN_MODELS", data / "lectern/models"))
    parser.add_argument("--lines", type=int, default=26000)
    parser.add_argument("--only", default="", help="part of a model's name")
    parser.add_argument("--show", type=int, default=2, help="differing lines to print a group")
    args = parser.parse_args()
    print(f"tokenizers {tokenizers.__version__}, sentencepiece {sentencepiece.__version__}")
    groups = collect(args.lines)
    if args.golden:
        write_golden(args.golden, args.models, groups)
        return 0
    if args.pre:
        return 1 if compare_pre_tokenizers(args.tool, groups, args.show) else 0
    wrong = sum(compare(name, reference, args.tool, args.models, groups, args.show)
                for name, reference in references(args.models) if args.only in name)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
