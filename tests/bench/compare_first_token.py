#!/usr/bin/env python3
"""The first token behind six passages and a question: Lectern from stored KV, llama.cpp reading everything, alternating.

Usage: compare_first_token.py LECTERN MODEL.gguf [--tokens 3072] [--ratio 0.15] [--sure-nats 0]
       [--rounds 5] [--threads 2] [--kv-dir DIR] [--out FILE.json]

Needs llama-cpp-python (built from source for this machine) in the Python that runs it. Both read the same token ids.
First the outputs have to be right: our full read and llama.cpp's want the same next token with distributions alike, and
the divergence of our fused read from our full one is printed. Then each round measures ours, with the KV files in
memory and not, and llama.cpp with flash attention on and off; the peer is the better of its two medians. --kv-dir keeps
the passages' KV for the next run; --out keeps every sample."""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

from compare_llama import MOST_KL, divergence


def peer(model, ids_file, threads, flash, out):
    """One full read by llama.cpp, in a process of its own: seconds, and the logits behind it."""
    from llama_cpp import Llama

    with open(ids_file) as f:
        ids = json.load(f)["ids"]
    llama = Llama(model, n_ctx=len(ids) + 64, n_threads=threads, n_threads_batch=threads, n_batch=512,
                  flash_attn=flash, verbose=False)
    llama.eval(ids[:32])  # first touch of every weight
    llama.reset()
    start = time.perf_counter()
    llama.eval(ids)
    seconds = time.perf_counter() - start
    with open(out, "w") as f:
        json.dump({"ms": 1e3 * seconds, "logits": [float(x) for x in last_logits(llama)]}, f)


def last_logits(llama):
    import llama_cpp

    pointer = llama_cpp.llama_get_logits_ith(llama.ctx, -1)
    return pointer[: llama.n_vocab()]


def sample_of_peer(model, ids_file, threads, flash):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "peer.json")
        command = [sys.executable, __file__, "--peer", model, ids_file, str(threads), str(flash), out]
        subprocess.run(command, check=True, capture_output=True)
        with open(out) as f:
            return json.load(f)


def ours(args, kv_dir, *more):
    command = [args.lectern, "--json", "--model", args.model, "--threads", str(args.threads), "bench", "ttft",
               "--tokens", str(args.tokens), "--ratio", str(args.ratio), "--sure-nats", str(args.sure_nats),
               "--repeat", "1", "--kv-dir", kv_dir, *more]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["rows"]
    return {row["what"].split(", ", 1)[1]: row for row in rows}


def check_outputs(args, kv_dir, ids_file):
    """Ends the program where the outputs are not right; our full read's sample and the divergences."""
    rows = ours(args, kv_dir, "--dump", ids_file)
    with open(ids_file) as f:
        dump = json.load(f)
    checks = {"prompt_tokens": len(dump["ids"]), "full_read_ms": rows["full read"]["ms"][0],
              "charged_ratio": rows["fused, warm"]["charged_ratio"]}
    checks["kl_fused_to_full"], (full, fused) = divergence(dump["full_logits"], dump["fused_logits"])
    checks["fused_same_token"] = full == fused
    peers = sample_of_peer(args.model, ids_file, args.threads, False)["logits"]
    checks["kl_peer_to_full"], (full, theirs) = divergence(dump["full_logits"], peers)
    print(f"{checks['prompt_tokens']} tokens. KL from our full read: llama.cpp {checks['kl_peer_to_full']:.3g}, "
          f"our fused read {checks['kl_fused_to_full']:.3g}"
          f" ({'the same' if checks['fused_same_token'] else 'another'} next token)")
    if full != theirs or checks["kl_peer_to_full"] > MOST_KL:
        sys.exit("Our full read and llama.cpp's differ: nothing is compared.")
    return checks


def report(result):
    warm, cold = (statistics.median(row["ms"] for row in result[key]) for key in ("warm", "cold"))
    theirs = min(statistics.median(result[key]) for key in ("flash", "plain"))
    print(f"{result['model']}, {result['threads']} threads, ratio {result['ratio']}, sure nats {result['sure_nats']}: "
          f"charged {100 * result['checks']['charged_ratio']:.1f} %; medians of {len(result['warm'])} rounds, ms")
    print(f"llama.cpp, full read   {theirs:9.0f}")
    print(f"ours, full read        {result['checks']['full_read_ms']:9.0f}  (once)")
    print(f"ours, fused, warm      {warm:9.0f}  {theirs / warm:5.2f}x sooner than llama.cpp")
    print(f"ours, fused, cold      {cold:9.0f}  {theirs / cold:5.2f}x, {100 * (cold / warm - 1):+.1f} % against warm")
    for phase in sorted(result["warm"][0]["phases_ms"]):
        cells = [statistics.median(row["phases_ms"][phase] for row in result[key]) for key in ("warm", "cold")]
        print(f"  {phase:20} {cells[0]:9.1f}  cold {cells[1]:9.1f}")


def main():
    if sys.argv[1:2] == ["--peer"]:
        model, ids_file, threads, flash, out = sys.argv[2:]
        return peer(model, ids_file, int(threads), flash == "True", out)
    parser = argparse.ArgumentParser()
    parser.add_argument("lectern")
    parser.add_argument("model")
    parser.add_argument("--tokens", type=int, default=3072)
    parser.add_argument("--ratio", type=float, default=0.15)
    parser.add_argument("--sure-nats", type=float, default=0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--kv-dir")
    parser.add_argument("--out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.path.expanduser("~")) as own:
        kv_dir, ids_file = args.kv_dir or os.path.join(own, "kv"), os.path.join(own, "ids.json")
        result = {"model": os.path.basename(args.model), "tokens": args.tokens, "ratio": args.ratio,
                  "sure_nats": args.sure_nats, "threads": args.threads, "checks": check_outputs(args, kv_dir, ids_file),
                  "warm": [], "cold": [], "flash": [], "plain": []}
        for i in range(args.rounds):
            rows = ours(args, kv_dir, "--no-full")
            for key in ("warm", "cold"):
                row = rows[f"fused, {key}"]
                result[key].append({"ms": row["ms"][0], "phases_ms": row["phases_ms"],
                                    "from_disk_bytes": row["from_disk_bytes"]})
            for key, flash in (("flash", True), ("plain", False)):
                result[key].append(sample_of_peer(args.model, ids_file, args.threads, flash)["ms"])
            print(f"round {i + 1} of {args.rounds}", file=sys.stderr)
    report(result)
    if args.out:
        with open(args.out, "w") as f:
            json.dump(result, f, indent=1)


if __name__ == "__main__":
    main()
