// The assistant over real models: passages' caches under policies, budgets, damage and questions
// that come in between. Answers never depend on what happened to the caches.
#include "app/core/local_assistant.h"

#include <algorithm>
#include <fstream>
#include <thread>

#include "app/core/kv_settings.h"
#include "tests/kv/faulty_file_system.h"
#include "tests/support/catch.h"
#include "tests/support/models.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

using namespace lectern;
using lectern::test::value;
namespace fs = std::filesystem;

namespace {

constexpr const char* kQuestion = "Where did the lighthouse stand?";
constexpr const char* kOther = "What was the colossus made of?";

bool models_installed() {
    return test::find_model(test::kStarter) && test::find_model(test::kEmbedder);
}

AssistantOptions options_in(const test::TempDir& dir) {
    AssistantOptions options;
    options.library = dir / "library";
    options.model = test::find_model(test::kStarter)->string();
    options.embedder = test::find_model(test::kEmbedder)->string();
    options.executable = LECTERN_EXECUTABLE;
    options.session.context = 1024;
    options.session.backend.n_threads = 1;
    return options;
}

/// Documents of one short passage each.
fs::path write_documents(const test::TempDir& dir) {
    const std::pair<const char*, const char*> kTexts[] = {
        {"pharos.txt", "The lighthouse stood on the island of Pharos, before Alexandria."},
        {"rhodes.txt", "The colossus was made of bronze. It fell in an earthquake."},
        {"ephesus.txt", "The temple of Artemis was built of marble and burnt down."},
        {"giza.txt", "The pyramid of Giza is the only wonder that still stands."}};
    fs::create_directories(dir / "docs");
    for (const auto& [name, text] : kTexts) std::ofstream(dir / "docs" / name) << text << '\n';
    return dir / "docs";
}
constexpr int kPassages = 4;

IngestReport index_documents(const test::TempDir& dir, LocalAssistant& assistant,
                             KvPolicy kv = KvPolicy::kLazy) {
    return value(assistant.index({write_documents(dir)}, kv, {}, {}));
}

AskOptions short_answer() {
    AskOptions options;
    options.top_k = 2;
    options.max_tokens = 8;
    return options;
}

Answer ask(LocalAssistant& assistant, const std::string& question = kQuestion) {
    assistant.forget_conversation();
    return value(assistant.ask(question, short_answer(), {}, {}));
}

std::vector<fs::path> kv_files(const test::TempDir& dir) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(dir / "library/kv"))
        if (entry.path().extension() == ".kv") files.push_back(entry.path());
    return files;
}

/// A copy of the starter with another name in its metadata: other weights to every cache.
void write_other_model(const fs::path& path) {
    fs::copy_file(*test::find_model(test::kStarter), path);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    std::string head(4096, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    const std::string key = "general.name";
    const std::size_t at = head.find(key);
    REQUIRE(at != std::string::npos);
    file.seekp(static_cast<std::streamoff>(at + key.size() + 4 + 8));  // type, length
    file.put('X');
}

}  // namespace

TEST_CASE("whatever is done to the stored caches, the answer stays") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    std::string expected;
    {
        const auto assistant = value(LocalAssistant::open(options_in(dir)));
        index_documents(dir, *assistant);
        const Answer first = ask(*assistant);
        CHECK(first.figures.kv_computed == 2);
        expected = first.text;
    }
    REQUIRE_FALSE(expected.empty());
    const auto check_after = [&](const std::string& what,
                                 const std::function<void(const fs::path&)>& damage) {
        INFO(what);
        for (const fs::path& file : kv_files(dir)) damage(file);
        const auto assistant = value(LocalAssistant::open(options_in(dir)));
        const Answer answer = ask(*assistant);
        CHECK(answer.text == expected);
        CHECK(answer.figures.kv_computed > 0);
        CHECK(kv_files(dir).size() == 2);
        CHECK(ask(*assistant).figures.kv_computed == 0);
    };
    check_after("a byte is wrong", [](const fs::path& path) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(5'000);
        const char byte = static_cast<char>(file.get());
        file.seekp(5'000);
        file.put(static_cast<char>(byte ^ 1));
    });
    check_after("files are gone", [](const fs::path& path) { fs::remove(path); });
    check_after("files were written by half",
                [](const fs::path& path) { fs::resize_file(path, fs::file_size(path) / 2); });
    check_after("files are another program's", [](const fs::path& path) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << "not ours";
    });
    const auto files = kv_files(dir);
    check_after("all are one passage's", [&](const fs::path& path) {
        if (path != files[0]) fs::copy_file(files[0], path, fs::copy_options::overwrite_existing);
    });
    fs::remove_all(dir / "library/kv");
    fs::create_directories(dir / "library/kv");
    check_after("the whole store is gone", [](const fs::path&) {});
}

