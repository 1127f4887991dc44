// A model that is measured while nobody asks: on the starter.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "app/core/local_assistant.h"
#include "app/core/paths.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"

using namespace lectern;

namespace {

/// Keys of what was measured so far.
std::vector<std::string> measured() {
    std::vector<std::string> keys;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(profiles_folder(), none)) {
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line) && !file.eof();)
            keys.push_back(nlohmann::json::parse(line)["key"]);
    }
    return keys;
}

bool reaches(std::size_t n) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (measured().size() < n && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return measured().size() >= n;
}

/// An assistant on the starter, its data in a folder of its own.
class Home {
  public:
    Home(const std::filesystem::path& model, const std::filesystem::path& embedder,
         KvFormat format) {
        setenv("LECTERN_HOME", folder_.path().c_str(), 1);
        AssistantOptions options;
        options.model = model;
        options.embedder = embedder;
        options.repairs_on_battery = true;
        options.session.kv_format = format;
        auto opened = LocalAssistant::open(options);
        REQUIRE(opened);
        assistant = std::move(*opened);
    }
    ~Home() { unsetenv("LECTERN_HOME"); }

    std::unique_ptr<LocalAssistant> assistant;

  private:
    test::TempDir folder_;
};

}  // namespace

TEST_CASE(
    "a question comes in between while the model is measured, and nothing is measured twice") {
    const auto model = test::find_model(test::kStarter),
               embedder = test::find_model(test::kEmbedder);
    if (!model || !embedder) LECTERN_SKIP("models are not installed");
    const Home home(*model, *embedder, KvPrecision::kF16);  // of it no profile came along

    std::stop_source stop;
    auto calibrated =
        std::async(std::launch::async, [&] { return home.assistant->calibrate(stop.get_token()); });
    REQUIRE(reaches(2));
    const auto answer = home.assistant->ask("Is anybody there?", {}, {}, {});
    REQUIRE_FALSE(answer);  // it was let in, and found the library empty
    CHECK(answer.error().code == ErrorCode::kNotFound);
    CHECK(measured().size() < 16 * 7);
    REQUIRE(reaches(measured().size() + 2));  // goes on behind the question
    stop.request_stop();
    const auto stopped = calibrated.get();
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
    const auto keys = measured();
    CHECK(std::set(keys.begin(), keys.end()).size() == keys.size());
}

TEST_CASE("a model whose profile came with the program is not measured") {
    const auto model = test::find_model(test::kStarter),
               embedder = test::find_model(test::kEmbedder);
    if (!model || !embedder) LECTERN_SKIP("models are not installed");
    const Home home(*model, *embedder, kDefaultKvFormat);
    const auto calibrated = home.assistant->calibrate({});
    REQUIRE(calibrated);
    CHECK_FALSE(*calibrated);
    CHECK(measured().empty());
}
