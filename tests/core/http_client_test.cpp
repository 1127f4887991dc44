#include "app/core/http_client.h"

#include "app/core/http_address.h"
#include "tests/core/http_fixture.h"

using namespace lectern;
using namespace lectern::test;

TEST_CASE("a text is fetched, and the log has the access with its bytes and outcome") {
    HttpFixture fixture;
    const HttpServer server(
        [](const ServerRequest&, ServerReply& reply) { reply.send(200, "hello"); });
    CHECK(value(fixture.client.get_text(server.url("/a/b?search=x"), 100, {})) == "hello");
    const std::vector<NetworkAccess> accesses = fixture.log.read();
    REQUIRE(accesses.size() == 1);
    CHECK(accesses[0].method == "GET");
    CHECK(server.url("/").find(accesses[0].host) != std::string::npos);
    CHECK(accesses[0].path == "/a/b?search=x");
    CHECK(accesses[0].n_bytes == 5);
    CHECK(accesses[0].outcome == "200");
    CHECK(accesses[0].time_ms > 1'600'000'000'000);
}

TEST_CASE("redirects are followed, each an access of its own, but not for ever") {
    HttpFixture fixture;
    const HttpServer server([](const ServerRequest& request, ServerReply& reply) {
        if (request.target == "/begin") return reply.send(302, "", "Location: /end\r\n");
        if (request.target == "/loop") return reply.send(301, "", "Location: /loop\r\n");
        if (request.target == "/out") return reply.send(302, "", "Location: file:///etc/hosts\r\n");
        reply.send(200, "there");
    });
    CHECK(value(fixture.client.get_text(server.url("/begin"), 100, {})) == "there");
    CHECK(fixture.log.read().size() == 2);

    const auto loop = fixture.client.get_text(server.url("/loop"), 100, {});
    REQUIRE_FALSE(loop);
    CHECK(loop.error().message.find("only points on to others") != std::string::npos);
    CHECK(fixture.log.read().size() == 2 + 6);

    const auto out = fixture.client.get_text(server.url("/out"), 100, {});
    REQUIRE_FALSE(out);
    CHECK(out.error().message.find("not secure") != std::string::npos);
}

TEST_CASE("a redirect never leaves https") {
    CHECK(check_redirect("https://a.example/x", "https://b.example/x"));
    CHECK(check_redirect("http://a.example/x", "https://b.example/x"));
    CHECK(check_redirect("http://a.example/x", "http://b.example/x"));
    CHECK_FALSE(check_redirect("https://a.example/x", "http://b.example/x"));
    CHECK_FALSE(check_redirect("https://a.example/x", "file:///etc/passwd"));
}

TEST_CASE("switched off, nothing is asked and the sentence says where to switch it on") {
    HttpFixture fixture;
    const HttpServer server([](const ServerRequest&, ServerReply& reply) { reply.send(200, "x"); });
    HttpSettings settings = test_http_settings();
    settings.offline = true;
    HttpClient client(settings, fixture.log);
    const auto refused = client.get_text(server.url("/"), 100, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text().find("switched off in the settings") != std::string::npos);
    CHECK(server.requests().empty());
    CHECK(fixture.log.read().empty());
}

TEST_CASE("what goes wrong is said with the host, and stands in the log") {
    HttpFixture fixture;
    const HttpServer server([](const ServerRequest& request, ServerReply& reply) {
        if (request.target == "/gone") return reply.send(404, "no");
        if (request.target == "/broken") return reply.send(503, "no");
        if (request.target == "/silent") return reply.stall();
        reply.send(200, std::string(200, 'x'));
    });
    const auto message = [&](const std::string& url) {
        const auto got = fixture.client.get_text(url, 100, {});
        REQUIRE_FALSE(got);
        return got.error().message;
    };
    CHECK(message(server.url("/gone")).find("no longer has") != std::string::npos);
    CHECK(message(server.url("/broken")).find("503") != std::string::npos);
    CHECK(message(server.url("/long")).find("too long") != std::string::npos);
    CHECK(message(server.url("/silent")).find("did not answer in time") != std::string::npos);
    CHECK(fixture.log.read()[0].outcome.find("did not answer in time") != std::string::npos);
    CHECK(message("ftp://127.0.0.1/x").find("no address to fetch from") != std::string::npos);
    CHECK(message("http://127.0.0.1:1/").find("takes no connection") != std::string::npos);
}

TEST_CASE("requests go through the proxy that was chosen, which the log names") {
    HttpFixture fixture;
    const HttpServer proxy(
        [](const ServerRequest&, ServerReply& reply) { reply.send(200, "by the proxy"); });
    HttpSettings settings = test_http_settings();
    settings.proxy = proxy.url("");
    HttpClient client(settings, fixture.log);
    CHECK(value(client.get_text("http://models.invalid/x", 100, {})) == "by the proxy");
    CHECK(proxy.requests().at(0).target == "http://models.invalid/x");
    CHECK(fixture.log.read().at(0).host == "models.invalid");
    CHECK(fixture.log.read().at(0).via == proxy.url(""));
}

TEST_CASE("an access that cannot be noted does not take place") {
    HttpFixture fixture;
    const HttpServer server([](const ServerRequest&, ServerReply& reply) { reply.send(200, "x"); });
    std::filesystem::create_directory(fixture.dir / "folder");
    NetworkLog log(fixture.dir / "folder");  // no file can be there
    HttpClient client(test_http_settings(), log);
    const auto refused = client.get_text(server.url("/"), 100, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("cannot be written") != std::string::npos);
    CHECK(server.requests().empty());
}

TEST_CASE("a stop ends a request that waits") {
    HttpFixture fixture;
    std::stop_source stop;
    const HttpServer server([&](const ServerRequest&, ServerReply& reply) {
        stop.request_stop();
        reply.stall();
    });
    HttpSettings settings = test_http_settings();
    settings.stall_timeout = std::chrono::seconds(500);
    HttpClient client(settings, fixture.log);
    const auto stopped = client.get_text(server.url("/"), 100, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().code == ErrorCode::kCancelled);
}
