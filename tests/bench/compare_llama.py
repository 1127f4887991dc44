#!/usr/bin/env python3
"""Prefill, decoding and steps of several rows: Lectern and llama.cpp alternating on one machine.

Usage: compare_llama.py LECTERN MODEL.gguf [--tokens 2048] [--rounds 5] [--threads 2] [--out FILE.json]

Needs llama-cpp-python (built from source for this machine) in the Python that runs it. Both read the same text. First
the next token behind it has to be the same and the distributions alike; then each round measures ours, then llama.cpp
with flash attention on and off. A column's peer is the better of its two medians. Where --tokens is above 2048, prefill
is measured at 2048 as well, to say how the time per token grows with the length. --out keeps every sample."""
import argparse, json, math, statistics, subprocess, sys, tempfile, time

ROWS = (1, 2, 4, 8, 16)
MOST_KL = 0.1  # between two full reads with quantised weights
SHORT = 2048  # tokens that longer prompts are compared with


def text_of(n_words):
    with open("/usr/share/common-licenses/GPL-3") as f:
        words = f.read().split()
    while len(words) < n_words:
        words += words
    return " ".join(words[:n_words])


def lengths(n_tokens):
    """The prompts whose reading is measured, the one in question last."""
    return {"prefill": n_tokens} if n_tokens <= SHORT else {f"prefill {SHORT}": SHORT, "prefill": n_tokens}


def peer(model, n_tokens, threads, flash):
    """One sample of each figure from llama.cpp; run in a process of its own."""
    from llama_cpp import Llama

    llama = Llama(model, n_ctx=n_tokens + 128, n_threads=threads, n_threads_batch=threads, n_batch=512,
                  flash_attn=flash, verbose=False)
    ids = llama.tokenize(text_of(2 * n_tokens).encode(), add_bos=False)[: n_tokens + 64]
    llama.eval(ids[:32])  # first touch of every weight
    sample = {}
    for name, n in lengths(n_tokens).items():
        llama.reset()
        start = time.perf_counter()
        llama.eval(ids[:n])
        sample[name] = n / (time.perf_counter() - start)
    for n in ROWS:
        steps = []
        for _ in range(3):
            llama.n_tokens = n_tokens
            start = time.perf_counter()
            llama.eval(ids[n_tokens: n_tokens + n])
            steps.append(time.perf_counter() - start)
        sample[f"step {n}"] = n / statistics.median(steps)
    print(json.dumps(sample))


def peer_logits(model, text):
    from llama_cpp import Llama

    llama = Llama(model, n_ctx=1024, n_threads=2, logits_all=True, verbose=False)
    ids = llama.tokenize(text.encode(), add_bos=False, special=False)
    llama.eval(ids)
    print(json.dumps([float(x) for x in llama.scores[len(ids) - 1]]))


def softmax(logits):
    top = max(logits)
    weights = [math.exp(x - top) for x in logits]
    total = sum(weights)
    return [w / total for w in weights]


def divergence(a, b):
    """KL(a ‖ b) in nats and each side's next token, from logits; a vocabulary's padding is left out."""
    n = min(len(a), len(b))
    a, b = a[:n], b[:n]
    kl = sum(p * math.log(p / max(q, 1e-30)) for p, q in zip(softmax(a), softmax(b)) if p > 0)
    return kl, (a.index(max(a)), b.index(max(b)))


def ours(lectern, model, threads, *args):
    command = [lectern, "--json", "--model", model, "--threads", str(threads), *args]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def sample_of_ours(lectern, model, n_tokens, threads):
    sample = {}
    for name, n in lengths(n_tokens).items():
        prefill = ours(lectern, model, threads, "bench", "prefill", "--tokens", str(n), "--repeat", "1")
        sample[name] = prefill["tokens_per_s"]
    steps = ours(lectern, model, threads, "bench", "decode", "--tokens", str(n_tokens), "--repeat", "3")["rows"]
    for n, row in zip(ROWS, steps):
        sample[f"step {n}"] = row["tokens_per_s"]
    limits = {"int8_ops": prefill["limit_int8_ops"], "read_bytes": prefill["limit_read_bytes"],
              "prefill": prefill["share_of_limit"], "step 1": steps[0]["share_of_limit"]}
    return sample, limits


def in_process(*args):
    done = subprocess.run([sys.executable, __file__, *map(str, args)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def check_output(lectern, model, threads):
    text = text_of(400)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
        f.write(text)
        f.flush()
        logits = ours(lectern, model, threads, "logits", "--file", f.name)["logits"]
    kl, (mine, theirs) = divergence(logits, in_process("--peer-logits", model, text))
    if mine != theirs or kl > MOST_KL:
        sys.exit(f"The outputs differ: next tokens {mine} and {theirs}, KL {kl:.3g}.")
    return kl


def growth(samples):
    """Time per token at the length measured over that at SHORT: the median of each round's own ratio."""
    return statistics.median(s[f"prefill {SHORT}"] / s["prefill"] for s in samples)


def main():
    if sys.argv[1] == "--peer":
        return peer(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "True")
    if sys.argv[1] == "--peer-logits":
        return peer_logits(sys.argv[2], sys.argv[3])
    parser = argparse.ArgumentParser()
    parser.add_argument("lectern")
    parser.add_argument("model")
    parser.add_argument("--tokens", type=int, default=2048)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out")
    args = parser.parse_args()
    result = {"model": args.model.rsplit("/", 1)[-1], "tokens": args.tokens, "threads": args.threads,
              "kl_of_next_token": check_output(args.lectern, args.model, args.threads),
              "ours": [], "limits": [], "flash": [], "plain": []}
    for i in range(args.rounds):
        sample, limits = sample_of_ours(args.lectern, args.model, args.tokens, args.threads)
        result["ours"].append(sample)
        result["limits"].append(limits)
        for key, flash in (("flash", True), ("plain", False)):
            result[key].append(in_process("--peer", args.model, args.tokens, args.threads, flash))
        print(f"round {i + 1} of {args.rounds}", file=sys.stderr)
    print(f"{result['model']}, {args.tokens} tokens, {args.threads} threads, medians of {args.rounds} rounds, tokens/s")
    print(f"{'':12} {'ours':>9} {'llama.cpp':>9} {'ratio':>6}")
    for name in result["ours"][0]:
        mine = statistics.median(s[name] for s in result["ours"])
        theirs = max(statistics.median(s[name] for s in result[key]) for key in ("flash", "plain"))
        print(f"{name:12} {mine:9.1f} {theirs:9.1f} {mine / theirs:5.2f}x")
    if args.tokens > SHORT:
        print(f"time per token of prefill against {SHORT} tokens: ours {growth(result['ours']):.2f}x, llama.cpp "
              f"{min(growth(result[key]) for key in ('flash', 'plain')):.2f}x")
    for name in ("prefill", "step 1"):
        print(f"{name}: {100 * statistics.median(s[name] for s in result['limits']):.0f} % of this machine's limit")
    if args.out:
        with open(args.out, "w") as f:
            json.dump(result, f, indent=1)


if __name__ == "__main__":
    main()
