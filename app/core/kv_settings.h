// What the library remembers of how its passages' KV is to be kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/core/assistant.h"
#include "retrieval/store/library.h"

namespace lectern {

/// "all", "idle", "lazy".
std::string name_of(KvPolicy policy);
/// kInvalidArgument lists what is known.
Result<KvPolicy> parse_kv_policy(std::string_view name);

/// The budget that was chosen for the library; nothing: the default. Errors as Library's.
Result<std::optional<std::int64_t>> kv_budget_setting(const Library& library);
/// n_bytes 0: the default again.
Status set_kv_budget(Library& library, std::int64_t n_bytes);

/// kIdle until another was chosen.
Result<KvPolicy> kv_policy_setting(const Library& library);
Status set_kv_policy(Library& library, KvPolicy policy);

}  // namespace lectern
