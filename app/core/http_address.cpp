#include "app/core/http_address.h"

#include <curl/curl.h>

#include <memory>

namespace lectern {
namespace {

struct UrlDeleter {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string url_part(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

}  // namespace

Result<HttpAddress> parse_address(const std::string& text) {
    const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
    const bool parsed = url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
    const std::string scheme = parsed ? url_part(url.get(), CURLUPART_SCHEME) : "";
    if (scheme != "http" && scheme != "https")
        return fail(ErrorCode::kInvalidArgument, "\"" + text + "\" is no address to fetch from.",
                    "Addresses begin with https://.");
    HttpAddress address{.secure = scheme == "https",
                        .host = url_part(url.get(), CURLUPART_HOST),
                        .path = url_part(url.get(), CURLUPART_PATH)};
    if (const std::string port = url_part(url.get(), CURLUPART_PORT); !port.empty())
        address.host += ":" + port;
    if (const std::string query = url_part(url.get(), CURLUPART_QUERY); !query.empty())
        address.path += "?" + query;
    return address;
}

Status check_redirect(const std::string& from, const std::string& to) {
    LECTERN_ASSIGN(const HttpAddress source, parse_address(from));
    const Result<HttpAddress> target = parse_address(to);
    if (target && (target->secure || !source.secure)) return {};
    return fail(ErrorCode::kIo, source.host + " points on to an address that is not secure.",
                "It is not followed, so that nobody on the way can change what comes.");
}

Result<std::string> resolve_redirect(const std::string& base, const std::string& location) {
    const std::unique_ptr<CURLU, UrlDeleter> url(curl_url());
    curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0);
    if (curl_url_set(url.get(), CURLUPART_URL, location.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
        CURLUE_OK)
        return fail(ErrorCode::kIo, base + " points on to something that is no address.",
                    "Try again later.");
    return url_part(url.get(), CURLUPART_URL);
}

Error status_error(int code, const std::string& url) {
    const Result<HttpAddress> address = parse_address(url);
    const std::string host = address ? address->host : url;
    const std::string status = " (HTTP status " + std::to_string(code) + ").";
    if (code == 404 || code == 410)
        return {ErrorCode::kNotFound, host + " no longer has what was asked for" + status,
                "Choose another one, or try again later."};
    if (code == 401 || code == 403)
        return {ErrorCode::kNotFound, host + " does not give this to everybody" + status,
                "Get the file in a browser where you are signed in there, and import it."};
    if (code == 429)
        return {ErrorCode::kIo, host + " is asked too often" + status,
                "Try again in some minutes."};
    return {ErrorCode::kIo, host + " could not answer" + status, "Try again later."};
}

}  // namespace lectern
