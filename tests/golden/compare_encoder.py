#!/usr/bin/env python3
"""Compares the engine's sentence embeddings with PyTorch's on passages of a corpus.

Usage: compare_encoder.py TOOL FOLDER CORPUS [--limit N]
  TOOL    the built embed_tool
  FOLDER  an embedder's folder (model.safetensors, config.json, vocab.txt)
  CORPUS  JSON list of {title, text}
Texts longer than the embedder's input are cut by both sides. Exits 1 where a cosine is below 0.9999.
Needs: torch, transformers.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy as np

from encoder_reference import embed

BAR = 0.9999


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("folder")
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int, default=1000)
    args = parser.parse_args()
    passages = json.loads(pathlib.Path(args.corpus).read_text())
    texts = [text for p in passages for text in (p["text"], p["title"])]
    texts = ([p["text"] for p in passages] + texts[1::2])[: args.limit]
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "texts.json", pathlib.Path(folder) / "vectors"
        source.write_text(json.dumps(texts))
        subprocess.run([args.tool, args.folder, source, target], check=True)
        ours = np.fromfile(target, np.float32).reshape(len(texts), -1)
    reference = embed(args.folder, texts)
    cosine = (ours.astype(np.float64) * reference).sum(1)
    worst = int(cosine.argmin())
    print(f"{len(texts)} texts: cosine min {cosine.min():.7f}, mean {cosine.mean():.7f}; worst: {texts[worst][:80]!r}")
    raise SystemExit(0 if cosine.min() >= BAR else 1)


if __name__ == "__main__":
    main()
