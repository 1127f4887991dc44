// What the assistant gives the library's page, and notes for it.
#include <spdlog/spdlog.h>

#include "app/core/local_assistant.h"

namespace lectern {

std::unique_ptr<LocalLibraryDesk> LocalAssistant::make_desk() {
    DeskParts parts;
    parts.library = library_.get();
    parts.store = store_.get();
    parts.knows_extension = ingest_parts().knows_extension;
    parts.kv_bytes_per_chunk = [this] { return bytes_per_chunk(); };
    parts.take_back = [this] { return IngestFlow(ingest_parts()).take_back(); };
    return std::make_unique<LocalLibraryDesk>(std::move(parts));
}

/// Whose the KV of a passage is. What is not noted is counted as nobody's. Pre: engine_mutex_ is
/// held and there is a session.
void LocalAssistant::note_kv(std::int64_t chunk_id, std::span<const TokenId> passage) {
    if (library_->read_only()) return;
    if (noted_model_ != session_.get()) {
        noted_model_ = session_.get();
        noted_as_ = model().name;
    }
    const Status noted = library_->note_kv(chunk_id, session_->key_of(passage).hash, noted_as_);
    if (!noted) spdlog::warn("The KV of a passage was not noted: {}", noted.error().text());
}

}  // namespace lectern
