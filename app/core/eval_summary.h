// Last step of an evaluation: measurements by case → a row a variant.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/core/eval.h"
#include "app/core/eval_comparison.h"

namespace lectern {

struct EvalSeries {
    EvalVariant variant;
    CaseMeasurements cases;  ///< not empty; the same cases in every series
};

/// kInvalidArgument, naming what there is: no fused variant has this label or family
/// (eval_label.h).
Status check_baseline(std::span<const EvalVariant> variants, const std::string& baseline);

/// `baseline`: a label: its KL as it is; a family: its KL at each variant's charged cost; empty:
/// none. Pre: check_baseline(). Plain reuse is compared with where it is among the series.
std::vector<EvalRow> summarise(std::span<const EvalSeries> series, const std::string& baseline,
                               bool has_references);

/// What a token's KV takes in a form that was measured.
struct KvCost {
    KvFormat format = kDefaultKvFormat;
    double bytes_per_token = 0;
};
/// One for each form, in the order of the rows.
std::vector<KvCost> kv_costs(const EvalReport& report);

}  // namespace lectern
