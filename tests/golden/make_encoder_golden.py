#!/usr/bin/env python3
"""Writes encoder.safetensors: what PyTorch makes of encoder_texts.json with an embedder's folder (all-MiniLM-L6-v2).

Usage: make_encoder_golden.py FOLDER
Needs: torch, transformers, safetensors.
"""

import json
import pathlib
import sys

from safetensors.numpy import save_file

from encoder_reference import embed

HERE = pathlib.Path(__file__).parent


def main():
    texts = json.loads((HERE / "encoder_texts.json").read_text())
    vectors = embed(sys.argv[1], texts)
    save_file({"vectors": vectors.astype("float16")}, HERE / "encoder.safetensors")
    print(vectors.shape)


if __name__ == "__main__":
    main()
