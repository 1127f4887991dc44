#include "app/core/eval_documents.h"

#include "retrieval/document/document_reader.h"
#include "tests/core/ingest_fixture.h"

using namespace lectern;
using namespace lectern::test;

namespace {

Result<EvalDocuments> read(const fs::path& folder, int n, std::stop_token stop = {}) {
    const ReaderRegistry readers = ReaderRegistry::standard();
    return read_eval_documents(
        folder, n, [&](const fs::path& path, std::stop_token) { return readers.read(path); },
        [&](std::string_view extension) { return readers.knows_extension(extension); }, stop);
}

}  // namespace

TEST_CASE("a folder's documents give runs of their chunks, in order, without a reference") {
    const TempDir dir;
    write(dir / "b.md", "# Ships\n\n## Sails\n\n" + long_text("sails", 7));
    write(dir / "a.txt", long_text("anchors", 3));
    write(dir / "short.txt", "Too short for a case.");
    write(dir / "empty.txt", "");
    write(dir / "picture.png", "not a document");
    const auto data = value(read(dir.path(), 3));

    REQUIRE(data.documents.size() == 4);
    CHECK(data.documents[0].name == "a.txt");
    CHECK(data.documents[0].n_cases == 1);
    CHECK(data.documents[1].n_cases == 2);  // of seven chunks six
    CHECK(data.documents[2].name == "empty.txt");
    CHECK_FALSE(data.documents[2].reason.empty());
    CHECK(data.documents[3].reason.find("1 chunks") != std::string::npos);

    REQUIRE(data.cases.size() == 3);
    for (const EvalCase& item : data.cases) {
        CHECK(item.passages.size() == 3);
        CHECK(item.answers.empty());
        CHECK(item.question.find("three sentences") != std::string::npos);
    }
    CHECK(data.cases[0].passages[0].title == "a.txt");
    CHECK(data.cases[0].passages[2].text.find("of part 2 is about anchors") != std::string::npos);
    CHECK(data.cases[1].passages[0].title.find("Ships") != std::string::npos);
    CHECK(data.cases[0].passages[0].before.empty());
    CHECK(data.cases[2].passages[1].before == data.cases[2].passages[0].text);
    CHECK(data.cases[2].passages[0].before == data.cases[1].passages[2].text);
    CHECK(data.cases[2].passages[0].text.find("of part 3 is about sails") != std::string::npos);
}

TEST_CASE("a folder that gives nothing is refused, with the reason") {
    const TempDir dir;
    CHECK(read(dir / "nowhere", 2).error().code == ErrorCode::kNotFound);
    CHECK(read(dir.path(), 2).error().message.find("no document") != std::string::npos);
    write(dir / "a.txt", "One chunk.");
    const auto none = read(dir.path(), 2);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::kUnsupported);
    CHECK(none.error().message.find("fewer than the 2") != std::string::npos);
    std::stop_source stop;
    stop.request_stop();
    CHECK(read(dir.path(), 1, stop.get_token()).error().code == ErrorCode::kCancelled);
}
