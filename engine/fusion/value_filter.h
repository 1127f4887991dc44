// What CacheBlend chooses rows by: how far a row's fresh values are from the stored ones, measured
// layer by layer on the rows that are still in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/fusion/token_selector.h"

namespace lectern {

/// Runs the candidates through layer 0, then filters at layers 1, 2, …: at layer 1 + i the
/// shares[i] · budget rows stay (rounded up) whose value vectors there deviate most (squared L2)
/// from the placed ones, and they alone go on through that layer. Rows that went through a layer
/// are seen as they became there. Layer 0's K and V depend on the token alone: layer 1 is the first
/// with a signal. A model of fewer layers ends with its last layer's filter.
///
/// `shares` falls to 1. The rows left, the most deviating first; all that is computed is charged,
/// and the layers written over are placed again. kUnsupported for a model of one layer.
Result<std::vector<std::int32_t>> filter_by_values(const SelectionContext& context,
                                                   std::span<const double> shares);

}  // namespace lectern
