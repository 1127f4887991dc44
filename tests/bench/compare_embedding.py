#!/usr/bin/env python3
"""Embedding of passages: Lectern and PyTorch alternating on one machine.

Usage: compare_embedding.py LECTERN EMBEDDER_FOLDER [CORPUS.json …] [--passages 1000] [--rounds 5] [--threads 2]
       [--out FILE.json]

A corpus is a JSON list of {title, text} or of cases with `ctxs` of those; without one, paragraphs of the licences that
every Debian machine has are read. Texts are cut to what the embedder reads at once, so both sides read the same tokens.
First every passage's vectors have to agree (cosine at least 0.9999 with PyTorch's in float32). Then each round measures
ours, then PyTorch, both from texts to vectors; the peer sorts by length and uses the best of several batch sizes, in
float32 and, where its vectors hold the same cosine, in bfloat16: the better median counts. --out keeps every sample.
Needs torch and transformers in the Python that runs it."""
import argparse, json, pathlib, statistics, subprocess, sys, tempfile, time

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

BAR = 0.9999
BATCHES = (8, 16, 32, 64)


def passages_of(paths):
    if not paths:
        paths = sorted(pathlib.Path("/usr/share/common-licenses").iterdir())
        return [" ".join(p.split()) for path in paths for p in path.read_text().split("\n\n") if len(p) > 200]
    cases = [case for path in paths for case in json.loads(pathlib.Path(path).read_text())]
    return [p["text"] for case in cases for p in case.get("ctxs", [case])]


class Peer:
    def __init__(self, folder):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        settings = json.loads((pathlib.Path(folder) / "sentence_bert_config.json").read_text())
        self.max_tokens = settings["max_seq_length"]
        self.models = {dtype: AutoModel.from_pretrained(folder, dtype=getattr(torch, dtype)).eval()
                       for dtype in ("float32", "bfloat16")}

    def cut(self, text):
        """The text's part that fits; its ids are the first of the whole text's."""
        room = self.max_tokens - 2
        offsets = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        return text if len(offsets) <= room else text[: offsets[room - 1][1]]

    @torch.inference_mode()
    def embed(self, texts, dtype, batch):
        # As sentence-transformers does: sorted by characters, the longest first.
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        vectors = np.empty((len(texts), self.models[dtype].config.hidden_size), np.float32)
        for begin in range(0, len(order), batch):
            some = order[begin: begin + batch]
            inputs = self.tokenizer([texts[i] for i in some], padding=True, truncation=True,
                                    max_length=self.max_tokens, return_tensors="pt")
            hidden = self.models[dtype](**inputs).last_hidden_state.float()
            mask = inputs["attention_mask"][..., None].float()
            mean = (hidden * mask).sum(1) / mask.sum(1)
            vectors[some] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return vectors

    def seconds(self, texts, dtype, batch):
        start = time.perf_counter()
        self.embed(texts, dtype, batch)
        return time.perf_counter() - start


def ours(args, texts, *more):
    command = [args.lectern, "--json", "--embedder", args.folder, "--threads", str(args.threads), "bench", "embed",
               "--passages", texts, *more]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def cosines(vectors, reference):
    a, b = np.asarray(vectors, np.float64), np.asarray(reference, np.float64)
    return (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)


def check_output(args, texts, peer, passages):
    reference = peer.embed(passages, "float32", 32)
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        ours(args, texts, "--repeat", "1", "--vectors", file.name)
        vectors = json.load(file)
    if len(vectors) != len(passages):
        sys.exit(f"{len(vectors)} vectors of {len(passages)} passages: the sides cut them differently.")
    cosine = cosines(vectors, reference)
    if not cosine.min() >= BAR:
        sys.exit(f"The vectors differ: cosine {cosine.min():.6f} at passage {cosine.argmin()}.")
    half = cosines(peer.embed(passages, "bfloat16", 32), reference)
    return cosine, half


def best_batch(peer, passages, dtype):
    """By one run over a quarter of the passages each."""
    return min(BATCHES, key=lambda batch: peer.seconds(passages[::4], dtype, batch))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lectern")
    parser.add_argument("folder")
    parser.add_argument("corpus", nargs="*")
    parser.add_argument("--passages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    peer = Peer(args.folder)
    passages = [peer.cut(text) for text in passages_of(args.corpus)[: args.passages]]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(passages, file)
        file.flush()
        measure(args, file.name, peer, passages)


def measure(args, texts, peer, passages):
    cosine, half = check_output(args, texts, peer, passages)
    kinds = ["float32"] + (["bfloat16"] if half.min() >= BAR else [])
    batches = {kind: best_batch(peer, passages, kind) for kind in kinds}
    result = {"passages": len(passages), "threads": args.threads, "batches": batches, "cosine_min": cosine.min(),
              "cosine_mean": cosine.mean(), "cosine_min_bfloat16": half.min(), "ours": [], "limit": [],
              **{kind: [] for kind in kinds}}
    for i in range(args.rounds):
        row = ours(args, texts, "--repeat", "1")
        result["tokens"] = row["tokens"]
        result["ours"].append(row["ms_p50"] / 1e3)
        result["limit"].append(row["share_of_limit"])
        for kind in kinds:
            result[kind].append(peer.seconds(passages, kind, batches[kind]))
        print(f"round {i + 1} of {args.rounds}", file=sys.stderr)
    mine = statistics.median(result["ours"])
    theirs = {kind: statistics.median(result[kind]) for kind in kinds}
    print(f"{len(passages)} passages, {result['tokens']} tokens, {args.threads} threads, medians of {args.rounds} rounds")
    print(f"cosine with PyTorch's float32: min {cosine.min():.7f}, mean {cosine.mean():.7f}"
          f" (its bfloat16: min {half.min():.7f})")
    print(f"ours     {mine:7.2f} s {result['tokens'] / mine:8.0f} tokens/s")
    for kind in kinds:
        print(f"{kind:8} {theirs[kind]:7.2f} s {result['tokens'] / theirs[kind]:8.0f} tokens/s, batches of"
              f" {batches[kind]}")
    print(f"ratio    {min(theirs.values()) / mine:7.2f} x")
    if args.out:
        pathlib.Path(args.out).write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
