#include "app/core/model_session.h"

#include <algorithm>
#include <string>

#include "app/core/stopwatch.h"
#include "engine/base/mapped_file.h"
#include "engine/fusion/fuser.h"
#include "engine/model/memory_check.h"

namespace lectern {
namespace {

constexpr std::uint64_t kWorkingMemory =
    300ULL << 20;  ///< scratch, tokenizer, index, a chunk's cache: beside weights and cache
constexpr int kLeastChunkRows = 1024;  ///< chunks of usual size and the prefix fit

/// The one in the given file; the model's own where none is given.
Result<ChatTemplate> load_chat_template(const GgufFile& file, const std::filesystem::path& given,
                                        const Tokenizer& tokenizer) {
    constexpr const char* kTemplate = "tokenizer.chat_template";
    if (given.empty()) {
        std::string jinja;
        if (file.find(kTemplate) != nullptr) {
            LECTERN_ASSIGN(jinja, file.text(kTemplate));
        }
        Result<ChatTemplate> own = ChatTemplate::detect(jinja, tokenizer);
        if (!own && jinja.empty()) own.error().hint += " --chat-template FILE gives it one.";
        return own;
    }
    LECTERN_ASSIGN(const MappedFile mapped, MappedFile::open(given));
    const auto bytes = mapped.bytes();
    Result<ChatTemplate> other = ChatTemplate::detect(
        {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, tokenizer);
    if (!other)
        return fail(other.error().code,
                    given.filename().string() + " is no chat template for " +
                        file.path().filename().string() + ".",
                    other.error().text());
    return other;
}

int context_of(const SessionOptions& options, const ModelConfig& config,
               std::uint64_t model_bytes) {
    if (options.context > 0) return std::min(options.context, config.context_length);
    constexpr int kRows = 1024;  // of which the bytes of one are told
    const std::uint64_t n_bytes = KvCache::bytes_needed(config.kv_shape(), kRows, DType::kI16);
    const std::uint64_t taken = model_bytes + kWorkingMemory;
    const std::uint64_t available = available_memory_bytes();
    return automatic_context(config.context_length, n_bytes / kRows,
                             available > taken ? available - taken : 0);
}

}  // namespace

int automatic_context(int model_limit, std::uint64_t bytes_per_token, std::uint64_t free_bytes) {
    constexpr std::uint64_t kStep = 1024;
    const std::uint64_t room = free_bytes / 2 / std::max<std::uint64_t>(bytes_per_token, 1);
    const std::uint64_t rounded = std::max<std::uint64_t>(room / kStep * kStep, kLeastContext);
    return static_cast<int>(std::min<std::uint64_t>(rounded, static_cast<unsigned>(model_limit)));
}

Result<std::unique_ptr<ModelSession>> ModelSession::load(const std::filesystem::path& path,
                                                         const SessionOptions& options,
                                                         std::stop_token stop) {
    const Stopwatch watch;
    LECTERN_ASSIGN(std::shared_ptr<const GgufFile> file, GgufFile::open(path));
    LECTERN_ASSIGN(const ModelConfig config, ModelConfig::from_gguf(*file));
    const int context = context_of(options, config, file->n_bytes());
    const std::uint64_t cache_bytes =
        KvCache::bytes_needed(config.kv_shape(), context, DType::kI16);
    LECTERN_TRY(check_memory("the model " + file->path().filename().string(),
                             file->n_bytes() + cache_bytes + kWorkingMemory,
                             available_memory_bytes()));

    std::unique_ptr<ModelSession> session(new ModelSession());
    session->kv_format_ = options.kv_format;
    session->backend_ = make_cpu_backend(options.backend);
    LECTERN_ASSIGN(session->tokenizer_, load_tokenizer(*file));
    LECTERN_ASSIGN(session->template_,
                   load_chat_template(*file, options.chat_template, *session->tokenizer_));
    session->planner_.emplace(*session->tokenizer_, *session->template_);
    LECTERN_ASSIGN(session->model_, Transformer::load(file, *session->backend_));
    LECTERN_ASSIGN(session->activations_,
                   Activations::create(*session->backend_, config, options.batch_rows));
    if (static_cast<int>(session->planner_->prefix().size()) >= context)
        return fail(ErrorCode::kTooLong,
                    "The context is too short for the instructions to the model.",
                    "Choose a larger context.");
    LECTERN_ASSIGN(session->cache_, session->make_cache(context, stop));
    session->load_ms_ = watch.ms();
    return session;
}

KvKey ModelSession::key_of(std::span<const TokenId> chunk) const {
    return make_kv_key({model_->fingerprint(), planner_->prefix(), kv_format_}, chunk);
}

Result<KvCache*> ModelSession::chunk_cache(int n_tokens, const std::stop_token& stop) {
    const int n_rows = std::min(static_cast<int>(planner_->prefix().size()) + n_tokens, context());
    if (chunk_cache_ && chunk_cache_->capacity() >= n_rows) return &*chunk_cache_;
    chunk_cache_.reset();  // its memory first
    const int capacity = std::min(std::max(n_rows, kLeastChunkRows), context());
    LECTERN_ASSIGN(KvCache cache, make_cache(capacity, stop));
    return &chunk_cache_.emplace(std::move(cache));
}

Result<KvCache> ModelSession::make_cache(int capacity, const std::stop_token& stop) {
    LECTERN_ASSIGN(KvCache cache,
                   KvCache::create(*backend_, model_->config().kv_shape(), capacity));
    LECTERN_TRY(read_prefix(*model_, activations_, cache, planner_->prefix(), stop));
    return cache;
}

}  // namespace lectern