TEST_CASE("a budget smaller than one passage's cache costs time and nothing else") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    std::string expected;
    {
        const auto assistant = value(LocalAssistant::open(options_in(dir)));
        index_documents(dir, *assistant);
        expected = ask(*assistant).text;
    }
    AssistantOptions options = options_in(dir);
    options.kv_budget_bytes = 1000;
    options.kv_ram_bytes = 1000;
    const auto assistant = value(LocalAssistant::open(options));
    CHECK(kv_files(dir).empty());
    for (int i = 0; i < 2; ++i) {
        const Answer answer = ask(*assistant);
        CHECK(answer.text == expected);
        CHECK(answer.figures.kv_computed == 2);
    }
    CHECK(value(assistant->precompute({})) == 0);
    const IngestReport report = index_documents(dir, *assistant, KvPolicy::kAll);
    CHECK(report.kv_left == report.chunks);
    CHECK(kv_files(dir).empty());
}

TEST_CASE("what is computed ahead pushes out nothing, and the report says what is left") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    std::int64_t one = 0;
    {
        const auto assistant = value(LocalAssistant::open(options_in(dir)));
        index_documents(dir, *assistant);
        ask(*assistant);
        for (const fs::path& file : kv_files(dir))
            one = std::max(one, static_cast<std::int64_t>(fs::file_size(file)));
    }
    const auto before = kv_files(dir);
    AssistantOptions options = options_in(dir);
    options.kv_budget_bytes = 2 * one + one / 2;  // room for what is there and for no other
    const auto assistant = value(LocalAssistant::open(options));
    const IngestReport report = index_documents(dir, *assistant, KvPolicy::kAll);
    CHECK(report.kv_left == kPassages - 2);
    CHECK(value(assistant->precompute({})) == 0);
    CHECK(kv_files(dir) == before);
}

TEST_CASE("a full disk keeps questions answered, and room again keeps caches") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    class FullDisk : public test::FaultyFileSystem {
      public:
        std::atomic<bool> full{true};
        Result<std::unique_ptr<WritableFile>> create(const fs::path& path) override {
            if (full) return fail(ErrorCode::kDiskFull, "The disk is full (a fault).");
            return test::FaultyFileSystem::create(path);
        }
    } disk;
    AssistantOptions options = options_in(dir);
    options.kv_files = &disk;
    options.kv_ram_bytes = 0;
    const auto assistant = value(LocalAssistant::open(options));
    index_documents(dir, *assistant);
    const Answer answer = ask(*assistant);
    CHECK_FALSE(answer.text.empty());
    CHECK(ask(*assistant).figures.kv_computed == 2);
    CHECK(assistant->precompute({}).error().code == ErrorCode::kDiskFull);
    disk.full = false;
    CHECK(ask(*assistant).text == answer.text);
    const Answer stored = ask(*assistant);
    CHECK(stored.text == answer.text);
    CHECK(stored.figures.kv_disk == 2);
}

TEST_CASE("a model that is replaced under a conversation: it goes on with the one it has") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const fs::path model = dir / "model.gguf";
    fs::create_symlink(*test::find_model(test::kStarter), model);
    AssistantOptions options = options_in(dir);
    options.model = model.string();
    const auto before = value(LocalAssistant::open(options));
    index_documents(dir, *before);
    const Answer first = ask(*before);

    write_other_model(dir / "other.gguf");
    fs::rename(dir / "other.gguf", model);
    const Answer again = ask(*before);
    CHECK(again.text == first.text);
    CHECK(again.figures.kv_computed == 0);  // the same weights, the same caches
    {
        const auto after = value(LocalAssistant::open(options));
        CHECK(ask(*after).figures.kv_computed == 2);  // other weights, other caches
        CHECK(kv_files(dir).size() == 4);             // side by side
    }
    std::ofstream(dir / "torn.gguf") << "GGUF and then nothing";
    fs::rename(dir / "torn.gguf", model);
    CHECK(ask(*before).text == first.text);
    const auto torn = value(LocalAssistant::open(options));
    const auto refused = torn->ask(kQuestion, short_answer(), {}, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("model.gguf") != std::string::npos);
}

