// What can be done about a document that gave nothing.
#pragma once

#include <string>

#include "retrieval/store/records.h"

namespace lectern {

struct Attention {
    std::string advice;      ///< a sentence
    bool can_retry = false;  ///< it may be read next time although the file did not change
};

/// By the kind of the reason.
Attention attention_for(ErrorCode code);

}  // namespace lectern
