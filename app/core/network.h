// The network as the person's settings allow it.
#pragma once

#include "app/core/http_client.h"
#include "app/core/settings.h"

namespace lectern {

inline HttpSettings http_settings(const Settings& settings) {
    HttpSettings http;
    http.offline = settings.offline;
    if (settings.proxy == "none")
        http.proxy = "";
    else if (settings.proxy != "system")
        http.proxy = settings.proxy;
    return http;
}

}  // namespace lectern
