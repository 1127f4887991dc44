#!/usr/bin/env python3
"""Writes tiny random models of every architecture (GGUF, Q8_0) and what PyTorch computes with them in fp32.

Usage: make_model_golden.py            (writes into tests/golden/models beside this script)
Needs: torch, transformers, gguf, safetensors.

For each model NAME.gguf, NAME.safetensors holds: ids [T], rows [R] (the rows kept), hidden.0 … hidden.L [R, d_model]
(embeddings, then each layer's output before the final norm), logits [R, vocab].
"""

import math
import pathlib
from dataclasses import dataclass, field

import gguf
import numpy as np
import torch
from safetensors.numpy import save_file

from gguf_to_transformers import load_reference

FOLDER = pathlib.Path(__file__).parent / "models"
N_TOKENS = 48
ROWS = [0, 1, 5, 7, 8, 9, 16, 23, 31, 40, 46, 47]
CONTEXT = 256


@dataclass
class Spec:
    name: str
    architecture: str
    n_layers: int
    d_model: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    d_ff: int
    vocab: int
    tied: bool
    rope_base: float
    window: int = 0
    window_period: int = 0
    extra: dict = field(default_factory=dict)  # numbers and texts of the metadata, by key
    llama3_rope: dict | None = None


LLAMA3 = dict(rope_type="llama3", rope_theta=5000.0, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=64)
SPECS = [
    Spec("llama", "llama", 2, 32, 4, 2, 8, 64, 64, True, 10000.0),
    Spec("llama3", "llama", 3, 32, 4, 1, 16, 32, 64, False, 5000.0, llama3_rope=LLAMA3),
    Spec("qwen2", "qwen2", 2, 64, 4, 2, 16, 32, 64, True, 1e6),
    Spec("qwen2-yarn", "qwen2", 2, 32, 2, 2, 32, 32, 64, True, 10000.0,
         extra={"rope.scaling.type": "yarn", "rope.scaling.factor": 4.0, "rope.scaling.original_context_length": 64}),
    Spec("qwen3", "qwen3", 3, 32, 4, 2, 16, 32, 64, False, 1e6),
    Spec("gemma3", "gemma3", 4, 32, 2, 1, 16, 64, 64, True, 1e6, window=8, window_period=3,
         extra={"rope.scaling.type": "linear", "rope.scaling.factor": 8.0}),
]


