// The way of a document, told as scripts: what a run finds and changes.
#include "tests/core/ingest_fixture.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("a folder is scanned, read, split, embedded and found") {
    Ingest in;
    write(in.docs / "ships.txt", "Ships sail on the sea.");
    write(in.docs / "deep/er/trains.txt", "Trains roll on rails.");
    write(in.docs / "picture.jpg", "no text");
    write(in.docs / ".hidden/secret.txt", "Secret.");
    write(in.docs / "node_modules/readme.txt", "Junk.");
    write(in.docs / "~$lock.txt", "Lock.");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 2);
    CHECK(report.added == 2);
    CHECK(report.chunks == 2);
    CHECK(report.tokens == 9);
    CHECK(report.failed.empty());
    CHECK_FALSE(report.cancelled);
    CHECK(in.find("Ships") == Names{"ships.txt"});
    CHECK(in.find("Trains") == Names{"trains.txt"});
    CHECK(in.find("Secret").empty());
    CHECK(in.states["ships.txt"] ==
          std::vector{FileState::kWaiting, FileState::kReading, FileState::kReady});
    CHECK(in.progress.files_done == 2);
    CHECK(in.progress.files_total == 2);
    CHECK(in.progress.chunks_done == 2);
    CHECK(fs::exists(dense_cache_file(in.dir / "library")));
}

TEST_CASE("a second run reads and embeds nothing that stayed") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    in.run({in.docs});
    const IngestReport again = in.run();
    CHECK(in.n_read == 0);
    CHECK(in.embedder->n_embedded == 0);
    CHECK(again.documents == 2);
    CHECK(again.added + again.changed + again.renamed + again.removed == 0);
    fs::last_write_time(in.docs / "a.txt",
                        fs::file_time_type::clock::now() + std::chrono::hours(1));
    const IngestReport touched = in.run();
    CHECK(in.n_read == 0);  // another stamp, the same content
    CHECK(touched.changed == 0);
    CHECK(touched.renamed == 0);
}

TEST_CASE("adding, changing, renaming and deleting update just what changed") {
    Ingest in;
    write(in.docs / "a.txt", long_text("ships", 4));
    write(in.docs / "b.txt", "Trains roll.");
    write(in.docs / "c.txt", "Planes fly.");
    in.run({in.docs});

    SECTION("add") {
        write(in.docs / "d.txt", "Bicycles turn.");
        const IngestReport report = in.run();
        CHECK(report.added == 1);
        CHECK(in.n_read == 1);
        CHECK(in.embedder->n_embedded == 1);
        CHECK(in.find("Bicycles") == Names{"d.txt"});
    }
    SECTION("change: of a long document only the new parts are embedded") {
        write(in.docs / "a.txt", long_text("ships", 4) + long_text("whales", 1));
        const IngestReport report = in.run();
        CHECK(report.changed == 1);
        CHECK(in.n_read == 1);
        CHECK(in.embedder->n_embedded == 1);
        CHECK(in.find("whales") == Names{"a.txt"});
        CHECK(in.find("ships") == Names{"a.txt"});
    }
    SECTION("rename") {
        fs::create_directories(in.docs / "sub");
        fs::rename(in.docs / "b.txt", in.docs / "sub/renamed.txt");
        const IngestReport report = in.run();
        CHECK(report.renamed == 1);
        CHECK(report.added + report.removed + report.changed == 0);
        CHECK(in.n_read == 0);
        CHECK(in.embedder->n_embedded == 0);
        CHECK(in.find("Trains") == Names{"renamed.txt"});
    }
    SECTION("rename over another one") {
        fs::rename(in.docs / "b.txt", in.docs / "c.txt");
        const IngestReport report = in.run();
        CHECK(report.renamed == 1);
        CHECK(in.n_read == 0);
        CHECK(in.find("Trains") == Names{"c.txt"});
        CHECK(in.find("Planes").empty());
        CHECK(report.documents == 2);
    }
    SECTION("delete") {
        fs::remove(in.docs / "b.txt");
        const IngestReport report = in.run();
        CHECK(report.removed == 1);
        CHECK(report.documents == 2);
        CHECK(in.n_read == 0);
        CHECK(in.find("Trains").empty());
        CHECK(in.find("Planes") == Names{"c.txt"});
    }
}

TEST_CASE("one bad file never stops the rest and is listed with its reason") {
    Ingest in;
    write(in.docs / "bad.txt", "BROKEN");
    write(in.docs / "empty.txt", "");
    write(in.docs / "good.txt", "Ships sail.");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 1);
    REQUIRE(report.failed.size() == 2);
    CHECK(report.failed[0].path == in.docs / "bad.txt");
    CHECK(report.failed[0].reason == "bad.txt is broken.");
    CHECK(report.failed[1].reason == "empty.txt holds no text.");
    CHECK(in.find("Ships") == Names{"good.txt"});
    CHECK(in.states["bad.txt"].back() == FileState::kFailed);
    CHECK(value(library_overview(*in.library)).failed.size() == 2);

    CHECK(in.run().failed.size() == 2);
    CHECK(in.n_read == 0);  // the same file fails the same way
    write(in.docs / "bad.txt", "Mended now, whole.");
    const IngestReport mended = in.run();
    CHECK(in.n_read == 1);
    CHECK(mended.added == 1);
    CHECK(mended.failed.size() == 1);
}

