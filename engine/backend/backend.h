// THE device boundary. Everything above speaks of tensors and these operations; what they run on is
// chosen once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lectern {

/// A matrix packed by its backend for products: w[n_out, n_in]. Immutable; any thread.
class Weight {
  public:
    virtual ~Weight() = default;
    std::int64_t n_out() const { return n_out_; }
    std::int64_t n_in() const { return n_in_; }
    /// Bytes the packed form holds.
    virtual std::size_t n_bytes() const = 0;

  protected:
    Weight(std::int64_t n_out, std::int64_t n_in) : n_out_(n_out), n_in_(n_in) {}

  private:
    std::int64_t n_out_;
    std::int64_t n_in_;
};

/// A weight as the model file stores it: n_out rows of n_in elements of dtype. Host memory,
/// borrowed for the call; a backend that reads it later keeps `keep_alive`.
struct WeightSource {
    DType dtype = DType::kF32;
    std::int64_t n_out = 0;
    std::int64_t n_in = 0;
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> keep_alive;
    /// Where products with quantised weights round activations to int8: keep a second int8 part of
    /// what the rounding lost (15 bits in all), at twice the work. For small weights whose error
    /// spreads far.
    bool fine_activations = false;
    /// Products with a plain weight may round it and the activations to 16-bit integers with a
    /// scale a row (errors of about 4e-4 of a result), where those are faster.
    bool as_int16 = false;
};

/// One of several products with the same rows.
struct Product {
    TensorView out;  ///< [T, n_out]
    const Weight* weight = nullptr;
    TensorView bias;  ///< [n_out], or data null
};

enum class RopeStyle : std::uint8_t {
    kInterleaved,  ///< pairs (2i, 2i + 1): GGUF's llama, whose q and k rows are permuted for it
    kHalves,       ///< pairs (i, i + rotary_dim / 2): qwen2, qwen3, gemma3
};

/// Rotary embedding of one kind of layer: pair i turns by position * inverse_frequency[i], fixed at
/// load (frequency factors and linear scaling included).
struct Rope {
    RopeStyle style = RopeStyle::kHalves;
    std::vector<float> inverse_frequency;  ///< rotary_dim / 2 values, f32
    float magnitude = 1.0f;                ///< YaRN's attention factor on cos and sin; 1 elsewhere
};

/// A working cache has room for a multiple of this many rows: backends may keep them by tiles.
inline constexpr int kCacheRowMultiple = 64;

/// One layer of a working cache. Keys are rotated. f32: row r of head h is k[h, r, :]. i16 with a
/// scale a row and head, x = scale · i: as fine as f16, and its dot products are integers; each run
/// of kCacheRowMultiple rows of a head lies together, in the backend's own order.
struct LayerKv {
    TensorView k;        ///< [n_kv_heads, rows, head_dim]; rows: a multiple of kCacheRowMultiple
    TensorView v;        ///< as k
    TensorView k_scale;  ///< i16: f32 [n_kv_heads, rows]
    TensorView v_scale;  ///< as k_scale
};

/// Keys or values of a chunk's layer as stored. 16 bits: f16. 8 and 4: x = minimum + step · q with
/// q in 0 … 2^bits − 1, step and minimum a group's: a channel of `group` tokens of keys, `group`
/// channels of a token's head of values (the last group may be short).
struct StoredRows {
    int bits = 16;
    int group = 0;
    TensorView values;  ///< f16 [n_tokens, n_kv_heads, head_dim], or bytes [n_tokens, n_kv_heads, a
                        ///< head's]. 4 bits: channel i in the low half of byte i, channel
                        ///< ⌈head_dim / 2⌉ + i in its high half
    TensorView groups;  ///< f16, steps before minima: of keys [n_groups, n_kv_heads, 2, head_dim],
                        ///< of values [n_tokens, n_kv_heads, 2, n_groups]
};

/// A chunk's layer as stored: keys before RoPE.
struct StoredKvLayer {
    StoredRows k;
    StoredRows v;
};

/// Of every channel of keys (before RoPE), and of values: x → gain · x + offset. f32 [2,
/// n_kv_heads, head_dim], gains before offsets.
struct KvAffine {
    TensorView k;
    TensorView v;
};

/// What rows of a chunk were seen to change by, channel by channel: of their stored values x and
/// changes y = fresh − x, mean x, mean y, Σ (x − mean x)², Σ (x − mean x)(y − mean y). f32 [4,
/// n_kv_heads, head_dim], keys before RoPE.
struct KvMoments {
    TensorView k;
    TensorView v;
};

/// Where a stored layer goes, and what is changed on the way.
struct KvPlacement {
    std::int64_t first_row = 0;  ///< cache row of the chunk's first token
    KvAffine change;             ///< of every token's key and value; data null: none
    TensorView skip;             ///< i8[n_tokens]: where it is 1 the cache keeps what it has; data
                                 ///< null: nowhere
};

enum class Activation : std::uint8_t { kSilu, kGeluTanh, kGeluErf };

struct AttentionOptions {
    float scale = 1.0f;       ///< on q·k, before softcap and softmax
    float softcap = 0.0f;     ///< s = softcap · tanh(s / softcap); 0: none
    std::int32_t window = 0;  ///< a query at position p sees key positions > p − window; 0: all
};

