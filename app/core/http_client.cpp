#include "app/core/http_client.h"

#include <curl/curl.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <string_view>
#include <utility>

#include "app/core/http_address.h"
#include "app/core/stopwatch.h"

namespace lectern {
namespace {

constexpr int kPollMs = 200;
constexpr const char* kUserAgent = "Lectern";

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiDeleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
/// One request under way. libcurl calls on_header and on_body on the thread that performs it.
struct Exchange {
    const HttpEvents& events;
    HttpHead head;
    std::int64_t n_received = 0;   ///< of the body
    bool answered = false;         ///< a final head has come
    std::optional<Error> refused;  ///< by an event

    bool take(Status status) {
        if (status) return true;
        refused = std::move(status).error();
        return false;
    }
};

std::int64_t number_in(std::string_view text) {
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lowered;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// "bytes 100-199/200"
void read_content_range(HttpHead& head, std::string_view value) {
    if (!value.starts_with("bytes ")) return;
    value.remove_prefix(6);
    const auto slash = value.find('/');
    head.from = value.starts_with('*') ? 0 : number_in(value);
    if (slash != std::string_view::npos) head.n_bytes_whole = number_in(value.substr(slash + 1));
}

void read_field(HttpHead& head, std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string name = lower(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-length") head.n_bytes = number_in(value);
    if (name == "content-range") read_content_range(head, value);
    if (name == "location") head.location = value;
    if (name == "etag" && !value.starts_with("W/")) head.validator = value;
    if (name == "last-modified" && head.validator.empty()) head.validator = value;
}

bool is_redirect(const HttpHead& head) {
    const int s = head.status;
    return !head.location.empty() && (s == 301 || s == 302 || s == 303 || s == 307 || s == 308);
}

std::size_t on_header(char* data, std::size_t, std::size_t n, void* user) {
    Exchange& exchange = *static_cast<Exchange*>(user);
    const std::string_view line = trimmed({data, n});
    if (line.starts_with("HTTP/")) {
        exchange.head = {};
        const auto space = line.find(' ');
        if (space != std::string_view::npos)
            exchange.head.status = static_cast<int>(number_in(line.substr(space + 1, 3)));
        return n;
    }
    if (!line.empty()) {
        read_field(exchange.head, line);
        return n;
    }
    if (exchange.answered || exchange.head.status < 200) return n;  // trailers; 100 Continue
    exchange.answered = true;
    if (is_redirect(exchange.head) || !exchange.events.on_head) return n;
    return exchange.take(exchange.events.on_head(exchange.head)) ? n : 0;
}

std::size_t on_body(char* data, std::size_t, std::size_t n, void* user) {
    Exchange& exchange = *static_cast<Exchange*>(user);
    exchange.n_received += static_cast<std::int64_t>(n);
    const int status = exchange.head.status;
    if ((status != 200 && status != 206) || !exchange.events.on_body) return n;
    const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), n);
    return exchange.take(exchange.events.on_body(bytes)) ? n : 0;
}

/// Once in a process, before the first request.
bool start_curl() {
    static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return kStarted;
}

std::string why(CURLcode code, const Exchange& exchange) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "its name is not known here";
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "the name of the proxy is not known here";
        case CURLE_COULDNT_CONNECT:
            return "it takes no connection";
        case CURLE_OPERATION_TIMEDOUT:
            return exchange.answered ? "nothing more came from it" : "it did not answer in time";
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
            return "the connection broke off";
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
            return "its certificate cannot be trusted or the connection cannot be secured";
        default:
            return curl_easy_strerror(code);
    }
}

/// How long nothing has come.
class Stall {
  public:
    Stall(const Exchange& exchange, std::chrono::milliseconds limit)
        : exchange_(exchange), limit_ms_(static_cast<double>(limit.count())) {}
    bool is_over() {
        if (std::exchange(n_seen_, exchange_.n_received) != exchange_.n_received)
            since_ = Stopwatch();
        return since_.ms() > limit_ms_;
    }

  private:
    const Exchange& exchange_;
    double limit_ms_;
    std::int64_t n_seen_ = 0;
    Stopwatch since_;
};

/// Performs until it is over, stalls or is stopped: CURLE_ABORTED_BY_CALLBACK.
CURLcode perform(CURL* easy, Stall stall, const std::function<void()>& on_tick,
                 const std::stop_token& stop) {
    const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
    if (!multi || curl_multi_add_handle(multi.get(), easy) != CURLM_OK) return CURLE_OUT_OF_MEMORY;
    const std::stop_callback wake(stop, [&] { curl_multi_wakeup(multi.get()); });
    CURLcode outcome = CURLE_ABORTED_BY_CALLBACK;
    for (int n_running = 1; n_running > 0 && !stop.stop_requested();) {
        if (curl_multi_perform(multi.get(), &n_running) != CURLM_OK) return CURLE_FAILED_INIT;
        int n_left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &n_left))
            if (message->msg == CURLMSG_DONE) outcome = message->data.result;
        if (n_running > 0 && stall.is_over()) {
            outcome = CURLE_OPERATION_TIMEDOUT;
            break;
        }
        if (n_running > 0) curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
        if (on_tick) on_tick();
    }
    curl_multi_remove_handle(multi.get(), easy);
    return outcome;
}

