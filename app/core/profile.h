// A model's profile: what recomputing so much of the passages costs on it, and how near the full
// read that comes. Measured by `lectern calibrate`; a fidelity is chosen from it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/learnt_shift.h"
#include "engine/kv/kv_format.h"

namespace lectern {

/// The fused reading from one ratio on, over the calibration's cases. KL in nats.
struct ProfilePoint {
    double ratio = 0;     ///< share of all passage rows recomputed, more where unsure, (0, 1]
    double charged = 0;   ///< mean charged cost (design.md, decision 8)
    double kl_mean = 0;   ///< mean of the cases' means
    double kl_upper = 0;  ///< its one-sided 95 % bootstrap bound
    double kl_first = 0;  ///< mean at the answers' first positions
    double top1 = 0;      ///< share of positions whose likeliest token is full's
};

struct Profile {
    std::string model;        ///< its name, for people
    std::string fingerprint;  ///< Transformer::fingerprint(), 32 hexadecimal digits
    KvFormat kv_format = kDefaultKvFormat;
    std::string selector;                       ///< make_selector()
    std::string correction;                     ///< make_correction_rule()
    double sure_nats = 0;                       ///< FuseOptions'
    std::shared_ptr<const LearntShift> learnt;  ///< never nullptr in one that was read
    int n_cases = 0;
    std::string made_by;               ///< "lectern 0.1.0"
    std::vector<ProfilePoint> points;  ///< by ascending ratio; not empty
};

/// kCorrupt names what is wrong; kUnsupported: of another version of the form, or with a selector,
/// correction or KV format that this program does not have.
Result<Profile> parse_profile(std::string_view json);

/// What parse_profile reads, with a line a point; measurements to four digits. Pre: it has a shift.
std::string to_json_text(const Profile& profile);

}  // namespace lectern
