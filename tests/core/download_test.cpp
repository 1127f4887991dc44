// Downloads from a server that does everything a server should not do.
#include "app/core/download.h"

#include <atomic>
#include <fstream>
#include <iterator>

#include "tests/core/http_fixture.h"

using namespace lectern;
using namespace lectern::test;

namespace {

constexpr std::size_t kBytes = 300'000;

std::string sha256_of_text(const std::string& text) {
    Sha256 sha;
    sha.add(std::as_bytes(std::span(text)));
    return sha.take_hex();
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct DownloadFixture : HttpFixture {
    ServedFile file{many_bytes(kBytes)};

    DownloadRequest request(std::vector<std::string> urls) {
        DownloadRequest wanted;
        wanted.urls = std::move(urls);
        wanted.target = dir / "models/model.gguf";
        wanted.n_bytes = static_cast<std::int64_t>(file.bytes.size());
        wanted.sha256 = sha256_of_text(file.bytes);
        wanted.retry_wait = std::chrono::milliseconds(1);
        return wanted;
    }
    Status fetch(const DownloadRequest& wanted, std::stop_token stop = {}) {
        return download(
            client, wanted, [this](const DownloadProgress& p) { progress = p; }, stop);
    }
    bool is_whole() const { return read_file(dir / "models/model.gguf") == file.bytes; }
    bool nothing_else() const {
        const std::filesystem::directory_iterator entries(dir.path() / "models");
        return std::distance(begin(entries), end(entries)) == 1;
    }

    DownloadProgress progress;
};

}  // namespace

TEST_CASE("SHA-256 of known texts") {
    CHECK(sha256_of_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of_text("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a download arrives whole, with progress to the end, and leaves nothing beside it") {
    DownloadFixture fixture;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send(request, reply);
    });
    ok(fixture.fetch(fixture.request({server.url("/model.gguf")})));
    CHECK(fixture.is_whole());
    CHECK(fixture.nothing_else());
    CHECK(fixture.progress.bytes_done == static_cast<std::int64_t>(kBytes));
    CHECK(fixture.progress.bytes_total == static_cast<std::int64_t>(kBytes));

    ok(fixture.fetch(fixture.request({server.url("/model.gguf")})));  // it is there and right
    CHECK(server.requests().size() == 1);
    CHECK(fixture.progress.checking);
}

TEST_CASE("a connection that breaks off is taken up where it was") {
    DownloadFixture fixture;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send_beginning(request, reply, 100'000);
    });
    ok(fixture.fetch(fixture.request({server.url("/model.gguf")})));
    CHECK(fixture.is_whole());
    const auto requests = server.requests();
    REQUIRE(requests.size() == 3);
    CHECK(requests[1].field("range") == "bytes=100000-");
    CHECK(requests[1].field("if-range") == "\"first\"");
    CHECK(requests[2].field("range") == "bytes=200000-");
}

TEST_CASE("a stopped download goes on in another run of the program") {
    DownloadFixture fixture;
    std::stop_source stop;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        if (request.field("range").empty()) {
            fixture.file.send_beginning(request, reply, 120'000);
            while (unfinished_bytes(fixture.dir / "models/model.gguf") < 120'000)
                std::this_thread::yield();
            stop.request_stop();
            return reply.stall();
        }
        fixture.file.send(request, reply);
    });
    const auto wanted = fixture.request({server.url("/model.gguf")});
    CHECK(fixture.fetch(wanted, stop.get_token()).error().code == ErrorCode::kCancelled);
    CHECK(unfinished_bytes(wanted.target) == 120'000);
    CHECK_FALSE(std::filesystem::exists(wanted.target));

    ok(fixture.fetch(wanted));
    CHECK(fixture.is_whole());
    CHECK(fixture.nothing_else());
    CHECK(server.requests().at(1).field("range") == "bytes=120000-");
}

TEST_CASE("a damaged part is found by its checksum and fetched anew") {
    DownloadFixture fixture;
    std::atomic<bool> breaks_off = true;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send_beginning(request, reply, breaks_off ? 50'000 : kBytes);
        if (breaks_off) reply.stall();
    });
    auto wanted = fixture.request({server.url("/model.gguf")});
    wanted.n_retries = 0;
    const Status stalled = fixture.fetch(wanted);
    REQUIRE_FALSE(stalled);
    CHECK(stalled.error().message.find("nothing more came from it") != std::string::npos);

    breaks_off = false;
    std::fstream part(wanted.target.string() + ".part");
    part.seekp(1000).put('x').put('y').put('z');
    part.close();
    ok(fixture.fetch(wanted));
    CHECK(fixture.is_whole());
}

