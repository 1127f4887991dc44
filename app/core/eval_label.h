// The one place that names a way of reading: in tables, plots, options and messages.
#pragma once

#include <string>

#include "app/core/eval.h"

namespace lectern {

/// "question + pooled-affine 15 %", "cacheblend 15 %", "question by entropy 8 %" (and more where
/// unsure); "none" and "all", of which neither a ratio nor a correction means anything, alone;
/// "full read"; "stored int8", the full read's own KV; "question in document 15 %", chunks of
/// ChunkSource::kInDocument. A form that is not the default one is named: "question f16 15 %".
std::string label_of(const EvalVariant& variant);

/// The label without its ratio: what variants of several ratios, a line in a plot, have in common.
std::string family_of(const EvalVariant& variant);

/// Whether the variant places stored KV and changes nothing of it: what others are compared with.
bool is_plain_reuse(const EvalVariant& variant);

}  // namespace lectern
