#!/usr/bin/env python3
"""Writes chat_templates.json: what models' own chat templates render, for tests/tokenizer.

    make_chat_golden.py [--models DIR]

Needs: jinja2, gguf, tokenizers, regex, sentencepiece, llama-cpp-python (its list of templates).

For every template: its text, the tokens it needs, and what it renders before, between and behind
what is said. For the two development models that converse, also the ids of a whole conversation as
transformers' apply_chat_template gives them: the rendered text, special tokens parsed.

Three things are written here as the models were trained, not as their templates render:
  - Gemma and the first Mistral refuse a system role: its text and a blank line begin the first turn.
  - SentencePiece puts a space before text behind a control token, so "<s>[INST]" is "<s> [INST]".
  - Llama 3.2 is told no date and takes its own.
Later Mistral templates move the system text to the last user turn; here it stays in the first.
"""
import argparse
import json
import os
from pathlib import Path

import gguf
import jinja2
import jinja2.sandbox
from llama_cpp import llama_chat_format as known
from tokenizers import AddedToken

import compare_tokenizers as reference

SYSTEM = "You answer from passages."
TURNS = ["What is a kiwi?", "A bird.", "And a fruit?", "Yes, too.", "Which is older?"]
FOLDER = Path(__file__).parent

LLAMA2 = (
    "{% if messages[0]['role'] == 'system' %}{% set system = messages[0]['content'] %}"
    "{% set messages = messages[1:] %}{% endif %}{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' }}{% if loop.first and system is defined %}"
    "{{ '<<SYS>>\\n' + system + '\\n<</SYS>>\\n\\n' }}{% endif %}{{ message['content'].strip() + ' [/INST]' }}"
    "{% else %}{{ ' ' + message['content'].strip() + ' ' + eos_token }}{% endif %}{% endfor %}")
LLAMA32 = (
    "{{- bos_token }}{%- if not date_string is defined %}{%- if strftime_now is defined %}"
    "{%- set date_string = strftime_now('%d %b %Y') %}{%- else %}{%- set date_string = '26 Jul 2024' %}"
    "{%- endif %}{%- endif %}{{- '<|start_header_id|>system<|end_header_id|>\\n\\n' }}"
    "{{- 'Cutting Knowledge Date: December 2023\\n' }}{{- 'Today Date: ' + date_string + '\\n\\n' }}"
    "{{- messages[0]['content'] | trim }}{{- '<|eot_id|>' }}{%- for message in messages[1:] %}"
    "{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim "
    "+ '<|eot_id|>' }}{%- endfor %}{%- if add_generation_prompt %}"
    "{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}")
GEMMA = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'assistant' %}{% set role = 'model' %}{% else %}{% set role = 'user' %}{% endif %}"
    "{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}")
QWEN3 = (
    "{%- for message in messages %}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}"
    "{%- endif %}{%- endif %}")
MISTRAL_TEKKEN = (
    "{{- bos_token }}{%- for message in messages %}{%- if message['role'] == 'user' %}"
    "{{- '[INST]' + message['content'] + '[/INST]' }}{%- else %}{{- message['content'] + eos_token }}"
    "{%- endif %}{%- endfor %}")
MISTRAL_V3 = MISTRAL_TEKKEN.replace("'[INST]'", "'[INST] '").replace("{{- message", "{{- ' ' + message")
MISTRAL_V7 = (
    "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}"
    "{{ '[INST] ' + message['content'] + '[/INST]' }}{% elif message['role'] == 'system' %}"
    "{{ '[SYSTEM_PROMPT] ' + message['content'] + '[/SYSTEM_PROMPT]' }}{% else %}"
    "{{ ' ' + message['content'] + eos_token }}{% endif %}{% endfor %}")