TEST_CASE("budget and policy are remembered in the library and told by its overview") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    AssistantOptions options = options_in(dir);
    const std::int64_t by_default = [&] {
        const auto assistant = value(LocalAssistant::open(options));
        const LibraryOverview overview = value(assistant->overview());
        CHECK(overview.kv_policy == KvPolicy::kIdle);
        CHECK(overview.kv_bytes_expected == 0);
        REQUIRE(assistant->set_kv_policy(KvPolicy::kLazy));
        return overview.kv_budget_bytes;
    }();
    CHECK(by_default > 0);
    CHECK(by_default <= 20'000'000'000);
    options.kv_budget_bytes = 123'000'000;
    value(LocalAssistant::open(options));
    options.kv_budget_bytes.reset();
    {
        const auto assistant = value(LocalAssistant::open(options));
        const IngestReport report = index_documents(dir, *assistant, KvPolicy::kAll);
        CHECK(report.kv_left == 0);
        CHECK(report.kv_bytes_expected ==
              Approx(static_cast<double>(report.kv_bytes)).epsilon(0.25));
        const LibraryOverview overview = value(assistant->overview());
        CHECK(overview.kv_budget_bytes == 123'000'000);
        CHECK(overview.kv_policy == KvPolicy::kLazy);
        CHECK(overview.kv_bytes_expected == report.kv_bytes_expected);
    }
    options.kv_budget_bytes = 0;
    const auto assistant = value(LocalAssistant::open(options));
    CHECK(value(assistant->overview()).kv_budget_bytes > 123'000'000);
}

TEST_CASE("the budget and the policy change under an open library, and the next one has them") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    {
        const auto assistant = value(LocalAssistant::open(options_in(dir)));
        const IngestReport report = index_documents(dir, *assistant, KvPolicy::kAll);
        REQUIRE(kv_files(dir).size() == kPassages);
        REQUIRE(assistant->set_kv_budget(report.kv_bytes - 1));
        CHECK(kv_files(dir).size() == kPassages - 1);
        REQUIRE(assistant->set_kv_policy(KvPolicy::kLazy));
        CHECK(value(assistant->overview()).kv_budget_bytes == report.kv_bytes - 1);
        CHECK(value(assistant->overview()).kv_policy == KvPolicy::kLazy);
    }
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    const LibraryOverview overview = value(assistant->overview());
    CHECK(overview.kv_policy == KvPolicy::kLazy);
    CHECK(overview.kv_budget_bytes < 20'000'000);
    REQUIRE(assistant->set_kv_budget(0));
    CHECK(value(assistant->overview()).kv_budget_bytes > overview.kv_budget_bytes);
}

TEST_CASE("what is chosen of the engine holds from the next question on, in the conversation") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    index_documents(dir, *assistant);
    ask(*assistant);
    REQUIRE(kv_files(dir).size() == 2);

    EngineChoices choices{.model = options_in(dir).model, .context = 2048, .n_threads = 2};
    choices.kv_format = KvPrecision::kF16;
    assistant->choose(choices);
    std::vector<AskStage> stages;
    AskEvents events;
    events.on_stage = [&](AskStage stage) { stages.push_back(stage); };
    const Answer second = value(assistant->ask(kOther, short_answer(), events, {}));
    CHECK(stages.front() == AskStage::kLoadingModel);
    CHECK(second.figures.kv_computed >= 1);  // in the other precision
    CHECK(kv_files(dir).size() > 2);
    const SavedConversation both = assistant->conversation();
    REQUIRE(both.turns.size() == 2);
    CHECK(both.turns.front().question == kQuestion);

    stages.clear();
    choices.repairs_on_battery = true;
    assistant->choose(choices);
    value(assistant->ask(kQuestion, short_answer(), events, {}));
    CHECK(stages.front() != AskStage::kLoadingModel);  // needs none
}

TEST_CASE("a choice that cannot be loaded loses no conversation") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    index_documents(dir, *assistant);
    ask(*assistant);
    assistant->choose({.model = "/nowhere/model.gguf", .context = 1024, .n_threads = 1});
    const auto refused = assistant->ask(kOther, short_answer(), {}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kNotFound);
    CHECK(assistant->conversation().turns.size() == 1);
    CHECK(value(assistant->prefetch("What was the colossus", {})) == 0);
    assistant->choose({.model = options_in(dir).model, .context = 1024, .n_threads = 1});
    value(assistant->ask(kOther, short_answer(), {}, {}));
    CHECK(assistant->conversation().turns.size() == 2);
}

