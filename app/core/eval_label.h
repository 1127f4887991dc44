// The one place that names a way of reading: in tables, plots, options and messages.
#pragma once

#include <string>

#include "app/core/eval.h"

namespace lectern {

/// "question + pooled-affine 15 %", "cacheblend 15 %", "question by entropy over 1.5 8 %" (and more
/// where the next token's is); "none" and "all", of which no ratio, and "none + static-shift" aside
/// no correction means anything, alone; "full read"; "stored int8", the full read's own KV;
/// "question in document 15 %", chunks of ChunkSource::kInDocument. A form that is not the default
/// one is named: "question f16 15 %".
std::string label_of(const EvalVariant& variant);

/// The label without its ratio: what variants of several ratios, a line in a plot, have in common.
std::string family_of(const EvalVariant& variant);

/// Whether the variant places stored KV and changes nothing of it: what others are compared with.
bool is_plain_reuse(const EvalVariant& variant);

}  // namespace lectern