CHATML = ["<|im_start|>", "<|im_end|>"]
HEADERS = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
INST = ["<s>", "</s>", "[INST]", "[/INST]"]
# name: (family, template, control tokens, BOS, EOS, takes a system role)
TEMPLATES = {
    "OpenHermes": ("chatml", known.CHATML_CHAT_TEMPLATE, CHATML, "", "<|im_end|>", True),
    "Qwen3": ("qwen3", QWEN3, CHATML + ["<think>", "</think>"], "", "<|im_end|>", True),
    "Llama 2": ("llama2", LLAMA2, ["<s>", "</s>"], "<s>", "</s>", True),
    "Llama 3": ("llama3", known.LLAMA3_INSTRUCT_CHAT_TEMPLATE, HEADERS, HEADERS[0], "<|eot_id|>", True),
    "Llama 3.2": ("llama3", LLAMA32, HEADERS, HEADERS[0], "<|eot_id|>", True),
    "Mixtral 8x7B v0.1": ("mistral", known.MIXTRAL_INSTRUCT_CHAT_TEMPLATE, ["<s>", "</s>"], "<s>", "</s>", False),
    "Mistral v3": ("mistral", MISTRAL_V3, INST, "<s>", "</s>", False),
    "Mistral, Tekken": ("mistral", MISTRAL_TEKKEN, INST, "<s>", "</s>", False),
    "Mistral v7": ("mistral", MISTRAL_V7, INST + ["[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]"], "<s>", "</s>", True),
    "Gemma": ("gemma", GEMMA, ["<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"], "<bos>", "<eos>", False),
}


def refuse(message):
    raise jinja2.TemplateError(message)


def render(template, turns, bos, eos, takes_system):
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = refuse
    messages = [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(turns)]
    if takes_system:
        messages.insert(0, {"role": "system", "content": SYSTEM})
    else:
        messages[0]["content"] = SYSTEM + "\n\n" + messages[0]["content"]
    return environment.from_string(template).render(
        messages=messages, bos_token=bos, eos_token=eos, add_generation_prompt=True, enable_thinking=False)


def pieces(template, bos, eos, takes_system, spaced):
    one = render(template, TURNS[:1], bos, eos, takes_system)
    three = render(template, TURNS, bos, eos, takes_system)
    begin, open_answer = one.split(TURNS[0])
    next_turn = three[three.index(TURNS[1]) + len(TURNS[1]):three.index(TURNS[2])]
    if spaced:
        begin, next_turn = (t.replace(">[INST]", "> [INST]") for t in (begin, next_turn))
    return {"begin": begin, "open_answer": open_answer, "next_turn": next_turn}


def conversation_ids(path, hf):
    fields = gguf.GGUFReader(path).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    kinds = fields["tokenizer.ggml.token_type"].contents()
    template = fields["tokenizer.chat_template"].contents()
    hf.add_special_tokens([AddedToken(t, normalized=False, special=True)
                           for t, kind in zip(tokens, kinds) if kind == reference.CONTROL])
    text = render(template, TURNS[:3], "", "<|im_end|>", True)
    return {"text": text, "ids": hf.encode(text, add_special_tokens=False).ids}


def main():
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=os.environ.get("LECTERN_MODELS", data / "lectern/models"))
    args = parser.parse_args()
    golden = {"system": SYSTEM, "turns": TURNS[:3], "templates": [], "conversations": {}}
    for name, (family, template, controls, bos, eos, takes_system) in TEMPLATES.items():
        spaced = family in ("llama2", "mistral") and "[INST]" not in controls
        golden["templates"].append({"name": name, "family": family, "template": template, "controls": controls,
                                    "bos": bos, "eos": eos, **pieces(template, bos, eos, takes_system, spaced)})
    for name, model in reference.references(args.models):
        if name in (reference.STARTER, reference.RECOMMENDED):
            golden["conversations"][name] = conversation_ids(args.models / name, model.hf)
    path = FOLDER / "chat_templates.json"
    path.write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")
    print(f"{path}: {len(golden['templates'])} templates, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
