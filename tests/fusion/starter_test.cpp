// The laws once more on the real starter model.
#include <set>

#include "tests/fusion/tiny_reading.h"
#include "tests/support/models.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("on the starter, every row recomputed gives a full read to the last bit") {
    const auto file = find_model(kStarter);
    if (!file) LECTERN_SKIP(std::string("no ") + kStarter);
    TinyReading full(*file, {}), fused(*file, {.activation_rows = 32});
    const auto chunks = full.chunks();
    const auto expected = take(full.full());
    CHECK(take(fused.fused(chunks, "all")).logits == expected.logits);
    CHECK(fused.all_bytes() == full.all_bytes());

    std::set<std::vector<float>> seen{expected.logits};
    for (const std::string_view selector : selector_names()) {
        if (selector == "all") continue;
        INFO(selector);
        fused.cache.truncate(0);
        const auto report = take(fused.fused(chunks, std::string(selector), 0.2));
        CHECK(report.recomputed_rows == (selector == "none" ? 0 : 15));
        CHECK(seen.insert(report.logits).second);  // each of them reads in its own way
    }
}
