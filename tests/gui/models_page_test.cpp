// The models page over a catalogue, a hub and a server of the test's own.
#include <QAbstractItemModelTester>
#include <QTest>
#include <atomic>

#include "app/core/sha256.h"
#include "tests/gui/fake_assistant.h"
#include "tests/gui/window_fixture.h"
#include "tests/support/catalogue_file.h"
#include "tests/support/catch.h"
#include "tests/support/environment.h"
#include "tests/support/http_server.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using namespace lectern::test;
using nlohmann::json;

namespace {

constexpr std::size_t kBytes = 2'000'000;

std::string hex_of(const std::string& text) {
    Sha256 sha;
    sha.add(std::as_bytes(std::span(text)));
    return sha.take_hex();
}

/// A catalogue of an answering model that fits, one that does not, and an embedder; the server
/// holds downloads back half way while `holds`.
struct ModelsPage {
    TempDir dir;
    std::atomic<bool> holds{false};
    ServedFile file{many_bytes(kBytes)};
    HttpServer server{[this](const ServerRequest& request, ServerReply& reply) {
        if (request.target.starts_with("/api/")) return reply.send(200, hub_answer(request.target));
        if (!holds) return file.send(request, reply);
        file.send_beginning(request, reply, kBytes / 2);
        reply.stall();
    }};
    Environment home{"LECTERN_HOME", dir.path()};
    Environment models{"LECTERN_MODELS", dir / "models"};
    Environment catalogue{"LECTERN_CATALOGUE", dir / "catalogue.json"};
    Environment no_proxy{"no_proxy", "127.0.0.1"};
    FakeAssistant assistant;

    ModelsPage() {
        start_application();
        const std::string sha = hex_of(file.bytes);
        write_catalogue(dir / "catalogue.json", server.url(""),
                        {catalogue_entry("small", "small.gguf", kBytes, sha, server.url("/small")),
                         catalogue_entry("huge", "huge.gguf", kBytes, sha, server.url("/huge"),
                                         {{"memory_bytes", std::int64_t{1} << 50}}),
                         catalogue_entry("finder", "finder.bin", kBytes, sha, server.url("/finder"),
                                         {{"role", "embedder"}})});
    }
    std::string hub_answer(const std::string& target) const {
        if (target.starts_with("/api/models?"))
            return json::array(
                       {{{"id", "maker/other-GGUF"}, {"downloads", 7}, {"tags", {"license:mit"}}}})
                .dump();
        return json::array({{{"path", "other.gguf"},
                             {"lfs", {{"oid", hex_of(file.bytes)}, {"size", kBytes}}}}})
            .dump();
    }
    void make_only(const std::string& name) {
        const std::string sha = hex_of(file.bytes);
        write_catalogue(dir / "catalogue.json", server.url(""),
                        {catalogue_entry(name, name + ".bin", kBytes, sha, server.url("/finder"),
                                         {{"role", "embedder"}})});
    }
};

QVariant of(WindowFixture& shown, const QString& name, int role) {
    const ModelListModel* list = shown.controller().models()->list();
    for (int row = 0; row < list->rowCount(); ++row)
        if (list->index(row).data(ModelListModel::NameRole).toString() == name)
            return list->index(row).data(role);
    return {};
}

void open_page(WindowFixture& shown) {
    REQUIRE(wait_until([&] { return shown.controller().models()->loaded(); }));
    shown.press(Qt::Key_M, Qt::ControlModifier);
    REQUIRE(wait_until([&] { return shown.find("modelList") != nullptr; }));
}

/// As LocalAssistant has it from the catalogue.
std::vector<NetworkAccess> accesses(const ModelsPage& page) {
    return NetworkLog(page.dir / "network.log").read();
}

}  // namespace