/// Operations over rows. f32 activations [T, ...] unless said otherwise; T ≥ 0 rows everywhere, and
/// an operation on 0 rows does nothing. Row indices and positions are i32 tensors of the backend's
/// device. Outputs do not overlap inputs unless said. Asynchronous: failures of a device surface
/// from synchronize(). One thread at a time. Law: on the CPU a row's result is bit-identical
/// whatever rows share its call and however many threads run.
class Backend {
  public:
    virtual ~Backend() = default;

    virtual Device device() const = 0;
    /// For `doctor` and `bench`: "CPU, AVX-512 VNNI, 2 threads".
    virtual std::string description() const = 0;

    // Memory.
    /// Uninitialised. kOutOfMemory names the size.
    virtual Result<Tensor> allocate(DType dtype, Shape shape) = 0;
    /// Host → device; pre: the same number of bytes.
    virtual void upload(TensorView dst, std::span<const std::byte> src) = 0;
    /// Device → host; waits for what writes src.
    virtual void download(std::span<std::byte> dst, TensorView src) = 0;
    virtual Result<std::unique_ptr<Weight>> pack(const WeightSource& source) = 0;
    virtual Status synchronize() = 0;

    // Rows in, rows out.
    /// out[T, n_in] = table[ids[t], :] · scale.
    virtual void embed(TensorView out, const Weight& table, TensorView ids, float scale) = 0;
    /// out[T, O] = x[T, I] · wᵀ (+ bias[O]) for each of the products. Accumulates in f32.
    virtual void multiply(TensorView x, std::span<const Product> products) = 0;
    void matmul(TensorView out, TensorView x, const Weight& w, TensorView bias) {
        const Product product{out, &w, bias};
        multiply(x, {&product, 1});
    }
    /// out = x / rms(x) · weight over the last dimension D = weight's length: x of [T, D] or [T, H,
    /// D]. out may be x.
    virtual void rms_norm(TensorView out, TensorView x, TensorView weight, float eps) = 0;
    virtual void layer_norm(TensorView out, TensorView x, TensorView weight, TensorView bias,
                            float eps) = 0;
    /// x += y.
    virtual void add(TensorView x, TensorView y) = 0;
    /// x = act(x).
    virtual void activate(TensorView x, Activation activation) = 0;
    /// gate = act(gate) · up, elementwise.
    virtual void gated_activate(TensorView gate, TensorView up, Activation activation) = 0;
    /// logits = cap · tanh(logits / cap).
    virtual void softcap(TensorView x, float cap) = 0;
    /// out[n, ...] = x[rows[i], ...].
    virtual void gather_rows(TensorView out, TensorView x, TensorView rows) = 0;

    // Attention over a working cache. rows i32[T]: each query's own cache row; positions
    // i32[capacity]: the cache's position table, ascending over its rows. A query sees rows 0 … its
    // own, less those its window hides.
    /// Rotates x[T, H, head_dim] in place by positions[rows[t]].
    virtual void rope(TensorView x, TensorView rows, TensorView positions, const Rope& rope) = 0;
    /// cache.k[h, rows[t]] = rotate(k[t, h], positions[rows[t]]), cache.v[h, rows[t]] = v[t, h],
    /// rounded to the cache's type. k, v f32 [T, n_kv_heads, head_dim], keys before RoPE.
    virtual void write_kv(LayerKv cache, TensorView k, TensorView v, TensorView rows,
                          TensorView positions, const Rope& rope) = 0;
    /// write_kv from a stored chunk layer: dequantise, change, rotate, write. Its tokens go to
    /// cache rows [first_row, first_row + n_tokens).
    virtual void place_kv(LayerKv cache, const StoredKvLayer& stored, const KvPlacement& placement,
                          TensorView positions, const Rope& rope) = 0;
    /// The moments of n ≥ 1 rows: fresh row i and the stored one of token tokens[i]. k, v f32 [n,
    /// n_kv_heads, head_dim]; tokens i32[n].
    virtual void kv_moments(KvMoments moments, TensorView k, TensorView v,
                            const StoredKvLayer& stored, TensorView tokens) = 0;
    /// out[T, n_heads, head_dim] from rotated q[T, n_heads, head_dim]; query head h reads KV head h
    /// / (n_heads / n_kv_heads).
    virtual void attention(TensorView out, TensorView q, LayerKv cache, TensorView rows,
                           TensorView positions, const AttentionOptions& options) = 0;
    /// mass[n_rows] += Σ over queries and heads of their softmax weight on each cache row < n_rows,
    /// times its entry in row_weights [n_kv_heads, n_rows] (data null: 1); f32, q rotated.
    virtual void attention_mass(TensorView mass, TensorView q, LayerKv cache, TensorView rows,
                                TensorView positions, const AttentionOptions& options,
                                TensorView row_weights) = 0;
    /// norms[h, r] = |cache.v[h, r]| over the mean of its KV head's rows [0, n_rows); f32
    /// [n_kv_heads, n_rows]. Of a head whose values are all 0: 0.
    virtual void value_norms(TensorView norms, LayerKv cache) = 0;
    /// deviation[T] = Σ (fresh[t] − cache.v[:, rows[t]])² ; fresh f32 [T, n_kv_heads, head_dim].
    virtual void value_deviation(TensorView deviation, TensorView fresh, LayerKv cache,
                                 TensorView rows) = 0;

    /// Bidirectional attention inside packed sequences (encoders): q, k, v, out [T, H, head_dim];
    /// sequence s holds rows [offsets[s], offsets[s + 1]) (host memory).
    virtual void encoder_attention(TensorView out, TensorView q, TensorView k, TensorView v,
                                   std::span<const std::int32_t> offsets, float scale) = 0;
};

}  // namespace lectern
