#include "retrieval/embedding/encoder_embedder.h"

#include <algorithm>
#include <utility>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/model/encoder.h"
#include "retrieval/embedding/priority_mutex.h"
#include "retrieval/embedding/token_windows.h"

namespace lectern {
namespace {

/// Part of the fingerprint: raised whenever vectors of the same weights and options change.
constexpr std::int64_t kVersion = 1;

class EncoderEmbedder : public Embedder {
  public:
    EncoderEmbedder(std::unique_ptr<Backend> backend, std::unique_ptr<Encoder> encoder,
                    const EncoderEmbedderOptions& options)
        : backend_(std::move(backend)), encoder_(std::move(encoder)), options_(options) {
        Hasher hasher;
        hasher.add(kVersion);
        hasher.add(encoder_->fingerprint());
        hasher.add(std::int64_t{options.overlap_tokens});
        hasher.add(std::int64_t{options.max_context_tokens});
        fingerprint_ = hasher.finish();
    }

    int dimensions() const override { return encoder_->dimensions(); }
    const Hash128& fingerprint() const override { return fingerprint_; }

    Result<std::vector<PassageVectors>> embed_passages(std::span<const PassageText> passages,
                                                       std::stop_token stop) override {
        std::vector<PassageVectors> out;
        std::vector<std::vector<TokenId>> windows;
        for (const PassageText& passage : passages) {
            const auto context = encoder_->tokenizer().encode(passage.context);
            const auto text = encoder_->tokenizer().encode(passage.text);
            auto cut = token_windows(context, text, window_options());
            out.push_back(
                {static_cast<int>(cut.size()), static_cast<int>(context.size() + text.size()), {}});
            std::move(cut.begin(), cut.end(), std::back_inserter(windows));
        }
        LECTERN_ASSIGN(const auto vectors, embed_in_batches(windows, std::move(stop)));
        auto from = vectors.begin();
        for (PassageVectors& passage : out) {
            const auto to = from + std::ptrdiff_t{passage.n_windows} * dimensions();
            passage.vectors.assign(from, to);
            from = to;
        }
        return out;
    }

    Result<std::vector<float>> embed_question(std::string_view question) override {
        std::vector<std::vector<TokenId>> tokens{encoder_->tokenizer().encode(question)};
        const auto max = static_cast<std::size_t>(encoder_->max_tokens());
        if (tokens[0].size() > max) tokens[0].resize(max);
        std::vector<float> vector(static_cast<std::size_t>(dimensions()));
        const PriorityMutex::Lock lock(mutex_, PriorityMutex::Kind::kQuestion);
        LECTERN_TRY(encoder_->embed(tokens, vector));
        return vector;
    }

  private:
    TokenWindowOptions window_options() const {
        const int max = encoder_->max_tokens();
        return {max, std::min(options_.max_context_tokens, max / 2), options_.overlap_tokens};
    }

    /// [windows, dimensions()]. The encoder is free for a question between any two batches.
    Result<std::vector<float>> embed_in_batches(const std::vector<std::vector<TokenId>>& windows,
                                                std::stop_token stop) {
        const auto width = static_cast<std::size_t>(dimensions());
        std::vector<float> vectors(windows.size() * width);
        for (std::size_t begin = 0; begin < windows.size();) {
            if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Embedding was stopped.");
            const std::size_t n = batch_size(std::span(windows).subspan(begin));
            const PriorityMutex::Lock lock(mutex_, PriorityMutex::Kind::kPassages);
            LECTERN_TRY(encoder_->embed(std::span(windows).subspan(begin, n),
                                        std::span(vectors).subspan(begin * width, n * width)));
            begin += n;
        }
        return vectors;
    }

    /// How many windows from the first on make a batch: at least one.
    std::size_t batch_size(std::span<const std::vector<TokenId>> windows) const {
        std::size_t n = 0, n_tokens = 0;
        for (const auto& window : windows) {
            n_tokens += window.size();
            if (n > 0 && n_tokens > static_cast<std::size_t>(options_.batch_tokens)) break;
            ++n;
        }
        return n;
    }

    std::unique_ptr<Backend> backend_;  ///< outlives the encoder on it
    std::unique_ptr<Encoder> encoder_;
    EncoderEmbedderOptions options_;
    Hash128 fingerprint_;
    PriorityMutex mutex_;  ///< of the encoder
};

}  // namespace

Result<std::unique_ptr<Embedder>> load_encoder_embedder(const std::filesystem::path& folder,
                                                        const EncoderEmbedderOptions& options) {
    CpuBackendOptions cpu;
    cpu.n_threads = options.n_threads;
    std::unique_ptr<Backend> backend = make_cpu_backend(cpu);
    LECTERN_ASSIGN(auto encoder, Encoder::load(folder, *backend));
    return std::unique_ptr<Embedder>(
        new EncoderEmbedder(std::move(backend), std::move(encoder), options));
}

}  // namespace lectern