TEST_CASE("the models page tells what each model takes, its licence, and why one does not fit") {
    ModelsPage page;
    WindowFixture shown(page.assistant);
    open_page(shown);
    const QAbstractItemModelTester tester(shown.controller().models()->list(),
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(shown.text_of("modelFigures").contains("2 MB · 1 MB of memory"));
    CHECK(shown.text_of("modelFigures").contains("of disk for 1,000 passages · Apache-2.0"));
    CHECK(shown.text_of("modelSpeed") == "speed not measured here");
    CHECK(of(shown, "huge", ModelListModel::MisfitRole).toString().contains("this machine has"));
    CHECK(shown.find("modelMisfit") != nullptr);
    CHECK(shown.find("noAccesses") != nullptr);
    shown.grab("models");
    shown.press(Qt::Key_Escape);
    CHECK(wait_until([&] { return shown.find("modelList") == nullptr; }));
    CHECK(accesses(page).empty());
}

TEST_CASE("a download shows how far it is, is paused, and goes on in the next window") {
    ModelsPage page;
    page.make_only("finder");
    page.holds = true;
    {
        WindowFixture shown(page.assistant);
        open_page(shown);
        shown.click("downloadModel");
        REQUIRE(wait_until(
            [&] { return of(shown, "finder", ModelListModel::ShareRole).toDouble() > 0.4; }));
        CHECK(shown.text_of("modelProgress").startsWith("1 MB of 2 MB"));
        CHECK(shown.controller().models()->brief() == "50 %");
        shown.grab("models_download");
        shown.click("pauseModel");
        REQUIRE(
            wait_until([&] { return of(shown, "finder", ModelListModel::StartedRole).toBool(); }));
        CHECK(shown.text_of("downloadModel") == "Go on");
        CHECK(of(shown, "finder", ModelListModel::ProblemRole).toString().isEmpty());
    }
    page.holds = false;
    WindowFixture shown(page.assistant);
    open_page(shown);
    CHECK(shown.text_of("downloadModel") == "Go on");
    shown.click("downloadModel");
    REQUIRE(
        wait_until([&] { return of(shown, "finder", ModelListModel::InstalledRole).toBool(); }));
    CHECK(page.server.requests().back().field("range") == "bytes=1000000-");
    CHECK(accesses(page).size() == 2);
    REQUIRE(wait_until([&] { return shown.find("verifyModel") != nullptr; }));
    QTest::qWait(100);  // its row has moved to another section
    shown.click("verifyModel");
    REQUIRE(wait_until([&] { return shown.find("modelDone") != nullptr; }));
    shown.grab("models_verified");

    shown.click("removeModel");
    CHECK(shown.text_of("removeText") == "Removing it frees 2 MB of disk.");
    CHECK(shown.focused() == "keepModel");
    shown.click("removeModelNow");
    REQUIRE(
        wait_until([&] { return !of(shown, "finder", ModelListModel::InstalledRole).toBool(); }));
    CHECK(shown.text_of("modelsMessage").contains("2 MB of disk are free again"));
    CHECK_FALSE(std::filesystem::exists(page.dir / "models/finder.bin"));
}

TEST_CASE("a download that is given up leaves nothing, and one that fails says why") {
    ModelsPage page;
    page.make_only("finder");
    page.holds = true;
    WindowFixture shown(page.assistant);
    open_page(shown);
    shown.click("downloadModel");
    REQUIRE(wait_until(
        [&] { return of(shown, "finder", ModelListModel::ShareRole).toDouble() > 0.4; }));
    shown.click("cancelModel");
    REQUIRE(wait_until([&] { return std::filesystem::is_empty(page.dir / "models"); }));

    page.holds = false;
    page.file.bytes[7] ^= 1;
    REQUIRE(wait_until([&] { return shown.find("downloadModel") != nullptr; }));
    shown.click("downloadModel");
    REQUIRE(wait_until([&] { return shown.find("modelProblem") != nullptr; }));
    CHECK(shown.text_of("modelProblem").contains("came with other bytes"));
    CHECK_FALSE(of(shown, "finder", ModelListModel::InstalledRole).toBool());
    shown.grab("models_failed");
}

TEST_CASE("other models are searched on the hub only when asked, and their files are had") {
    ModelsPage page;
    page.make_only("finder");
    WindowFixture shown(page.assistant);
    shown.window().setHeight(1000);
    open_page(shown);
    CHECK(accesses(page).empty());
    REQUIRE(shown.find("hubWords") != nullptr);
    shown.find("hubWords")->forceActiveFocus();
    shown.type("other");
    shown.press(Qt::Key_Return);
    REQUIRE(wait_until([&] { return shown.find("hubOpen") != nullptr; }));
    CHECK(accesses(page).size() == 1);
    CHECK(accesses(page)[0].path.starts_with("/api/models?search=other"));
    shown.click("hubOpen");
    REQUIRE(wait_until([&] { return shown.find("hubFile") != nullptr; }));
    CHECK(shown.text_of("hubFile") == "other.gguf");
    CHECK(wait_until([&] { return shown.find("noAccesses") == nullptr; }));
    shown.grab("models_hub");
    shown.click("hubGet");
    // What came is no model that can answer, and that is said.
    REQUIRE(wait_until([&] { return shown.find("modelsMessage") != nullptr; }));
    CHECK(shown.text_of("modelsMessage").contains("GGUF"));
    CHECK(page.server.requests().back().target == "/maker/other-GGUF/resolve/main/other.gguf");
}

TEST_CASE("while documents are read the best model that fits is offered, with what it takes") {
    ModelsPage page;
    page.assistant.hold = true;
    WindowFixture shown(page.assistant);
    CHECK(shown.find("modelOffer") == nullptr);
    shown.drop_and_start({QUrl::fromLocalFile("/nowhere/notes.txt")});
    REQUIRE(wait_until([&] { return shown.find("offerText") != nullptr; }));
    const QString offer = shown.text_of("offerText");
    CHECK(offer.startsWith("The best model for this machine is small: 2 MB"));
    CHECK(offer.contains("1 MB of memory"));
    CHECK(offer.contains("Apache-2.0"));
    CHECK(offer.contains("speed not measured here"));
    shown.grab("models_offer");
    shown.click("offerDismiss");
    CHECK(shown.find("offerText") == nullptr);
    CHECK(accesses(page).empty());
    page.assistant.hold = false;
}

TEST_CASE("the offer tells a speed by that of the model in use, measured meanwhile") {
    const auto starter = find_model(kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    ModelsPage page;
    std::filesystem::create_directories(page.dir / "models");
    std::filesystem::create_symlink(*starter, page.dir / "models/own.gguf");
    page.assistant.set_model({"own", page.dir / "models/own.gguf", ""});
    page.assistant.hold = true;
    WindowFixture shown(page.assistant);
    REQUIRE(wait_until([&] { return shown.controller().models()->loaded(); }));
    shown.drop_and_start({QUrl::fromLocalFile("/nowhere/notes.txt")});
    REQUIRE(wait_until([&] { return shown.find("offerText") != nullptr; }));
    CHECK(wait_until([&] { return shown.text_of("offerText").contains("an estimate: reads"); },
                     60000));
    shown.grab("models_offer_speed");
    page.assistant.hold = false;
}

TEST_CASE("the first answering model brings the one that finds passages, and says so before") {
    ModelsPage page;
    WindowFixture shown(page.assistant);
    open_page(shown);
    CHECK(shown.text_of("alsoNeeded").contains("finder (2 MB): it comes along"));
    shown.controller().models()->download("small");
    REQUIRE(
        wait_until([&] { return of(shown, "finder", ModelListModel::InstalledRole).toBool(); }));
    CHECK(shown.find("alsoNeeded") == nullptr);
}

TEST_CASE("the keyboard's focus is always in sight on the models page") {
    ModelsPage page;
    WindowFixture shown(page.assistant);
    shown.window().setHeight(420);
    open_page(shown);
    REQUIRE(wait_until([&] { return shown.focused() == "importModel"; }));
    for (int n = 0; n < 12 && shown.focused() != "hubWords"; ++n) shown.press(Qt::Key_Tab);
    REQUIRE(shown.focused() == "hubWords");
    const QQuickItem* words = shown.find("hubWords");
    const double bottom = words->mapToScene(QPointF(0, words->height())).y();
    CHECK(bottom <= shown.window().height());
    CHECK(bottom > 0);
}

TEST_CASE("without a model the window leads to the models page") {
    ModelsPage page;
    page.assistant.set_model(
        {"", "", "No answering model is installed. Get one on the models page."});
    page.assistant.set_documents(3);
    WindowFixture shown(page.assistant);
    REQUIRE(wait_until([&] { return shown.find("modelBanner") != nullptr; }));
    CHECK(shown.text_of("modelBanner").contains("Get one on the models page."));
    QQuickItem* action = shown.find("modelBanner");
    REQUIRE(action != nullptr);
    shown.click("bannerAction");
    CHECK(wait_until([&] { return shown.find("modelList") != nullptr; }));
}

TEST_CASE("a model file that is broken is named when it is dropped, with the way out") {
    ModelsPage page;
    std::ofstream(page.dir / "broken.gguf") << "not a model";
    WindowFixture shown(page.assistant);
    shown.drop({QUrl::fromLocalFile(QString::fromStdString((page.dir / "broken.gguf").string()))});
    REQUIRE(wait_until([&] { return shown.find("modelsMessage") != nullptr; }));
    REQUIRE(wait_until([&] { return shown.controller().models()->messageIsProblem(); }));
    CHECK(shown.text_of("modelsMessage").contains("broken.gguf"));
    CHECK(page.assistant.n_indexed == 0);
    shown.grab("models_broken");
}

TEST_CASE("a model is dropped, measured on this machine and chosen, and passages are told of") {
    const auto starter = find_model(kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    ModelsPage page;
    page.assistant.set_documents(3);
    std::filesystem::create_symlink(*starter, page.dir / "own.gguf");
    WindowFixture shown(page.assistant);
    shown.drop({QUrl::fromLocalFile(QString::fromStdString((page.dir / "own.gguf").string()))});
    REQUIRE(wait_until([&] { return shown.find("modelList") != nullptr; }));
    REQUIRE(wait_until([&] {
        return of(shown, "own", ModelListModel::ActivityRole).toInt() == ModelListModel::Measuring;
    }));
    REQUIRE(wait_until(
        [&] {
            return of(shown, "own", ModelListModel::SpeedRole).toString().startsWith("reads ") &&
                   of(shown, "own", ModelListModel::ActivityRole).toInt() == ModelListModel::Idle;
        },
        60000));
    CHECK(of(shown, "small", ModelListModel::SpeedRole).toString().contains("an estimate"));
    CHECK(shown.controller().models()->offerText().contains("an estimate"));
    shown.controller().models()->dismissMessage();
    shown.click("useModel");
    CHECK(page.assistant.choices().model == "own");
    REQUIRE(wait_until([&] { return shown.find("swapBanner") != nullptr; }));
    CHECK(shown.text_of("swapBanner").contains("up to 9 passages are prepared for it"));
    CHECK(shown.find("usedText") != nullptr);
    CHECK(wait_until([&] { return page.assistant.n_precomputed > 0; }));
    shown.grab("models_used");
    CHECK(accesses(page).empty());

    shown.controller().models()->measure("own");
    shown.controller().models()->stopWork("own");
    CHECK(wait_until([&] {
        return of(shown, "own", ModelListModel::ActivityRole).toInt() == ModelListModel::Idle;
    }));
    CHECK(of(shown, "own", ModelListModel::ProblemRole).toString().isEmpty());
}
