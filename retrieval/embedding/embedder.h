// Texts → unit vectors, for passages while indexing and for questions while searching.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"

namespace lectern {

/// What of a chunk is embedded: every window begins with `context` ("Title › Section", may be
/// empty).
struct PassageText {
    std::string_view context;
    std::string_view text;
};

/// A chunk's vectors: one a window, so that an embedder with a short input loses nothing.
struct PassageVectors {
    int n_windows = 0;           ///< ≥ 1
    int n_tokens = 0;            ///< of context and text by the embedder's tokenizer
    std::vector<float> vectors;  ///< [n_windows, dimensions()], each of unit length
};

/// Any thread; a question goes before the passages that wait.
class Embedder {
  public:
    virtual ~Embedder() = default;

    virtual int dimensions() const = 0;
    /// Of weights, tokenizer and the way windows are cut: vectors with another fingerprint are of
    /// no use.
    virtual const Hash128& fingerprint() const = 0;

    /// One entry a passage, in order. A passage's vectors do not depend on the others in the call.
    /// kCancelled: a stop was requested (looked at between batches).
    virtual Result<std::vector<PassageVectors>> embed_passages(
        std::span<const PassageText> passages, std::stop_token stop) = 0;
    /// [dimensions()], of unit length. A question longer than the input is cut at its end. Waits at
    /// most for the batch of passages under way.
    virtual Result<std::vector<float>> embed_question(std::string_view question) = 0;
};

}  // namespace lectern
