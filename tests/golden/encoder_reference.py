"""Sentence embeddings as sentence-transformers computes them: BERT, mean over the tokens, unit length."""

import json
import pathlib

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer


def max_tokens(folder):
    return json.loads((pathlib.Path(folder) / "sentence_bert_config.json").read_text())["max_seq_length"]


@torch.no_grad()
def embed(folder, texts, batch=32):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    vectors = []
    for begin in range(0, len(texts), batch):
        inputs = tokenizer(texts[begin : begin + batch], padding=True, truncation=True,
                           max_length=max_tokens(folder), return_tensors="pt")
        hidden = model(**inputs).last_hidden_state
        mask = inputs["attention_mask"][..., None].float()
        mean = (hidden * mask).sum(1) / mask.sum(1)
        vectors.append(torch.nn.functional.normalize(mean, dim=1).numpy())
    return np.concatenate(vectors).astype(np.float32)
