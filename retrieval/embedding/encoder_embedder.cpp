#include "retrieval/embedding/encoder_embedder.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <utility>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/base/thread_pool.h"
#include "engine/model/encoder.h"
#include "retrieval/embedding/priority_slots.h"
#include "retrieval/embedding/token_windows.h"

namespace lectern {
namespace {

/// Part of the fingerprint: raised whenever vectors of the same weights and options change.
constexpr std::int64_t kVersion = 1;

/// An encoder that runs on one thread. Threads with batches of their own share no operation: none
/// waits for another, and what a thread computes stays in its core's caches.
struct Lane {
    std::unique_ptr<Backend> backend;  ///< outlives the encoder on it
    std::unique_ptr<Encoder> encoder;
};

class EncoderEmbedder : public Embedder {
  public:
    EncoderEmbedder(std::vector<Lane> lanes, const EncoderEmbedderOptions& options)
        : lanes_(std::move(lanes)), options_(options), slots_(static_cast<int>(lanes_.size())) {
        Hasher hasher;
        hasher.add(kVersion);
        hasher.add(encoder().fingerprint());
        hasher.add(std::int64_t{options.overlap_tokens});
        hasher.add(std::int64_t{options.max_context_tokens});
        fingerprint_ = hasher.finish();
    }

    int dimensions() const override { return encoder().dimensions(); }
    const Hash128& fingerprint() const override { return fingerprint_; }

    Result<std::vector<PassageVectors>> embed_passages(std::span<const PassageText> passages,
                                                       std::stop_token stop) override {
        std::vector<PassageVectors> out;
        std::vector<std::vector<TokenId>> windows;
        for (const PassageText& passage : passages) {
            const auto context = encoder().tokenizer().encode(passage.context);
            const auto text = encoder().tokenizer().encode(passage.text);
            auto cut = token_windows(context, text, window_options());
            out.push_back(
                {static_cast<int>(cut.size()), static_cast<int>(context.size() + text.size()), {}});
            std::move(cut.begin(), cut.end(), std::back_inserter(windows));
        }
        LECTERN_ASSIGN(const auto vectors, embed_in_batches(windows, stop));
        auto from = vectors.begin();
        for (PassageVectors& passage : out) {
            const auto to = from + std::ptrdiff_t{passage.n_windows} * dimensions();
            passage.vectors.assign(from, to);
            from = to;
        }
        return out;
    }

    Result<std::vector<float>> embed_question(std::string_view question) override {
        std::vector<std::vector<TokenId>> tokens{encoder().tokenizer().encode(question)};
        const auto max = static_cast<std::size_t>(encoder().max_tokens());
        if (tokens[0].size() > max) tokens[0].resize(max);
        std::vector<float> vector(static_cast<std::size_t>(dimensions()));
        const PrioritySlots::Lock lock(slots_, PrioritySlots::Kind::kQuestion);
        LECTERN_TRY(lanes_[lock.slot()].encoder->embed(tokens, vector));
        return vector;
    }

  private:
    using Windows = std::span<const std::vector<TokenId>>;

    /// What all lanes agree in.
    const Encoder& encoder() const { return *lanes_[0].encoder; }

    TokenWindowOptions window_options() const {
        const int max = encoder().max_tokens();
        return {max, std::min(options_.max_context_tokens, max / 2), options_.overlap_tokens};
    }

    /// Windows [first, first + windows.size()) of a call.
    struct Batch {
        std::size_t first;
        Windows windows;
    };

    /// [windows, dimensions()], on as many threads as there are lanes.
    Result<std::vector<float>> embed_in_batches(Windows windows, const std::stop_token& stop) {
        std::vector<Batch> batches;
        for (std::size_t begin = 0; begin < windows.size();) {
            const std::size_t n = batch_size(windows.subspan(begin));
            batches.push_back({begin, windows.subspan(begin, n)});
            begin += n;
        }
        std::vector<float> vectors(windows.size() * static_cast<std::size_t>(dimensions()));
        std::atomic<std::size_t> next{0};
        const auto work = [&] { return take_batches(batches, next, vectors, stop); };
        std::vector<std::future<Status>> others;
        for (std::size_t i = 1; i < std::min(lanes_.size(), batches.size()); ++i)
            others.push_back(std::async(std::launch::async, work));
        Status status = work();
        for (std::future<Status>& other : others)
            if (Status theirs = other.get(); status && !theirs) status = std::move(theirs);
        LECTERN_TRY(status);
        return vectors;
    }

    /// A lane is free for a question between any two batches.
    Status take_batches(std::span<const Batch> batches, std::atomic<std::size_t>& next,
                        std::span<float> vectors, const std::stop_token& stop) {
        const auto width = static_cast<std::size_t>(dimensions());
        for (std::size_t i = next++; i < batches.size(); i = next++) {
            if (stop.stop_requested()) return fail(ErrorCode::kCancelled, "Embedding was stopped.");
            const auto [first, windows] = batches[i];
            const PrioritySlots::Lock lock(slots_, PrioritySlots::Kind::kPassages);
            LECTERN_TRY(lanes_[lock.slot()].encoder->embed(
                windows, vectors.subspan(first * width, windows.size() * width)));
        }
        return {};
    }

    /// How many windows from the first on make a batch: at least one.
    std::size_t batch_size(Windows windows) const {
        std::size_t n = 0, n_tokens = 0;
        for (const auto& window : windows) {
            n_tokens += window.size();
            if (n > 0 && n_tokens > static_cast<std::size_t>(options_.batch_tokens)) break;
            ++n;
        }
        return n;
    }

    std::vector<Lane> lanes_;
    EncoderEmbedderOptions options_;
    Hash128 fingerprint_;
    PrioritySlots slots_;  ///< of the lanes
};

}  // namespace

Result<std::unique_ptr<Embedder>> load_encoder_embedder(const std::filesystem::path& folder,
                                                        const EncoderEmbedderOptions& options) {
    std::vector<Lane> lanes(static_cast<std::size_t>(
        options.n_threads > 0 ? options.n_threads : default_thread_count()));
    for (Lane& lane : lanes) {
        lane.backend = make_cpu_backend({.n_threads = 1});
        LECTERN_ASSIGN(lane.encoder, &lane == lanes.data() ? Encoder::load(folder, *lane.backend)
                                                           : lanes[0].encoder->twin(*lane.backend));
    }
    return std::unique_ptr<Embedder>(new EncoderEmbedder(std::move(lanes), options));
}

}  // namespace lectern
