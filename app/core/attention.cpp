#include "app/core/attention.h"

namespace lectern {

Attention attention_for(ErrorCode code) {
    switch (code) {
        case ErrorCode::kCorrupt:
            return {
                "Open it to see what is left of it, or put a whole copy in its place: it is "
                "read again when it changes.",
                false};
        case ErrorCode::kUnsupported:
            return {
                "Open it to see what it holds, or save it in another form: it is read again "
                "when it changes.",
                false};
        case ErrorCode::kTooLong:
            return {"Split it into smaller files, or try again while the machine is less busy.",
                    true};
        case ErrorCode::kIo:
        case ErrorCode::kNotFound:
            return {"Look whether it may be read, then try again.", true};
        case ErrorCode::kOutOfMemory:
            return {"Close other programs, then try again.", true};
        default:
            return {"Try again; if it fails once more, leave it out.", true};
    }
}

}  // namespace lectern
