// Which passages are prepared first, and why.
#include "app/core/likely_first.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

constexpr std::int64_t kDay = 24LL * 3600 * 1'000'000'000;
constexpr std::int64_t kNow = 1000 * kDay;

/// Two documents of three chunks each, both of long ago: chunks 10, 11, 12 and 20, 21, 22.
struct Known {
    std::vector<ChunkPlace> chunks = {{10, 1, 0}, {11, 1, 1}, {12, 1, 2},
                                      {20, 2, 0}, {21, 2, 1}, {22, 2, 2}};
    std::vector<DocumentRecord> documents;
    std::vector<std::int64_t> used;
    std::vector<std::string> questions;

    Known() {
        for (const std::int64_t id : {1, 2}) {
            DocumentRecord document;
            document.id = id;
            document.path = id == 1 ? "/docs/lease.pdf" : "/docs/manual.txt";
            document.stamp.mtime_ns = kNow - 900 * kDay;
            documents.push_back(document);
        }
    }
    std::vector<std::int64_t> order() const {
        return likely_first({chunks, documents, used, questions, kNow});
    }
};

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("passages that nothing is known of keep the order of documents") {
    CHECK(Known().order() == Ids{10, 11, 12, 20, 21, 22});
}

TEST_CASE("passages of a file that changed lately go first") {
    Known known;
    known.documents[1].stamp.mtime_ns = kNow - kDay;
    CHECK(known.order() == Ids{20, 21, 22, 10, 11, 12});
}

TEST_CASE("passages of a document whose title past questions named go first") {
    Known known;
    known.questions = {"What does the Manual say about oil?"};
    CHECK(known.order() == Ids{20, 21, 22, 10, 11, 12});
    known.documents[0].title = "The Manual of Leases";  // half of its two words
    CHECK(known.order() == Ids{20, 21, 22, 10, 11, 12});
    known.questions.push_back("Which leases end in May?");  // now all of them
    CHECK(known.order() == Ids{10, 11, 12, 20, 21, 22});
    known.questions = {"What is it about?"};  // words that every question has say nothing
    known.documents[1].title = "What it is about";
    CHECK(known.order().front() == 20);  // unless the title has no others
}

TEST_CASE("neighbours of used passages go first, then the rest of their document") {
    Known known;
    known.used = {22};
    CHECK(known.order() == Ids{21, 22, 20, 10, 11, 12});
}

TEST_CASE("what is near a used passage goes before what only changed lately") {
    Known known;
    known.used = {22};
    known.documents[0].stamp.mtime_ns = kNow - 15 * kDay;  // 0.7
    CHECK(known.order() == Ids{21, 22, 10, 11, 12, 20});
}