void set_options(CURL* easy, const HttpRequest& request, const HttpSettings& settings,
                 Exchange& exchange) {
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);  // each redirect is checked and noted
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // stopping waits for no name server
    curl_easy_setopt(easy, CURLOPT_USERAGENT, kUserAgent);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, long(settings.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (settings.proxy) curl_easy_setopt(easy, CURLOPT_PROXY, settings.proxy->c_str());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
}

std::unique_ptr<curl_slist, ListDeleter> fields_of(const HttpRequest& request) {
    curl_slist* fields = nullptr;
    if (request.from > 0) {
        fields = curl_slist_append(fields,
                                   ("Range: bytes=" + std::to_string(request.from) + "-").c_str());
        if (!request.validator.empty())
            fields = curl_slist_append(fields, ("If-Range: " + request.validator).c_str());
    }
    return std::unique_ptr<curl_slist, ListDeleter>(fields);
}

}  // namespace

Status HttpClient::allowed() const {
    if (!settings_.offline) return {};
    return fail(ErrorCode::kUnsupported, "The network is switched off in the settings.",
                "Switch it on there to download or search for models.");
}

Result<HttpHead> HttpClient::get(const HttpRequest& request, const HttpEvents& events,
                                 std::stop_token stop) {
    LECTERN_TRY(allowed());
    HttpRequest next = request;
    for (int n_redirects = 0; n_redirects <= settings_.max_redirects; ++n_redirects) {
        LECTERN_ASSIGN(HttpHead head, get_once(next, events, stop));
        if (!is_redirect(head)) return head;
        LECTERN_ASSIGN(const std::string target, resolve_redirect(next.url, head.location));
        LECTERN_TRY(check_redirect(next.url, target));
        next.url = target;
    }
    return fail(ErrorCode::kIo, "The address " + request.url + " only points on to others.",
                "Try again later.");
}

Result<HttpHead> HttpClient::get_once(const HttpRequest& request, const HttpEvents& events,
                                      const std::stop_token& stop) {
    LECTERN_ASSIGN(const HttpAddress address, parse_address(request.url));
    const std::unique_ptr<CURL, EasyDeleter> easy(start_curl() ? curl_easy_init() : nullptr);
    if (!easy) return fail(ErrorCode::kOutOfMemory, "There is no memory for a connection.");
    Exchange exchange{.events = events, .head = {}, .refused = std::nullopt};
    const auto fields = fields_of(request);
    set_options(easy.get(), request, settings_, exchange);
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, fields.get());

    LECTERN_ASSIGN(const std::string noted, log_.begin({.method = "GET",
                                                        .host = address.host,
                                                        .path = address.path,
                                                        .via = settings_.proxy.value_or(""),
                                                        .outcome = ""}));
    const CURLcode outcome =
        perform(easy.get(), Stall(exchange, settings_.stall_timeout), events.on_tick, stop);
    Status done;
    if (exchange.refused)
        done = tl::unexpected(*exchange.refused);
    else if (stop.stop_requested() && outcome != CURLE_OK)
        done = fail(ErrorCode::kCancelled, "The request was stopped.");
    else if (outcome != CURLE_OK)
        done = fail(ErrorCode::kIo,
                    "Fetching from " + address.host + " failed: " + why(outcome, exchange) + ".",
                    "Check the connection to the network and try again.");
    const Status ended =
        log_.end(noted, exchange.n_received,
                 done ? std::to_string(exchange.head.status) : done.error().message);
    if (!done) return tl::unexpected(std::move(done).error());
    LECTERN_TRY(ended);
    return exchange.head;
}

Result<std::string> HttpClient::get_text(const std::string& url, std::size_t max_bytes,
                                         std::stop_token stop) {
    std::string text;
    HttpEvents events;
    events.on_body = [&](std::span<const std::byte> bytes) -> Status {
        if (text.size() + bytes.size() > max_bytes)
            return fail(ErrorCode::kTooLong, "The answer from " + url + " is too long.");
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    };
    LECTERN_ASSIGN(const HttpHead head, get({.url = url, .validator = ""}, events, stop));
    if (head.status != 200) return tl::unexpected(status_error(head.status, url));
    return text;
}

}  // namespace lectern
