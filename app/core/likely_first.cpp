#include "app/core/likely_first.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>

#include "retrieval/index/lexical_query.h"

namespace lectern {
namespace {

constexpr double kHalfLifeNs = 30.0 * 24 * 3600 * 1e9;

using Words = std::unordered_set<std::string>;

Words words_of(std::span<const std::string> texts) {
    Words words;
    for (const std::string& text : texts)
        for (std::string& word : content_terms(text)) words.insert(std::move(word));
    return words;
}

double title_score(const DocumentRecord& document, const Words& asked) {
    const std::vector<std::string> title =
        content_terms(document.title.empty() ? document.path.stem().string() : document.title);
    if (title.empty()) return 0;
    const auto n = std::count_if(title.begin(), title.end(),
                                 [&](const std::string& word) { return asked.contains(word); });
    return static_cast<double>(n) / static_cast<double>(title.size());
}

double age_score(const DocumentRecord& document, std::int64_t now_ns) {
    const auto age_ns = static_cast<double>(now_ns - document.stamp.mtime_ns);
    return std::exp2(-std::max(age_ns, 0.0) / kHalfLifeNs);
}

/// Ordinals of used chunks by document.
std::map<std::int64_t, std::set<int>> used_places(const LikelyInputs& known) {
    const std::unordered_set<std::int64_t> used(known.used.begin(), known.used.end());
    std::map<std::int64_t, std::set<int>> places;
    for (const ChunkPlace& chunk : known.chunks)
        if (used.contains(chunk.id)) places[chunk.document_id].insert(chunk.ordinal);
    return places;
}

double use_score(const ChunkPlace& chunk, const std::map<std::int64_t, std::set<int>>& used) {
    const auto found = used.find(chunk.document_id);
    if (found == used.end()) return 0;
    const auto nearest = found->second.lower_bound(chunk.ordinal - 1);
    return nearest != found->second.end() && *nearest <= chunk.ordinal + 1 ? 1.0 : 0.5;
}

}  // namespace

std::vector<std::int64_t> likely_first(const LikelyInputs& known) {
    const Words asked = words_of(known.questions);
    std::map<std::int64_t, double> of_document;
    for (const DocumentRecord& document : known.documents)
        of_document[document.id] = title_score(document, asked) + age_score(document, known.now_ns);

    const auto used = used_places(known);
    std::vector<std::pair<double, std::int64_t>> scored;
    for (const ChunkPlace& chunk : known.chunks)
        scored.emplace_back(of_document[chunk.document_id] + use_score(chunk, used), chunk.id);
    std::stable_sort(scored.begin(), scored.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });

    std::vector<std::int64_t> ids;
    for (const auto& [score, id] : scored) ids.push_back(id);
    return ids;
}

}  // namespace lectern
