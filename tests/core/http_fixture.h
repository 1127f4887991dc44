// A client with a log of its own, for tests against a server of theirs.
#pragma once

#include "app/core/http_client.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/value.h"

namespace lectern::test {

/// Short times, and no proxy whatever the environment says.
inline HttpSettings test_http_settings() {
    HttpSettings settings;
    settings.proxy = "";
    settings.connect_timeout = std::chrono::milliseconds(5000);
    settings.stall_timeout = std::chrono::milliseconds(300);
    return settings;
}

struct HttpFixture {
    TempDir dir;
    NetworkLog log{dir / "network.log"};
    HttpClient client{test_http_settings(), log};
};

}  // namespace lectern::test
