// A read document, or the reason why there is none, as CBOR: what the reading child tells its
// parent.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "retrieval/document/document.h"

namespace lectern {

/// One flat array of numbers, texts and byte strings.
std::vector<std::uint8_t> to_cbor(const Result<ParsedDocument>& document);

/// The document or the error that was written. Trusts nothing: kCorrupt for whatever to_cbor()
/// would not write of a valid document, whoever made the bytes; `name` is what messages call the
/// file.
Result<ParsedDocument> from_cbor(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace lectern
