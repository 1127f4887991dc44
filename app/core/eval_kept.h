// What evaluations of the same cases have in common, kept between runs: full readings with their
// logits, and chunks' KV. Both cost more than all that is compared with them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"
#include "engine/decode/generator.h"
#include "engine/kv/kv_store.h"

namespace lectern {

/// A prompt read and answered.
struct EvalReading {
    Generated answer;
    std::vector<float> logits;  ///< [positions of full's answer, vocab_size]
    double ttft_ms = 0;
    double charged_ratio = 0;
    double load_ms = 0;
    int recomputed_rows = 0, reused_rows = 0;
};

/// A folder of them. What is there was computed by this engine on the machine at hand: whoever
/// changes the engine's arithmetic takes another folder. One thread at a time.
class EvalKept {
  public:
    /// Makes the folder. No folder: nothing is kept. Errors of open_disk_kv_store.
    static Result<EvalKept> open(const std::filesystem::path& folder);

    /// Nothing where it is not there or not whole.
    std::optional<EvalReading> find(const Hash128& key) const;
    /// As write_whole_file.
    Status put(const Hash128& key, const EvalReading& reading);
    /// Of chunks; nullptr: nothing is kept.
    KvStore* chunks() const { return chunks_.get(); }

  private:
    std::filesystem::path path_of(const Hash128& key) const;

    std::filesystem::path folder_;
    std::unique_ptr<KvStore> chunks_;
};

}  // namespace lectern
