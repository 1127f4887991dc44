// The library's page: documents, folders, what they take, and what is done with them by key.
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catch.h"

using namespace lectern;
using namespace lectern::test;

namespace {

LibraryUse two_folders() {
    LibraryUse use;
    use.folders = {{.path = "/home/me/Papers",
                    .documents = 120,
                    .waiting = 3,
                    .chunks = 4200,
                    .text_bytes = 6'400'000,
                    .vector_bytes = 6'500'000,
                    .kv_bytes = 850'000'000},
                   {.path = "/media/stick/Books", .offline = true, .documents = 8, .chunks = 900}};
    use.kv_bytes = 1'000'000'000;
    use.kv_budget_bytes = 20'000'000'000;
    use.kv_bytes_expected = 4e9;
    use.kv_by_model = {{"Qwen3 4B", 900'000'000}};
    use.kv_other_bytes = 100'000'000;
    return use;
}

struct LibraryPageFixture {
    FakeAssistant assistant;
    std::unique_ptr<WindowFixture> shown;

    LibraryPageFixture() {
        start_application();
        assistant.set_documents(4);
        assistant.page.set_use(two_folders());
        assistant.page.put(
            {.path = "/home/me/Papers/a.pdf", .state = FileState::kReady, .chunks = 7});
        assistant.page.put({.path = "/home/me/Papers/broken.pdf",
                            .state = FileState::kFailed,
                            .reason = "broken.pdf is broken: it cannot be opened as a PDF.",
                            .advice = "Put a whole copy in its place.",
                            .can_retry = true});
        assistant.page.put({.path = "/home/me/Papers/z.md", .state = FileState::kWaiting});
        assistant.page.put({.path = "/media/stick/Books/b.pdf", .state = FileState::kOffline});
    }
    WindowFixture& open() {
        shown = std::make_unique<WindowFixture>(assistant);
        REQUIRE(wait_until([&] { return !shown->controller().library()->indexing(); }));
        shown->press(Qt::Key_L, Qt::ControlModifier);
        REQUIRE(wait_until([&] { return documents()->rowCount() == 4; }));
        REQUIRE(wait_until([&] {
            return shown->find("folderItem") != nullptr && shown->find("documentAdvice") != nullptr;
        }));
        return *shown;
    }
    DocumentListModel* documents() { return shown->controller().library()->details()->documents(); }
    QString state(int row) {
        const char* names[] = {"Waiting", "Reading", "Ready", "Failed", "Offline"};
        return names[documents()->index(row).data(DocumentListModel::StateRole).toInt()];
    }
    bool decided(const std::string& what) {
        return wait_until([&] {
            const auto all = assistant.page.decided();
            return !all.empty() && all.back() == what;
        });
    }
    bool tab_to(const QString& name) { return shown->tab_to(name); }
};

}  // namespace

TEST_CASE("the library lists every document with its state, and folders with what they take") {
    LibraryPageFixture f;
    WindowFixture& shown = f.open();
    CHECK(f.state(0) == "Ready");
    CHECK(f.state(1) == "Failed");
    CHECK(f.state(2) == "Waiting");
    CHECK(f.state(3) == "Offline");
    CHECK(shown.text_of("documentState") == "7 passages");
    CHECK(shown.text_of("folderDetail") ==
          "120 documents · 4,200 passages · text 6.4 MB · vectors 6.5 MB · KV 850 MB");
    CHECK(shown.text_of("folderState") == "3 waiting");
    CHECK(shown.text_of("documentCount") == "4 documents · 1 waiting");
    CHECK(shown.text_of("documentReason").startsWith("broken.pdf is broken"));
    CHECK(shown.text_of("documentAdvice") == "Put a whole copy in its place.");
    shown.grab("library");
}

TEST_CASE("the meter tells how much of the budget is used, for what, and what is expected") {
    LibraryPageFixture f;
    WindowFixture& shown = f.open();
    CHECK(shown.text_of("kvText") == "1 GB of 20 GB · 25 % of what all passages will take (4 GB)");
    CHECK(shown.text_of("kvParts") ==
          "Qwen3 4B: 900 MB · passages that changed or were not looked at yet: 100 MB");
    CHECK(shown.find("kvMeter")->property("value").toDouble() == Approx(0.05));
}

