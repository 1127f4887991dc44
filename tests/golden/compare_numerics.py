#!/usr/bin/env python3
"""Compares the engine's next-token distributions with PyTorch's in fp32 on the same dequantised weights.

Usage: compare_numerics.py TOOL MODEL.gguf [--text FILE] [--tokens N] [--threads N] [--paths plain,quantised,llama.cpp]
  TOOL   the built logits_tool
For each path: mean and largest KL(PyTorch ‖ path) over the positions, the share of positions with the same most
likely token, and, where it differs, how far apart PyTorch holds the two. Paths:
  plain      dequantised weights, f32 products, f32 KV     bar: mean KL ≤ 1e-6, other tokens only where the gap < 1e-3
  quantised  int8 activations, i16 KV                      bar: mean KL ≤ 3e-3 and ≤ 1.1 × llama.cpp's
  llama.cpp  through llama-cpp-python, f16 KV, no flash attention: for comparison
Exits 1 where a bar is missed. Needs: torch, transformers, gguf, llama-cpp-python. Memory: the model in fp32.
"""

import argparse
import gc
import pathlib
import subprocess
import tempfile
import time

import numpy as np
import torch
from llama_cpp import Llama

from gguf_to_transformers import load_reference

CHUNK = 64  # positions compared at a time


def tokenize(model, text, n_tokens):
    """The first n_tokens of the text, BOS before them where the model wants one."""
    llama = Llama(model, vocab_only=True, verbose=False)
    ids = llama.tokenize(text.encode(), add_bos=True, special=False)[:n_tokens]
    assert len(ids) == n_tokens, f"the text has only {len(ids)} tokens"
    return ids


def llama_logits(model, ids, threads, out):
    llama = Llama(model, n_ctx=len(ids), n_batch=512, n_threads=threads, n_threads_batch=threads, logits_all=True,
                  flash_attn=False, verbose=False)
    llama.eval(ids)
    llama.scores[: len(ids)].astype(np.float32, copy=False).tofile(out)


def our_logits(tool, model, ids_file, threads, flags, out):
    subprocess.run([tool, model, ids_file, out, "--threads", str(threads), *flags], check=True)


@torch.no_grad()
def reference_hidden(model, ids):
    return model.model(torch.tensor([ids]), use_cache=False).last_hidden_state[0]


class Comparison:
    def __init__(self, path, logits):
        self.path, self.logits = path, logits
        self.kl, self.gaps, self.same = [], [], 0

    def add(self, begin, reference):
        """reference: f64 log-probabilities [n, vocab] of positions begin …"""
        ours = torch.from_numpy(np.array(self.logits[begin : begin + len(reference)])).double().log_softmax(-1)
        self.kl += (reference.exp() * (reference - ours)).sum(-1).tolist()
        top, our_top = reference.argmax(-1), ours.argmax(-1)
        gaps = reference.gather(1, top[:, None]) - reference.gather(1, our_top[:, None])
        self.same += int((top == our_top).sum())
        self.gaps += gaps[(top != our_top)[:, None]].tolist()

    @property
    def mean(self):
        return sum(self.kl) / len(self.kl)

    def report(self):
        gap = f", largest gap where not {max(self.gaps):.2e}" if self.gaps else ""
        print(f"{self.path:10} mean KL {self.mean:.3e}  max KL {max(self.kl):.3e}  "
              f"same top-1 {self.same}/{len(self.kl)} ({self.same / len(self.kl):.4f}){gap}", flush=True)


def missed_bars(by_path):
    missed = []
    if plain := by_path.get("plain"):
        if plain.mean > 1e-6:
            missed.append("plain: mean KL above 1e-6")
        if max(plain.gaps, default=0) >= 1e-3:
            missed.append("plain: another top-1 at a gap of 1e-3 or more")
    if quantised := by_path.get("quantised"):
        if quantised.mean > 3e-3:
            missed.append("quantised: mean KL above 3e-3")
        if "llama.cpp" in by_path and quantised.mean > 1.1 * by_path["llama.cpp"].mean:
            missed.append("quantised: mean KL above 1.1 × llama.cpp's")
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("model")
    parser.add_argument("--text", default="/usr/share/common-licenses/GPL-3")
    parser.add_argument("--tokens", type=int, default=2048)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--paths", default="plain,quantised,llama.cpp")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    paths = args.paths.split(",")
    ids = tokenize(args.model, pathlib.Path(args.text).read_text(errors="replace"), args.tokens)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        ids_file = folder / "ids"
        ids_file.write_text(" ".join(map(str, ids)))
        for path in paths:
            begin = time.time()
            if path == "llama.cpp":
                llama_logits(args.model, ids, args.threads, folder / path)
            else:
                flags = ["--plain", "--f32-kv"] if path == "plain" else []
                our_logits(args.tool, args.model, ids_file, args.threads, flags, folder / path)
            gc.collect()
            print(f"{path}: {time.time() - begin:.0f} s", flush=True)
        model = load_reference(args.model)
        hidden = reference_hidden(model, ids)
        compared = {path: Comparison(path, np.memmap(folder / path, np.float32, "r").reshape(len(ids), -1))
                    for path in paths}
        with torch.no_grad():
            for begin in range(0, len(ids), CHUNK):
                reference = model.lm_head(hidden[begin : begin + CHUNK]).double().log_softmax(-1)
                for comparison in compared.values():
                    comparison.add(begin, reference)
    print(f"{pathlib.Path(args.model).name}, {len(ids)} tokens of {args.text}")
    for comparison in compared.values():
        comparison.report()
    missed = missed_bars(compared)
    for bar in missed:
        print("MISSED", bar)
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