TEST_CASE("a server that ignores ranges sends all again") {
    DownloadFixture fixture;
    fixture.file.takes_ranges = false;
    std::atomic<int> n = 0;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send_beginning(request, reply, n++ == 0 ? 70'000 : kBytes);
    });
    ok(fixture.fetch(fixture.request({server.url("/model.gguf")})));
    CHECK(fixture.is_whole());
    CHECK(server.requests().size() == 2);
}

TEST_CASE("a file that changes between two halves is not put together from both") {
    DownloadFixture fixture;
    std::atomic<int> n = 0;
    ServedFile changed{many_bytes(kBytes, 2), "\"second\""};
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        if (n++ == 0) return fixture.file.send_beginning(request, reply, 70'000);
        changed.send(request, reply);
    });
    const HttpServer other([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send(request, reply);
    });
    auto wanted = fixture.request({server.url("/model.gguf")});
    const Status refused = fixture.fetch(wanted);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kCorrupt);
    CHECK_FALSE(std::filesystem::exists(wanted.target));
    CHECK(unfinished_bytes(wanted.target) == 0);

    n = 0;
    wanted.urls.push_back(other.url("/model.gguf"));
    ok(fixture.fetch(wanted));
    CHECK(fixture.is_whole());
}

TEST_CASE("corrupt bytes and false lengths are refused, and the next address is tried") {
    DownloadFixture fixture;
    ServedFile corrupt{many_bytes(kBytes, 3)};
    ServedFile shorter{fixture.file.bytes.substr(1)};
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        if (request.target == "/corrupt") return corrupt.send(request, reply);
        if (request.target == "/shorter") return shorter.send(request, reply);
        if (request.target == "/longer")  // no length is said, and more comes than should
            return reply.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + fixture.file.bytes +
                              "more");
        if (request.target == "/missing") return reply.send(404, "no");
        if (request.target == "/broken") return reply.send(500, "no");
        if (request.target == "/range") return reply.send(416, "no");
        fixture.file.send(request, reply);
    });
    const char* bad = GENERATE("/corrupt", "/shorter", "/longer", "/missing", "/broken", "/range");
    INFO(bad);
    auto wanted = fixture.request({server.url(bad)});
    wanted.n_retries = 1;
    const Status refused = fixture.fetch(wanted);
    REQUIRE_FALSE(refused);
    CHECK_FALSE(refused.error().hint.empty());
    CHECK_FALSE(std::filesystem::exists(wanted.target));
    CHECK(server.requests().size() == (std::string(bad) == "/broken" ? 2 : 1));

    wanted.urls.push_back(server.url("/good"));
    ok(fixture.fetch(wanted));
    CHECK(fixture.is_whole());
}

TEST_CASE("a part behind which the server has nothing is begun anew") {
    DownloadFixture fixture;
    std::atomic<int> n = 0;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        if (n++ == 0) return fixture.file.send_beginning(request, reply, 70'000);
        if (!request.field("range").empty()) return reply.send(416, "");
        fixture.file.send(request, reply);
    });
    ok(fixture.fetch(fixture.request({server.url("/model.gguf")})));
    CHECK(fixture.is_whole());
}

TEST_CASE("a second download of the same file is refused while the first is under way") {
    DownloadFixture fixture;
    const auto wanted = fixture.request({"http://127.0.0.1:1/"});
    const PartFile first = value(PartFile::open(wanted.target, wanted.sha256, wanted.n_bytes));
    CHECK(fixture.fetch(wanted).error().code == ErrorCode::kBusy);
    CHECK(discard_unfinished(wanted.target).error().code == ErrorCode::kBusy);
}

TEST_CASE("what the disk has no room for is said before anything is fetched") {
    DownloadFixture fixture;
    auto wanted = fixture.request({"http://127.0.0.1:1/"});
    wanted.n_bytes = std::int64_t{1} << 60;
    const Status refused = fixture.fetch(wanted);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kDiskFull);
    CHECK(fixture.log.read().empty());
}

TEST_CASE("an unfinished download can be thrown away") {
    DownloadFixture fixture;
    const HttpServer server([&](const ServerRequest& request, ServerReply& reply) {
        fixture.file.send_beginning(request, reply, 1000);
        reply.stall();
    });
    auto wanted = fixture.request({server.url("/model.gguf")});
    wanted.n_retries = 0;
    CHECK_FALSE(fixture.fetch(wanted));
    CHECK(unfinished_bytes(wanted.target) == 1000);
    ok(discard_unfinished(wanted.target));
    CHECK(unfinished_bytes(wanted.target) == 0);
    CHECK(std::filesystem::is_empty(fixture.dir / "models"));
}