TEST_CASE("a folder is paused, put first and removed by keys, and removing asks first") {
    LibraryPageFixture f;
    WindowFixture& shown = f.open();
    REQUIRE(f.tab_to("folderItem"));
    shown.press(Qt::Key_P);
    CHECK(f.decided("pause /home/me/Papers"));
    CHECK(wait_until([&] { return shown.text_of("folderState") == "paused"; }));
    REQUIRE(f.tab_to("folderItem"));
    shown.press(Qt::Key_P);
    CHECK(f.decided("go on /home/me/Papers"));
    shown.press(Qt::Key_F);
    CHECK(f.decided("first /home/me/Papers"));
    shown.press(Qt::Key_Delete);
    REQUIRE(wait_until([&] { return shown.find("removalText") != nullptr; }));
    CHECK(shown.text_of("removalText") ==
          "This takes 12 documents out of the library and frees 1.5 MB of text, 300.0 kB of "
          "vectors and 40 MB of KV. The files themselves stay where they are.");
    shown.grab("library_remove");
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("removalText") == nullptr);
    CHECK(shown.find("documentList") != nullptr);
    shown.controller().library()->details()->askToRemove("/home/me/Papers");
    REQUIRE(wait_until([&] { return shown.find("removeButton") != nullptr; }));
    REQUIRE(shown.focused() == "keepButton");
    shown.press(Qt::Key_Backtab);
    shown.press(Qt::Key_Return);
    CHECK(f.decided("remove /home/me/Papers"));
}

TEST_CASE("a document that needs attention is tried again or left out by keys") {
    LibraryPageFixture f;
    WindowFixture& shown = f.open();
    shown.click("attentionOnly");
    REQUIRE(wait_until([&] { return f.documents()->rowCount() == 1; }));
    REQUIRE(wait_until([&] { return shown.find("documentItem") != nullptr; }));
    shown.grab("library_attention");
    REQUIRE(f.tab_to("documentItem"));
    shown.press(Qt::Key_T);
    CHECK(f.decided("again /home/me/Papers/broken.pdf"));
    const int before = f.assistant.n_indexed;
    shown.press(Qt::Key_Delete);
    CHECK(f.decided("leave out /home/me/Papers/broken.pdf"));
    CHECK(wait_until([&] { return f.assistant.n_indexed > before; }));
    CHECK(wait_until([&] { return f.documents()->rowCount() == 0; }));
}

TEST_CASE("documents are found by what is typed, and Esc empties the field before it leaves") {
    LibraryPageFixture f;
    WindowFixture& shown = f.open();
    REQUIRE(f.tab_to("documentFilter"));
    shown.type("broken");
    CHECK(wait_until([&] { return f.documents()->rowCount() == 1; }));
    shown.press(Qt::Key_Escape);
    CHECK(wait_until([&] { return f.documents()->rowCount() == 4; }));
    shown.press(Qt::Key_Escape);
    CHECK(shown.find("documentList") == nullptr);
}

TEST_CASE("ten thousand documents are filled page by page, by what of them is looked at") {
    LibraryPageFixture f;
    for (int i = 0; i < 10'000; ++i)
        f.assistant.page.put(
            {.path = "/home/me/Papers/many/" + std::to_string(100'000 + i) + ".txt",
             .state = FileState::kReady,
             .chunks = 1});
    f.shown = std::make_unique<WindowFixture>(f.assistant);
    f.shown->press(Qt::Key_L, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return f.documents()->rowCount() > 0; }));
    REQUIRE(wait_until([&] { return f.shown->text_of("documentCount").startsWith("10,004"); }));
    CHECK(f.documents()->rowCount() < 1000);
    REQUIRE(wait_until([&] { return f.shown->find("documentItem") != nullptr; }));
    REQUIRE(f.tab_to("documentItem"));
    const int before = f.documents()->rowCount();
    f.shown->find("documentList")->setProperty("currentIndex", before - 1);
    CHECK(wait_until([&] { return f.documents()->rowCount() > before; }));
}