TEST_CASE("precomputing stops for a question at once, goes on behind it, and finishes") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    write_documents(dir);
    for (int i = 0; i < 20; ++i)
        std::ofstream(dir / "docs" / (std::to_string(i) + ".txt"))
            << "Ship " << i << " sailed to harbour " << 3 * i << " with grain.\n";
    const IngestReport report = index_documents(dir, *assistant);
    REQUIRE(report.chunks == kPassages + 20);
    const auto entries = [&] { return assistant->kv_store().stats().entries; };
    Result<std::int64_t> n_computed = 0;
    std::thread background([&] { n_computed = assistant->precompute({}); });
    while (entries() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::int64_t first = -1, last = -1;  // while the question is answered
    AskEvents events;
    events.on_text = [&](std::string_view) {
        last = entries();
        if (first < 0) first = last;
    };
    const Answer answer = value(assistant->ask(kOther, short_answer(), events, {}));
    background.join();
    CHECK(first < report.chunks);  // the question did not wait for all
    CHECK(last == first);          // nor did it share the engine
    REQUIRE(n_computed);
    CHECK(entries() == report.chunks);
    CHECK(*n_computed + answer.figures.kv_computed == report.chunks);
}

TEST_CASE("a document is read again as it is now, and what cannot be says why") {
    if (!models_installed()) LECTERN_SKIP("the starter model or the embedder is not installed");
    const test::TempDir dir;
    auto assistant = value(LocalAssistant::open(options_in(dir)));
    const fs::path path = write_documents(dir) / "pharos.txt";
    const ParsedDocument document = value(assistant->read_document(path, {}));
    REQUIRE(document.blocks.size() == 1);
    CHECK(document.blocks[0].text.starts_with("The lighthouse stood"));
    CHECK(assistant->read_document(dir / "gone.txt", {}).error().code == ErrorCode::kNotFound);
}

TEST_CASE("what an answer was given from is noted with its question") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const AssistantOptions options = options_in(dir);
    const auto assistant = value(LocalAssistant::open(options));
    index_documents(dir, *assistant);
    const Answer answer = ask(*assistant);
    REQUIRE(answer.citations.size() == 2);
    const auto library = value(Library::open(options.library));
    CHECK(value(library->past_questions()) == std::vector<std::string>{kQuestion});
    const auto used = value(library->used_chunks());
    CHECK(used.size() == 2);
    for (const Citation& citation : answer.citations)
        CHECK(std::find(used.begin(), used.end(), citation.chunk_id) != used.end());
}

TEST_CASE("a half-typed question brings its passages' caches from disk into memory") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    index_documents(dir, *value(LocalAssistant::open(options_in(dir))), KvPolicy::kAll);
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    CHECK(value(assistant->prefetch("What was the colossus", {})) == 0);  // loads no model
    CHECK(ask(*assistant).figures.kv_disk == 2);
    assistant->forget_conversation();
    const int n_in_memory = value(assistant->prefetch("What was the colossus", {}));
    CHECK(n_in_memory == kPassages);
    CHECK(ask(*assistant, kOther).figures.kv_ram == 2);
}

TEST_CASE("reading ahead computes nothing and counts as no use") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    index_documents(dir, *assistant);
    ask(*assistant);
    const std::int64_t entries = assistant->kv_store().stats().entries;
    assistant->forget_conversation();
    CHECK(value(assistant->prefetch("What was the colossus", {})) == 2);  // those of the answer
    CHECK(assistant->kv_store().stats().entries == entries);
    std::stop_source stopped;
    stopped.request_stop();
    CHECK(assistant->prefetch("What was", stopped.get_token()).error().code ==
          ErrorCode::kCancelled);
}

TEST_CASE("reading ahead waits while a question is answered") {
    if (!models_installed()) LECTERN_SKIP("models are not installed");
    const test::TempDir dir;
    const auto assistant = value(LocalAssistant::open(options_in(dir)));
    index_documents(dir, *assistant);
    ask(*assistant);
    std::atomic<bool> done{false};
    bool done_before_text = false;
    Result<int> n_in_memory = 0;
    std::thread ahead;
    AskEvents events;
    events.on_text = [&](std::string_view) { done_before_text |= done; };
    events.on_stage = [&](AskStage stage) {
        if (stage != AskStage::kReading) return;
        ahead = std::thread([&] {
            n_in_memory = assistant->prefetch("and when did it fall?", {});
            done = true;
        });
    };
    value(assistant->ask(kOther, short_answer(), events, {}));
    ahead.join();
    CHECK_FALSE(done_before_text);  // reading and decoding takes longer than finding
    REQUIRE(n_in_memory);
    CHECK(*n_in_memory >= 2);
}
