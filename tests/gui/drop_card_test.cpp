// The card that tells what was dropped before anything is read.
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

/// Reads at a rate of the test's own until it is stopped.
class SteadyAssistant : public FakeAssistant {
  public:
    Result<IngestReport> index(const std::vector<std::filesystem::path>&, KvPolicy,
                               const IngestEvents& events, std::stop_token stop) override {
        IngestProgress progress;
        progress.files_done = 3;
        progress.files_total = 10;
        progress.current = "/nowhere/a.pdf";
        progress.chunks_done = 40;
        progress.seconds = 5;
        progress.seconds_left = 130;
        events.on_progress(progress);
        while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        IngestReport report;
        report.cancelled = true;
        return report;
    }
};

QUrl file(const char* path) { return QUrl::fromLocalFile(path); }

}  // namespace

TEST_CASE("a drop shows what is in it, how long and how much disk, and nothing is read yet") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    shown.drop({file("/nowhere/a.pdf"), file("/nowhere/b.pdf")});
    REQUIRE(wait_until([&] { return shown.text_of("previewTitle") == "Read 2 documents?"; }));
    CHECK(shown.text_of("previewKinds") == "2 PDF · 4.8 MB");
    CHECK(shown.text_of("previewTime") ==
          "Reading takes about 4 min, as fast as it went here before.");
    CHECK(shown.text_of("previewDisk") ==
          "Instant answers take about 40 MB of disk; 100 MB of 20 GB are used.");
    CHECK(shown.text_of("previewSkipped") == "Skipped: kinds that are not read: 3 .png; empty: 1.");
    CHECK(shown.focused() == "previewStart");
    CHECK(assistant.n_indexed == 0);
    shown.grab("preview");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return assistant.indexed().size() == 2; }));
    CHECK(shown.find("dropCard") == nullptr);
}

TEST_CASE("drops add up, and Esc drops them all") {
    start_application();
    FakeAssistant assistant;
    WindowFixture shown(assistant);
    shown.drop({file("/nowhere/a.pdf")});
    shown.drop({file("/nowhere/b.pdf"), file("/nowhere/a.pdf")});
    REQUIRE(wait_until([&] { return shown.text_of("previewTitle") == "Read 2 documents?"; }));
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("dropCard") == nullptr);
    shown.drop({file("/nowhere/c.pdf")});
    CHECK(wait_until([&] { return shown.text_of("previewTitle") == "Read 1 document?"; }));
    CHECK(assistant.n_indexed == 0);
}

TEST_CASE("looking at a drop can be cancelled") {
    start_application();
    FakeAssistant assistant;
    assistant.page.preview_waits = true;
    WindowFixture shown(assistant);
    shown.drop({file("/nowhere/a.pdf")});
    CHECK(shown.text_of("previewTitle") == "Looking at what was dropped…");
    CHECK(shown.text_of("previewDrop") == "Cancel");
    shown.click("previewDrop");
    CHECK(shown.find("dropCard") == nullptr);
    CHECK(assistant.n_indexed == 0);
}

TEST_CASE("before anything was read here the card says that it does not know how long it takes") {
    start_application();
    FakeAssistant assistant;
    assistant.page.rate_known = false;
    WindowFixture shown(assistant);
    shown.drop({file("/nowhere/a.pdf")});
    REQUIRE(wait_until([&] { return shown.text_of("previewTime").contains("not known yet"); }));
}

TEST_CASE("after closing, the next window reads on and shows the progress line") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(1);
    {
        WindowFixture shown(assistant);
        REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }));
        assistant.hold = true;
        shown.drop_and_start({file("/nowhere/a.pdf"), file("/nowhere/b.pdf")});
        REQUIRE(wait_until([&] { return shown.controller().library()->currentFile() == "a.pdf"; }));
    }
    CHECK(assistant.indexed().empty());
    WindowFixture next(assistant);
    REQUIRE(wait_until([&] { return next.text_of("progressText") == "0 of 2 files · 6 s left"; }));
    assistant.hold = false;
    CHECK(wait_until([&] { return assistant.indexed().size() == 2; }));
}

TEST_CASE("reading is stopped, goes on and is given up from the progress line") {
    start_application();
    FakeAssistant assistant;
    assistant.hold = true;
    WindowFixture shown(assistant);
    shown.drop_and_start({file("/nowhere/a.pdf"), file("/nowhere/b.pdf")});
    REQUIRE(wait_until([&] { return shown.find("stopIndexingButton") != nullptr; }));
    shown.click("stopIndexingButton");
    REQUIRE(wait_until([&] { return shown.find("resumeIndexingButton") != nullptr; }));
    shown.click("resumeIndexingButton");
    REQUIRE(wait_until([&] { return shown.controller().library()->currentFile() == "a.pdf"; }));
    CHECK(shown.text_of("progressText") == "0 of 2 files · 6 s left");
    shown.click("giveUpButton");
    REQUIRE(wait_until([&] { return shown.find("indexingStatus") == nullptr; }));
    CHECK(assistant.page.decided() == std::vector<std::string>{"take back"});
    CHECK(assistant.indexed().empty());
}

TEST_CASE("a question is answered in the window while documents are read") {
    start_application();
    FakeAssistant assistant;
    assistant.set_documents(4);
    WindowFixture shown(assistant);
    REQUIRE(wait_until([&] { return !shown.controller().library()->indexing(); }));
    assistant.index_waits = true;
    shown.drop_and_start({file("/nowhere/a.pdf")});
    REQUIRE(wait_until([&] { return shown.controller().library()->currentFile() == "a.pdf"; }));
    CHECK(shown.find("stopIndexingButton") != nullptr);
    shown.click("questionInput");
    shown.type("what?");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.answer().endsWith("at 1000 pages."); }));
    CHECK(shown.controller().library()->indexing());
    shown.grab("reading_and_asking");
    assistant.index_waits = false;
    CHECK(wait_until([&] { return !shown.controller().library()->indexing(); }));
}

TEST_CASE("a full disk while reading is said in the window, with the way out, until it succeeds") {
    start_application();
    FakeAssistant assistant;
    assistant.index_fails = true;
    WindowFixture shown(assistant);
    shown.drop_and_start({file("/nowhere/a.pdf")});
    REQUIRE(wait_until(
        [&] { return shown.text_of("libraryBanner") == "The disk is full. Free some space."; }));
    CHECK(shown.text_of("bannerAction") == "Try again");
    shown.grab("full_disk");
    assistant.index_fails = false;
    shown.controller().library()->resumeIndexing();
    CHECK(wait_until([&] { return shown.find("libraryBanner") == nullptr; }));
}

TEST_CASE("the progress line says which file, how much, how fast and how long") {
    start_application();
    SteadyAssistant assistant;
    WindowFixture shown(assistant);
    shown.drop_and_start({file("/nowhere/a.pdf")});
    REQUIRE(wait_until([&] {
        return shown.text_of("progressText") ==
               "3 of 10 files · 8.0 passages a second · 3 min left";
    }));
    CHECK(shown.text_of("progressTitle") == "Reading a.pdf");
    shown.grab("progress");
}
