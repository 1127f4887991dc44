// Getting, importing, checking and removing models, over a catalogue and a server of the test's.
#include "app/core/model_shelf.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/core/kv_estimate.h"
#include "tests/core/http_fixture.h"
#include "tests/support/models.h"
#include "tests/support/tiny_models.h"

using namespace lectern;
using namespace lectern::test;

namespace {

std::string hex_of(const std::string& text) {
    Sha256 sha;
    sha.add(std::as_bytes(std::span(text)));
    return sha.take_hex();
}

/// A catalogue of one answering model and one of two files, both on the server.
struct ShelfFixture : HttpFixture {
    ServedFile weights{many_bytes(200'000)};
    ServedFile words{many_bytes(1'000, 2)};
    HttpServer server{[this](const ServerRequest& request, ServerReply& reply) {
        (request.target == "/words" ? words : weights).send(request, reply);
    }};

    const std::string models_before = test::models_folder().string();

    ShelfFixture() {
        const auto file = [&](const ServedFile& served, const char* name, const char* target) {
            return nlohmann::json{{"file", name},
                                  {"bytes", served.bytes.size()},
                                  {"sha256", hex_of(served.bytes)},
                                  {"sources", {{{"kind", "url"}, {"url", server.url(target)}}}}};
        };
        nlohmann::json tiny = file(weights, "tiny.gguf", "/weights");
        tiny.update({{"name", "tiny"},
                     {"title", "Tiny"},
                     {"note", "For tests."},
                     {"licence", "Apache-2.0"},
                     {"role", "answering"},
                     {"memory_bytes", 1'000'000},
                     {"kv", {{"layers", 2}, {"kv_heads", 1}, {"head_dim", 64}}}});
        nlohmann::json huge = tiny;
        huge.update(
            {{"name", "huge"}, {"memory_bytes", std::int64_t{1} << 50}, {"file", "h.gguf"}});
        const nlohmann::json pair = {
            {"name", "pair"},
            {"title", "Pair"},
            {"note", ""},
            {"licence", "MIT"},
            {"role", "embedder"},
            {"folder", "pair"},
            {"bytes", weights.bytes.size() + words.bytes.size()},
            {"memory_bytes", 2'000'000},
            {"files", {file(weights, "w.bin", "/weights"), file(words, "words.txt", "/words")}}};
        std::ofstream(dir / "catalogue.json")
            << nlohmann::json{{"hub", server.url("")}, {"models", {tiny, huge, pair}}};
        setenv("LECTERN_CATALOGUE", (dir / "catalogue.json").c_str(), 1);
        setenv("LECTERN_MODELS", (dir / "models").c_str(), 1);
        setenv("LECTERN_HOME", dir.path().c_str(), 1);
    }
    ~ShelfFixture() {
        setenv("LECTERN_MODELS", models_before.c_str(), 1);
        unsetenv("LECTERN_CATALOGUE");
        unsetenv("LECTERN_HOME");
    }

    static ShelfModel named(const std::string& name) {
        for (const ShelfModel& one : model_shelf())
            if (one.model.name == name) return one;
        FAIL("no model named " + name);
        return {};
    }
};

void ignore(double) {}

}  // namespace

TEST_CASE("the shelf tells what each model takes, and why one does not fit") {
    const ShelfFixture fixture;
    const std::vector<ShelfModel> shelf = model_shelf();
    REQUIRE(shelf.size() == 3);
    CHECK_FALSE(shelf[0].installed);
    CHECK(shelf[0].misfit.empty());
    CHECK(shelf[0].kv_bytes_per_1000 > 0);
    CHECK(shelf[1].misfit.find("of memory; this machine has") != std::string::npos);
    CHECK(shelf[2].kv_bytes_per_1000 == 0);
    REQUIRE(model_to_offer(shelf) != nullptr);
    CHECK(model_to_offer(shelf)->model.name == "tiny");
    CHECK(fixture.log.read().empty());  // looking touches no network
}

TEST_CASE("a model of several files is fetched, told as one, verified and removed") {
    ShelfFixture fixture;
    DownloadProgress last;
    ok(download_model(fixture.client, ShelfFixture::named("pair").model,
                      [&](const DownloadProgress& p) { last = p; }, {}));
    CHECK(last.bytes_done == 201'000);
    CHECK(last.bytes_total == 201'000);
    const ShelfModel pair = ShelfFixture::named("pair");
    CHECK(pair.installed);
    ok(verify_model(pair, ignore, {}));

    std::fstream(fixture.dir / "models/pair/w.bin").seekp(5).put('!');
    const Status damaged = verify_model(pair, ignore, {});
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().text().find("w.bin is damaged") != std::string::npos);

    CHECK(bytes_freed_by_removing(pair) == 201'000);
    CHECK(value(remove_model(pair)) == 201'000);
    CHECK(std::filesystem::is_empty(fixture.dir / "models"));
    CHECK(remove_model(ShelfFixture::named("pair")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("an unfinished download shows on the shelf and can be dropped") {
    ShelfFixture fixture;
    const ShelfModel tiny = ShelfFixture::named("tiny");
    const ModelFile& file = tiny.model.files.at(0);
    {
        PartFile part = value(PartFile::open(file.target, file.sha256, file.n_bytes));
        ok(part.set_origin("http://a.example", ""));
        ok(part.append(std::as_bytes(std::span("hello", 5))));
    }
    CHECK(ShelfFixture::named("tiny").unfinished_bytes == 5);
    ok(discard_download(tiny.model));
    CHECK(ShelfFixture::named("tiny").unfinished_bytes == 0);
}

TEST_CASE("what is no model that answers is not imported, with the reason") {
    const ShelfFixture fixture;
    std::ofstream(fixture.dir / "text.gguf") << "not a model at all";
    CHECK(import_model(fixture.dir / "text.gguf", ignore, {}).error().code == ErrorCode::kCorrupt);
    CHECK(import_model(fixture.dir / "none.gguf", ignore, {}).error().code == ErrorCode::kNotFound);
    std::ofstream(fixture.dir / "model.bin") << "x";
    CHECK(import_model(fixture.dir / "model.bin", ignore, {}).error().message ==
          "model.bin is not a GGUF file.");
    CHECK_FALSE(import_model(tiny_model("llama"), ignore, {}));  // it has no tokenizer
    CHECK_FALSE(std::filesystem::exists(fixture.dir / "models/llama.gguf"));
}

TEST_CASE(
    "a model is imported, chosen by its name, measured once, and removed from our folder alone") {
    const auto starter = test::find_model(kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    const ShelfFixture fixture;
    std::filesystem::create_symlink(*starter, fixture.dir / "own.gguf");
    CHECK(value(import_model(fixture.dir / "own.gguf", ignore, {})) == "own");
    CHECK(value(import_model(fixture.dir / "models/own.gguf", ignore, {})) == "own");
    CHECK(import_model(*starter, ignore, {}).has_value());
    CHECK(value(lectern::find_model("own", ModelRole::kAnswering)) ==
          fixture.dir / "models/own.gguf");

    const ShelfModel own = ShelfFixture::named("own");
    CHECK(own.installed);
    CHECK_FALSE(own.in_catalogue);
    CHECK(own.model.kv_shape.n_layers == 30);
    CHECK_FALSE(own.speed);
    CHECK_FALSE(ShelfFixture::named("tiny").estimate);
    double share = 0;
    const ModelSpeed speed =
        value(measure_speed(own.model.location, 2, [&](double now) { share = now; }, {}));
    CHECK(share == Approx(1));
    CHECK(speed.read_tokens_per_s > 0);
    ok(keep_speed(fixture.dir / "model_speeds.json", own.model.location, speed));
    REQUIRE(ShelfFixture::named("own").speed);
    CHECK(ShelfFixture::named("own").speed->write_tokens_per_s == Approx(speed.write_tokens_per_s));
    CHECK(ShelfFixture::named("tiny").estimate);  // and said to be one

    CHECK(remove_model(own).has_value());
    CHECK(std::filesystem::exists(*starter));
    CHECK_FALSE(std::filesystem::exists(fixture.dir / "models/own.gguf"));
}

TEST_CASE("measuring a model can be stopped") {
    const auto starter = test::find_model(kStarter);
    if (!starter) LECTERN_SKIP("the starter model is not installed");
    std::stop_source stop;
    const auto stopped = measure_speed(
        *starter, 2, [&](double) { stop.request_stop(); }, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
}

TEST_CASE("the catalogue's KV shapes are those of the files") {
    int n_compared = 0;
    for (const CatalogueModel& model : catalogue()) {
        const auto file = test::find_model(model.location.filename().string());
        if (model.role != ModelRole::kAnswering || !file) continue;
        CHECK(value(kv_shape_of(*file)) == model.kv_shape);
        ++n_compared;
    }
    if (n_compared == 0) LECTERN_SKIP("no answering model is installed");
}
