// Measurements that survive an interrupted evaluation: one JSON line a case and variant, under a
// key of everything the figures depend on.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/result.h"

namespace lectern {

/// One case read in one way.
struct EvalMeasurement {
    std::string answer, answer_full;
    double f1 = 0, f1_full = 0;
    double rouge_l = 0, rouge_l_full = 0;
    std::vector<double> kl;      ///< by position of full's answer
    std::vector<int> same_top1;  ///< 1 where the most likely token is full's
    bool same_answer = false;
    double charged_ratio = 0;
    double ttft_ms = 0, ttft_full_ms = 0, load_ms = 0;
    int recomputed_rows = 0, passage_rows = 0;
};

/// One thread at a time.
class EvalJournal {
  public:
    /// Reads what is there; a missing file is an empty journal. Lines that are torn or mean
    /// something else are passed over. An empty path keeps everything in memory. kIo.
    static Result<EvalJournal> open(const std::filesystem::path& path);

    /// nullptr: not measured yet.
    const EvalMeasurement* find(const Hash128& key) const;
    /// Remembers and appends a line; it is in the file when this returns. kIo, kDiskFull.
    Status add(const Hash128& key, EvalMeasurement measurement);

  private:
    std::filesystem::path path_;
    std::map<std::string, EvalMeasurement> by_key_;
    bool ends_torn_ = false;  ///< the file's last line has no end: begin a new one first
};

}  // namespace lectern
