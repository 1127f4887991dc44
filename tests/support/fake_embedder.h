// An embedder without weights: the bag of a text's words, hashed into a unit vector. Texts that
// share words are near; nothing else is.
#pragma once

#include <atomic>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "retrieval/embedding/embedder.h"
#include "retrieval/index/terms.h"

namespace lectern::test {

class FakeEmbedder : public Embedder {
  public:
    static constexpr int kDimensions = 128;
    static constexpr std::size_t kWindowTerms = 40;

    explicit FakeEmbedder(std::string name = "fake") : fingerprint_(hash128(name)) {}

    int dimensions() const override { return kDimensions; }
    const Hash128& fingerprint() const override { return fingerprint_; }

    Result<std::vector<PassageVectors>> embed_passages(std::span<const PassageText> passages,
                                                       std::stop_token stop) override {
        std::vector<PassageVectors> out;
        for (const PassageText& passage : passages) {
            if (before_passage) before_passage(passage);
            if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "stopped");
            if (!failure.message.empty()) return tl::unexpected<Error>(failure);
            out.push_back(embed(std::string(passage.context) + " " + std::string(passage.text)));
            ++n_embedded;
        }
        return out;
    }

    Result<std::vector<float>> embed_question(std::string_view question) override {
        const auto terms = terms_of(question, TermUse::kQuery);
        return unit_vector(terms);
    }

    std::atomic<int> n_embedded{0};                          ///< passages
    std::function<void(const PassageText&)> before_passage;  ///< may be empty
    Error failure;                                           ///< with a message: what is returned

  private:
    PassageVectors embed(const std::string& text) const {
        const std::vector<Term> terms = terms_of(text, TermUse::kQuery);
        PassageVectors out;
        out.n_tokens = static_cast<int>(terms.size());
        std::span<const Term> rest(terms);
        do {
            const auto window = rest.first(std::min(rest.size(), kWindowTerms));
            const auto vector = unit_vector(window);
            out.vectors.insert(out.vectors.end(), vector.begin(), vector.end());
            ++out.n_windows;
            rest = rest.subspan(window.size());
        } while (!rest.empty());
        return out;
    }

    static std::vector<float> unit_vector(std::span<const Term> terms) {
        std::vector<float> vector(kDimensions, 1e-3F);
        for (const Term& term : terms)
            vector[static_cast<std::size_t>(hash128(term.text).bytes[0]) % kDimensions] += 1;
        const float length =
            std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0F));
        for (float& x : vector) x /= length;
        return vector;
    }

    Hash128 fingerprint_;
};

}  // namespace lectern::test
