#include "app/core/kv_settings.h"

#include <cassert>
#include <charconv>
#include <string>

namespace lectern {
namespace {

constexpr const char* kBudget = "kv_budget_bytes";
constexpr const char* kPolicy = "kv_policy";

struct NamedPolicy {
    KvPolicy policy;
    std::string_view name;
};
constexpr NamedPolicy kPolicies[] = {
    {KvPolicy::kAll, "all"}, {KvPolicy::kIdle, "idle"}, {KvPolicy::kLazy, "lazy"}};

}  // namespace

std::string name_of(KvPolicy policy) {
    for (const NamedPolicy& known : kPolicies)
        if (known.policy == policy) return std::string(known.name);
    assert(false);
    return {};
}

Result<KvPolicy> parse_kv_policy(std::string_view name) {
    for (const NamedPolicy& known : kPolicies)
        if (known.name == name) return known.policy;
    return fail(ErrorCode::kInvalidArgument,
                "There is no policy \"" + std::string(name) +
                    "\" for passages' caches; known are all, idle, lazy.");
}

Result<std::optional<std::int64_t>> kv_budget_setting(const Library& library) {
    LECTERN_ASSIGN(const std::optional<std::string> text, library.setting(kBudget));
    if (!text) return std::nullopt;
    std::int64_t n_bytes = 0;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, n_bytes);
    if (error != std::errc() || stop != end || n_bytes < 0)
        return fail(ErrorCode::kCorrupt,
                    "The library's budget for passages' caches, \"" + *text + "\", is no number.",
                    "Set it anew with --kv-budget.");
    return n_bytes > 0 ? std::optional(n_bytes) : std::nullopt;
}

Status set_kv_budget(Library& library, std::int64_t n_bytes) {
    return library.set_setting(kBudget, std::to_string(n_bytes));
}

Result<KvPolicy> kv_policy_setting(const Library& library) {
    LECTERN_ASSIGN(const std::optional<std::string> name, library.setting(kPolicy));
    return name ? parse_kv_policy(*name) : KvPolicy::kIdle;
}

Status set_kv_policy(Library& library, KvPolicy policy) {
    return library.set_setting(kPolicy, name_of(policy));
}

}  // namespace lectern