TEST_CASE("a rebuild that fails keeps the old version and lists the failure") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    in.run({in.docs});
    write(in.docs / "a.txt", "BROKEN after all");
    const IngestReport report = in.run();
    REQUIRE(report.failed.size() == 1);
    CHECK(report.failed[0].chunks == 1);
    CHECK(report.documents == 1);
    CHECK(in.find("Ships") == Names{"a.txt"});
    write(in.docs / "a.txt", "Ships sail.");  // put back
    CHECK(in.run().failed.empty());
    CHECK(in.n_read == 0);
}

TEST_CASE("a folder that is not there is kept as offline and found again") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.dir / "other/b.txt", "Trains roll.");
    in.run({in.docs, in.dir / "other"});
    fs::rename(in.docs, in.dir / "unplugged");
    const IngestReport report = in.run();
    CHECK(report.removed == 0);
    CHECK(report.documents == 2);
    CHECK(in.find("Ships") == Names{"a.txt"});
    const LibraryOverview overview = value(library_overview(*in.library));
    REQUIRE(overview.folders.size() == 2);
    CHECK(overview.folders[0].offline);
    CHECK_FALSE(overview.folders[1].offline);

    fs::rename(in.dir / "unplugged", in.docs);
    in.run();
    CHECK(in.n_read == 0);
    CHECK_FALSE(value(library_overview(*in.library)).folders[0].offline);
    fs::remove(in.docs / "a.txt");
    CHECK(in.run().removed == 1);  // the same device, empty: deleted indeed
}

TEST_CASE("a folder inside that cannot be listed is named, and its documents are kept") {
    if (geteuid() != 0) LECTERN_SKIP("needs root to become another user");
    Ingest in;
    write(in.docs / "sub/a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    in.run({in.docs});
    fs::permissions(in.docs / "sub", fs::perms::none);
    for (const auto& entry : fs::directory_iterator(in.dir / "library"))
        fs::permissions(entry, fs::perms::all);
    fs::permissions(in.dir.path(), fs::perms::all);
    fs::permissions(in.dir / "library", fs::perms::all);
    {
        const test::AsNobody nobody;
        const IngestReport report = in.run();
        CHECK(report.removed == 0);
        REQUIRE(report.failed.size() == 1);
        CHECK(report.failed[0].path == in.docs / "sub");
    }
    fs::permissions(in.docs / "sub", fs::perms::all);
    CHECK(in.find("Ships") == Names{"a.txt"});
}

TEST_CASE("single files are added, followed and deleted") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "b.txt", "Trains roll.");
    write(in.docs / "odd.xyz", "Planes fly.");
    const IngestReport report = in.run({in.docs / "a.txt", in.docs / "odd.xyz"});
    CHECK(report.documents == 2);
    CHECK(in.find("Trains").empty());
    fs::remove(in.docs / "a.txt");
    CHECK(in.run().removed == 1);

    const auto missing = in.try_run({in.docs / "b.txt", in.docs / "nowhere"});
    REQUIRE(!missing);
    CHECK(missing.error().code == ErrorCode::kNotFound);
    CHECK(in.find("Trains").empty());  // nothing was added
}

TEST_CASE("links are followed once and never in circles") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.dir / "outside/b.txt", "Trains roll.");
    fs::create_directory_symlink(in.docs, in.docs / "self");
    fs::create_directory_symlink(in.dir / "outside", in.docs / "link");
    fs::create_symlink(in.docs / "a.txt", in.docs / "0_same.txt");
    fs::create_symlink(in.docs / "gone.txt", in.docs / "broken.txt");
    const IngestReport report = in.run({in.docs});
    CHECK(report.documents == 2);
    CHECK(report.failed.empty());
    CHECK(in.find("Ships") == Names{"a.txt"});
    CHECK(in.find("Trains") == Names{"b.txt"});
}

TEST_CASE("nested folders hold each document once; removing one leaves the other's") {
    Ingest in;
    write(in.docs / "a.txt", "Ships sail.");
    write(in.docs / "sub/b.txt", "Trains roll.");
    CHECK(in.run({in.docs, in.docs / "sub"}).documents == 2);
    IngestParts parts;
    parts.library = in.library.get();
    IngestFlow flow(parts);
    REQUIRE(flow.remove(in.docs / "sub/").has_value());
    CHECK(in.find("Trains") == Names{"b.txt"});
    CHECK(in.run().documents == 2);
    CHECK(in.n_read == 0);
    REQUIRE(flow.remove(in.docs).has_value());
    CHECK(in.find("Trains").empty());
    CHECK_FALSE(flow.remove(in.docs).has_value());
}

TEST_CASE("small files come before huge ones") {
    Ingest in;
    write(in.docs / "a_huge.txt", long_text("ships", 6));
    write(in.docs / "z_small.txt", "Trains roll.");
    std::vector<std::string> order;
    in.on_file = [&](const FileStatus& file) {
        if (file.state == FileState::kReady) order.push_back(file.path.filename().string());
    };
    in.run({in.docs});
    CHECK(order == Names{"z_small.txt", "a_huge.txt"});
}
