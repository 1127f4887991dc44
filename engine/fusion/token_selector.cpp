#include "engine/fusion/token_selector.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/base/listed.h"
#include "engine/fusion/selectors.h"

namespace lectern {
namespace {

struct Entry {
    std::string_view name;
    std::unique_ptr<TokenSelector> (*make)();
};

constexpr std::array kSelectors{
    Entry{"none", make_select_none},
    Entry{"random", make_select_random},
    Entry{"cacheblend", make_select_cacheblend},
    Entry{"cacheblend-gradual", make_select_cacheblend_gradual},
    Entry{"first-k", make_select_first_k},
    Entry{"question", make_select_question},
    Entry{"question-end", make_select_question_end},
    Entry{"question-value", make_select_question_value},
    Entry{"question-per-chunk", make_select_question_per_chunk},
    Entry{"all", make_select_all},
};

}  // namespace

std::vector<std::string_view> selector_names() {
    std::vector<std::string_view> names;
    for (const Entry& entry : kSelectors) names.push_back(entry.name);
    return names;
}

Result<std::unique_ptr<TokenSelector>> make_selector(std::string_view name) {
    for (const Entry& entry : kSelectors)
        if (entry.name == name) return entry.make();
    return fail(ErrorCode::kInvalidArgument,
                "There is no selector named \"" + std::string(name) + "\".",
                "Known selectors: " + listed(selector_names()) + ".");
}

std::vector<std::int32_t> ranked_rows(std::span<const std::int32_t> rows,
                                      std::span<const float> scores, int n) {
    assert(rows.size() == scores.size() && n >= 0 && static_cast<std::size_t>(n) <= rows.size());
    const auto rank = [&](int i) { return std::isnan(scores[i]) ? -INFINITY : scores[i]; };
    std::vector<int> order(rows.size());
    std::iota(order.begin(), order.end(), 0);
    std::partial_sort(order.begin(), order.begin() + n, order.end(),
                      [&](int a, int b) { return rank(a) != rank(b) ? rank(a) > rank(b) : a < b; });
    std::vector<std::int32_t> chosen;
    chosen.reserve(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) chosen.push_back(rows[static_cast<std::size_t>(order[i])]);
    return chosen;
}

}  // namespace lectern
