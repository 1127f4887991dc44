"""A GGUF file, dequantised by the `gguf` package, as a transformers model in fp32: the reference of every numeric check.

Needs: torch, transformers, gguf.
"""

import re

import numpy as np
import torch
import transformers
from gguf import GGUFReader
from gguf.quants import dequantize

OUTER_NAMES = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
LAYER_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "ffn_norm": "post_attention_layernorm",
}
GEMMA_LAYER_NAMES = LAYER_NAMES | {
    "ffn_norm": "pre_feedforward_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}
CLASSES = {
    "llama": (transformers.LlamaConfig, transformers.LlamaForCausalLM),
    "qwen2": (transformers.Qwen2Config, transformers.Qwen2ForCausalLM),
    "qwen3": (transformers.Qwen3Config, transformers.Qwen3ForCausalLM),
    "gemma3": (transformers.Gemma3TextConfig, transformers.Gemma3ForCausalLM),
}


class Metadata:
    def __init__(self, reader):
        self.fields = reader.fields
        self.architecture = self.fields["general.architecture"].contents()

    def get(self, name, default=None):
        field = self.fields.get(f"{self.architecture}.{name}")
        return default if field is None else field.contents()


def rope_parameters(meta, default_base):
    """What the file says of the global layers' RoPE, in transformers' words."""
    base = meta.get("rope.freq_base", default_base)
    kind = meta.get("rope.scaling.type", "none")
    if kind == "none":
        return {"rope_type": "default", "rope_theta": base}
    rope = {"rope_type": kind, "rope_theta": base, "factor": meta.get("rope.scaling.factor")}
    if kind == "yarn":
        rope["original_max_position_embeddings"] = meta.get("rope.scaling.original_context_length")
    return rope


def make_config(meta, vocab_size, tied, rope=None):
    """rope: overrides the file's RoPE parameters (factors stored as a tensor have no words in the metadata)."""
    n_heads = meta.get("attention.head_count")
    d_model = meta.get("embedding_length")
    head_dim = meta.get("attention.key_length", d_model // n_heads)
    options = dict(
        vocab_size=vocab_size,
        hidden_size=d_model,
        intermediate_size=meta.get("feed_forward_length"),
        num_hidden_layers=meta.get("block_count"),
        num_attention_heads=n_heads,
        num_key_value_heads=meta.get("attention.head_count_kv", n_heads),
        head_dim=head_dim,
        max_position_embeddings=meta.get("context_length"),
        rms_norm_eps=meta.get("attention.layer_norm_rms_epsilon"),
        tie_word_embeddings=tied,
        attn_implementation="eager",
    )
    if meta.architecture == "gemma3":
        options |= dict(
            query_pre_attn_scalar=head_dim,
            sliding_window=meta.get("attention.sliding_window"),
            sliding_window_pattern=meta.get("attention.sliding_window_pattern", 6),
            rope_parameters={
                "full_attention": rope or rope_parameters(meta, 1e6),
                "sliding_attention": {
                    "rope_type": "default",
                    "rope_theta": meta.get("rope.freq_base_swa", 1e4),
                },
            },
        )
    else:
        options["rope_parameters"] = rope or rope_parameters(meta, 1e4)
    return CLASSES[meta.architecture][0](**options)


def unpermute(weight, n_heads):
    """GGUF's llama interleaves the two halves of each head's rows; transformers rotates halves."""
    n_out, n_in = weight.shape
    pairs = weight.reshape(n_heads, n_out // n_heads // 2, 2, n_in)
    return pairs.swapaxes(1, 2).reshape(n_out, n_in)


def target_name(name, architecture):
    if name in OUTER_NAMES:
        return OUTER_NAMES[name]
    layer, part, kind = re.fullmatch(r"blk\.(\d+)\.(\w+)\.(weight|bias)", name).groups()
    names = GEMMA_LAYER_NAMES if architecture == "gemma3" else LAYER_NAMES
    return f"model.layers.{layer}.{names[part]}.{kind}"


def load_reference(path, rope=None):
    """The model in fp32, in evaluation mode."""
    reader = GGUFReader(path)
    meta = Metadata(reader)
    tensors = {t.name: t for t in reader.tensors}
    tied = "output.weight" not in tensors
    config = make_config(meta, int(tensors["token_embd.weight"].shape[1]), tied, rope)
    with torch.device("meta"):
        model = CLASSES[meta.architecture][1](config)
    state = {}
    for name, tensor in tensors.items():
        if name == "rope_freqs.weight":
            continue
        values = dequantize(tensor.data, tensor.tensor_type).astype(np.float32, copy=True)
        if meta.architecture == "llama" and re.search(r"attn_[qk]\.weight", name):
            heads = config.num_attention_heads if "attn_q" in name else config.num_key_value_heads
            values = np.ascontiguousarray(unpermute(values, heads))
        if meta.architecture == "gemma3" and name.endswith("norm.weight"):
            values = values - 1
        state[target_name(name, meta.architecture)] = torch.from_numpy(values)
    if tied:
        state["lm_head.weight"] = state["model.embed_tokens.weight"]
    model.load_state_dict(state, assign=True, strict=True)
    restore_buffers(model, config)
    return model.eval()


def restore_buffers(model, config):
    """What is computed rather than loaded was made without memory: make it again."""
    model.model.rotary_emb = type(model.model.rotary_emb)(config)
    embedding = model.model.embed_tokens
    if hasattr(embedding, "embed_scale"):
        embedding.register_buffer("embed_scale", torch.tensor(config.hidden_size**0.5), persistent=False)
        embedding.scalar_embed_scale = config.hidden_size**0.5
    left = [name for name, buffer in model.named_buffers() if buffer.is_meta]
    assert not left, left