def llama3_factors(spec):
    """plain ÷ scaled inverse frequency of each pair, as model files store them (Llama 3.1's rule)."""
    rope = spec.llama3_rope
    context, factor = rope["original_max_position_embeddings"], rope["factor"]
    low, high = context / rope["low_freq_factor"], context / rope["high_freq_factor"]
    factors = []
    for i in range(spec.head_dim // 2):
        wavelength = 2 * math.pi * rope["rope_theta"] ** (2 * i / spec.head_dim)
        if wavelength < high:
            factors.append(1.0)
        elif wavelength > low:
            factors.append(factor)
        else:
            smooth = (context / wavelength - rope["low_freq_factor"]) / (
                rope["high_freq_factor"] - rope["low_freq_factor"])
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return np.array(factors, np.float32)


class TinyModelWriter:
    def __init__(self, spec, path):
        self.spec = spec
        self.random = np.random.default_rng(abs(hash_of(spec.name)))
        self.writer = gguf.GGUFWriter(path, spec.architecture)

    def matrix(self, name, n_out, n_in, gain=1.5):
        values = self.random.normal(0, gain / math.sqrt(n_in), (n_out, n_in)).astype(np.float32)
        kind = gguf.GGMLQuantizationType.Q8_0
        self.writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)

    def vector(self, name, n, mean, spread=0.3):
        self.writer.add_tensor(name, (mean + self.random.normal(0, spread, n)).astype(np.float32))

    def metadata(self):
        s, w = self.spec, self.writer
        w.add_name(f"tiny {s.name}")
        w.add_block_count(s.n_layers)
        w.add_context_length(CONTEXT)
        w.add_embedding_length(s.d_model)
        w.add_feed_forward_length(s.d_ff)
        w.add_head_count(s.n_heads)
        w.add_head_count_kv(s.n_kv_heads)
        w.add_key_length(s.head_dim)
        w.add_value_length(s.head_dim)
        w.add_layer_norm_rms_eps(1e-6)
        w.add_rope_freq_base(s.rope_base)
        if s.window:
            w.add_sliding_window(s.window)
            w.add_uint32(f"{s.architecture}.attention.sliding_window_pattern", s.window_period)
        for key, value in s.extra.items():
            key = f"{s.architecture}.{key}"
            if isinstance(value, str):
                w.add_string(key, value)
            elif isinstance(value, int):
                w.add_uint32(key, value)
            else:
                w.add_float32(key, value)

    def layer(self, l):
        s, block = self.spec, f"blk.{l}."
        q_dim, kv_dim = s.n_heads * s.head_dim, s.n_kv_heads * s.head_dim
        self.vector(block + "attn_norm.weight", s.d_model, 1)
        self.matrix(block + "attn_q.weight", q_dim, s.d_model)
        self.matrix(block + "attn_k.weight", kv_dim, s.d_model)
        self.matrix(block + "attn_v.weight", kv_dim, s.d_model)
        if s.architecture == "qwen2":
            self.vector(block + "attn_q.bias", q_dim, 0)
            self.vector(block + "attn_k.bias", kv_dim, 0)
            self.vector(block + "attn_v.bias", kv_dim, 0)
        if s.architecture in ("qwen3", "gemma3"):
            self.vector(block + "attn_q_norm.weight", s.head_dim, 1)
            self.vector(block + "attn_k_norm.weight", s.head_dim, 1)
        self.matrix(block + "attn_output.weight", s.d_model, q_dim)
        self.vector(block + "ffn_norm.weight", s.d_model, 1)
        self.matrix(block + "ffn_gate.weight", s.d_ff, s.d_model)
        self.matrix(block + "ffn_up.weight", s.d_ff, s.d_model)
        self.matrix(block + "ffn_down.weight", s.d_model, s.d_ff)
        if s.architecture == "gemma3":
            self.vector(block + "post_attention_norm.weight", s.d_model, 1)
            self.vector(block + "post_ffw_norm.weight", s.d_model, 1)

    def write(self):
        s = self.spec
        self.metadata()
        self.matrix("token_embd.weight", s.vocab, s.d_model, gain=math.sqrt(s.d_model) / 2)
        for l in range(s.n_layers):
            self.layer(l)
        self.vector("output_norm.weight", s.d_model, 1)
        if not s.tied:
            self.matrix("output.weight", s.vocab, s.d_model)
        if s.llama3_rope:
            self.writer.add_tensor("rope_freqs.weight", llama3_factors(s))
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()


def hash_of(name):
    value = 0
    for character in name:
        value = (value * 31 + ord(character)) % 2**32
    return value


@torch.no_grad()
def reference(path, spec):
    model = load_reference(path, rope=spec.llama3_rope)
    ids = np.random.default_rng(hash_of(spec.name) + 1).integers(0, spec.vocab, N_TOKENS)
    hidden = {}

    def keep(index):
        def hook(_module, _inputs, output):
            hidden[index] = (output[0] if isinstance(output, tuple) else output).reshape(N_TOKENS, -1)
        return hook

    model.model.embed_tokens.register_forward_hook(keep(0))
    for l, layer in enumerate(model.model.layers):
        layer.register_forward_hook(keep(l + 1))
    logits = model(torch.from_numpy(ids)[None], use_cache=False).logits[0]
    golden = {f"hidden.{i}": h[ROWS].numpy().astype(np.float32) for i, h in hidden.items()}
    golden["logits"] = logits[ROWS].numpy().astype(np.float32)
    golden["ids"] = ids.astype(np.float32)
    golden["rows"] = np.array(ROWS, np.float32)
    return {name: np.ascontiguousarray(values) for name, values in golden.items()}


def main():
    FOLDER.mkdir(exist_ok=True)
    for spec in SPECS:
        path = FOLDER / f"{spec.name}.gguf"
        TinyModelWriter(spec, path).write()
        golden = reference(path, spec)
        save_file(golden, FOLDER / f"{spec.name}.safetensors")
        print(spec.name, path.stat().st_size, (FOLDER / f"{spec.name}.safetensors").stat().st_size,
              "largest logit", float(np.abs(golden["logits"]).max()))


if __name__ == "__main__":
    main()
