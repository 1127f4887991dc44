// Addresses of the web taken apart, which redirects may be followed, and what a status means.
#pragma once

#include <string>

#include "engine/base/result.h"

namespace lectern {

struct HttpAddress {
    bool secure = false;  ///< https
    std::string host;     ///< with its port, where one is named
    std::string path;     ///< with what stands behind `?`
};

/// kInvalidArgument: it is no address of http or https.
Result<HttpAddress> parse_address(const std::string& url);

/// Where an answer from `base` points on to; location may be relative. kIo: it is no address.
Result<std::string> resolve_redirect(const std::string& base, const std::string& location);

/// kIo where a redirect must not be followed: to another protocol, or from https to http.
Status check_redirect(const std::string& from, const std::string& to);

/// An HTTP status that is no success, as an error that names the host; kNotFound where there is
/// nothing to be had, kIo else.
Error status_error(int status, const std::string& url);

}  // namespace lectern
