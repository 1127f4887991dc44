// The hub's API, imitated by a local server.
#include "app/core/model_hub.h"

#include <nlohmann/json.hpp>

#include "tests/core/http_fixture.h"

using namespace lectern;
using namespace lectern::test;
using nlohmann::json;

namespace {

const std::string kSha(64, 'a');

std::string answer_to(const std::string& target) {
    if (target.starts_with("/api/models?search=small%20model"))
        return json::array({{{"id", "maker/small-GGUF"},
                             {"downloads", 1234},
                             {"tags", {"gguf", "license:apache-2.0"}}},
                            {{"id", "maker/gated-GGUF"}, {"gated", "auto"}},
                            "nonsense",
                            {{"downloads", 3}}})
            .dump();
    if (target == "/api/models/maker/small-GGUF/tree/main")
        return json::array(
                   {{{"path", "large.gguf"}, {"lfs", {{"oid", kSha}, {"size", 2000}}}},
                    {{"path", "small.gguf"}, {"lfs", {{"oid", kSha}, {"size", 1000}}}},
                    {{"path", "README.md"}, {"size", 10}},
                    {{"path", "no-checksum.gguf"}, {"size", 10}},
                    {{"path", "bad.gguf"}, {"lfs", {{"oid", "short"}, {"size", 10}}}},
                    {{"path", "../../evil.gguf"}, {"lfs", {{"oid", kSha}, {"size", 10}}}},
                    {{"path", "big-00001-of-00002.gguf"}, {"lfs", {{"oid", kSha}, {"size", 9}}}}})
            .dump();
    return "{\"error\": \"no list\"}";
}

}  // namespace

TEST_CASE("the hub is searched, a repository's files come with sizes and checksums") {
    HttpFixture fixture;
    const HttpServer server([](const ServerRequest& request, ServerReply& reply) {
        reply.send(200, answer_to(request.target));
    });
    ModelHub hub(fixture.client, server.url(""));
    const std::vector<HubRepository> found = value(hub.search("small model", {}));
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == "maker/small-GGUF");
    CHECK(found[0].licence == "apache-2.0");
    CHECK(found[0].n_downloads == 1234);
    CHECK_FALSE(found[0].needs_account);
    CHECK(found[1].needs_account);

    const std::vector<HubFile> files = value(hub.files("maker/small-GGUF", {}));
    REQUIRE(files.size() == 2);
    CHECK(files[0].name == "small.gguf");
    CHECK(files[0].n_bytes == 1000);
    CHECK(files[0].sha256 == kSha);

    const CatalogueModel model = value(model_of_hub(server.url(""), found[0], files[0]));
    CHECK(model.files.at(0).urls.at(0) == server.url("/maker/small-GGUF/resolve/main/small.gguf"));
    CHECK(model.location.filename() == "small.gguf");
    CHECK_FALSE(model_of_hub(server.url(""), found[0], {"../x.gguf", 1, kSha}));
    CHECK(hub.search("else", {}).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a file on the hub has a name of three parts") {
    const auto place = value(parse_hub_name("maker/small-GGUF/small.gguf"));
    CHECK(place.first == "maker/small-GGUF");
    CHECK(place.second == "small.gguf");
    for (const char* wrong : {"small", "maker/small.gguf", "a/b/c.bin", "/b/c.gguf", "a/b/.gguf"})
        CHECK_FALSE(parse_hub_name(wrong));
}
