#!/usr/bin/env python3
"""Writes quant.bin: random valid blocks of every element type with what the `gguf` package makes of
them. Rerun with any Python that has numpy and gguf; the result is the same bytes.

For each type: name (8 bytes, zero-padded), u32 n_bytes, u32 n_elements, the bytes, f32 values.
"""
import struct
import sys
from pathlib import Path

import gguf
import numpy as np

# Offsets of the f16 fields of a block: random bytes there could be infinite or NaN.
F16_FIELDS = {"Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2],
              "Q2_K": [80, 82], "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}
N_ELEMENTS = 1536


def finite_f16(rng, n):
    bits = rng.integers(0, 1 << 16, n, dtype=np.uint16)
    return np.where((bits & 0x7C00) == 0x7C00, bits & 0x83FF, bits).astype(np.uint16)


def random_bytes(rng, name):
    if name == "F32":
        return rng.standard_normal(N_ELEMENTS).astype(np.float32).view(np.uint8)
    if name == "F16":
        return finite_f16(rng, N_ELEMENTS).view(np.uint8)
    if name == "BF16":
        return rng.standard_normal(N_ELEMENTS).astype(np.float32).view(np.uint16)[1::2].copy().view(np.uint8)
    if name == "I8":
        return rng.integers(0, 256, N_ELEMENTS, dtype=np.uint8)
    block, n_bytes = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[name]]
    blocks = rng.integers(0, 256, (N_ELEMENTS // block, n_bytes), dtype=np.uint8)
    for offset in F16_FIELDS[name]:
        blocks[:, offset:offset + 2] = finite_f16(rng, len(blocks)).view(np.uint8).reshape(-1, 2)
    return blocks.reshape(-1)


def main():
    rng = np.random.default_rng(1)
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("quant.bin"))
    with out.open("wb") as f:
        for name in ["F32", "F16", "BF16", "I8", *F16_FIELDS]:
            data = random_bytes(rng, name)
            if name == "I8":
                values = data.view(np.int8).astype(np.float32)
            else:
                values = gguf.quants.dequantize(data, gguf.GGMLQuantizationType[name])
            values = values.astype(np.float32).reshape(-1)
            assert len(values) == N_ELEMENTS and np.isfinite(values).all(), name
            f.write(struct.pack("<8sII", name.encode(), len(data), len(values)))
            f.write(data.tobytes())
            f.write(values.tobytes())


if __name__ == "__main__":
    main()
