#include "src/http/curl_transfer.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "src/core/environment.h"
#include "src/core/text.h"

namespace http {
namespace {

using std::chrono::milliseconds;

/// Larger than any response of a cloud, to stop a server that sends endlessly.
constexpr std::size_t kMaxBodyBytes = 64UL << 20U;

/// libcurl reads `http_proxy` in lower case only, but the upper-case form is as common.
std::string proxy_for(const std::string& scheme, const std::string& configured) {
  if (!configured.empty()) return configured;
  return scheme == "http" && core::environment("http_proxy").empty() ? core::environment("HTTP_PROXY") : "";
}

/// Removes user names and passwords of proxies, because libcurl quotes their URLs in its errors.
std::string without_proxy_secrets(std::string message, const std::string& proxy_url) {
  std::vector<std::string> urls = {proxy_url};
  for (const char* name :
       {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    urls.push_back(core::environment(name));
  }
  for (const std::string& url : urls) {
    const std::size_t end = url.rfind('@');
    if (end == std::string::npos || end == 0) continue;
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string::npos || scheme > end ? 0 : scheme + 3;
    if (begin < end) message = core::replace_all(message, url.substr(begin, end - begin), "(hidden)");
  }
  return message;
}

}  // namespace

CurlTransfer::CurlTransfer(const Request& request, const CurlOptions& options, const CaBundle& trusted,
                           const CurlShare& share, milliseconds timeout)
    : easy_(curl_easy_init()),
      url_(request.url()),
      body_(request.body),
      proxy_url_(options.proxy_url),
      trusted_(trusted) {
  if (!easy_) throw std::runtime_error("libcurl could not create a handle");
  set_request(request);
  set_network(request, options, timeout);
  set_trust();
  set(CURLOPT_SHARE, share.handle());
}

std::expected<Response, TransportError> CurlTransfer::outcome() {
  if (cancelled) return std::unexpected(error(TransportFailure::cancelled, "the request was canceled"));
  if (code != CURLE_OK) return std::unexpected(error(failure(), describe()));
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  return std::move(response_);
}

template <typename T>
void CurlTransfer::set(CURLoption option, T value) {
  if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) {
    throw std::runtime_error("libcurl refused option " + std::to_string(option));
  }
}

void CurlTransfer::set_request(const Request& request) {
  set(CURLOPT_URL, url_.c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (!body_.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
    set(CURLOPT_POSTFIELDS, body_.c_str());
  }
  // An empty value keeps libcurl from adding a header of its own, which would not be signed.
  add_header("Expect:");
  if (!find_header(request.headers, "Content-Type")) add_header("Content-Type:");
  for (const Header& header : request.headers) {
    add_header(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  set(CURLOPT_HTTPHEADER, headers_.get());
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_PREREQFUNCTION, &CurlTransfer::on_send);
  set(CURLOPT_PREREQDATA, this);
}

void CurlTransfer::set_network(const Request& request, const CurlOptions& options, milliseconds timeout) {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ERRORBUFFER, message_.data());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(options.connect_timeout, timeout).count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  set(CURLOPT_USERAGENT, options.user_agent.c_str());
  // If a reused connection turns out to be closed, it is not known whether the request was processed.
  if (!request.idempotent) set(CURLOPT_FRESH_CONNECT, 1L);
  const std::string proxy = proxy_for(request.scheme, options.proxy_url);
  if (request.direct) {
    set(CURLOPT_PROXY, "");
  } else if (!proxy.empty()) {
    set(CURLOPT_PROXY, proxy.c_str());
  }
}

/// Null disables the defaults that libcurl was built with.
void CurlTransfer::set_trust() {
  const char* file = trusted_.file.empty() ? nullptr : trusted_.file.c_str();
  const char* folders = trusted_.folders.empty() ? nullptr : trusted_.folders.c_str();
  for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) set(option, file);
  for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) set(option, folders);
}

void CurlTransfer::add_header(const std::string& line) {
  curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  [[maybe_unused]] const auto* same = headers_.release();
  headers_.reset(longer);
}

int CurlTransfer::on_send(void* self, char* /*local_ip*/, char* /*remote_ip*/, int /*remote_port*/,
                          int /*local_port*/) {
  // Repeated, it would have the same nonce and an old signature, and nobody would know that it was sent
  // twice.
  return std::exchange(static_cast<CurlTransfer*>(self)->sent_, true) ? CURL_PREREQFUNC_ABORT
                                                                      : CURL_PREREQFUNC_OK;
}

std::size_t CurlTransfer::on_body(char* data, std::size_t /*one*/, std::size_t size, void* self) {
  std::string& body = static_cast<CurlTransfer*>(self)->response_.body;
  if (body.size() + size > kMaxBodyBytes) return 0;
  body.append(data, size);
  return size;
}

std::size_t CurlTransfer::on_header(char* data, std::size_t /*one*/, std::size_t size, void* self) {
  const std::string_view line = core::trim({data, size});
  std::vector<Header>& headers = static_cast<CurlTransfer*>(self)->response_.headers;
  // A response of a proxy or an interim response may precede the final one.
  if (line.starts_with("HTTP/")) headers.clear();
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
    headers.push_back({.name = std::string(line.substr(0, colon)),
                       .value = std::string(core::trim(line.substr(colon + 1)))});
  }
  return size;
}

TransportFailure CurlTransfer::failure() const {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return TransportFailure::timed_out;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_URL_MALFORMAT:
    case CURLE_PROXY: return TransportFailure::unreachable;
    default: return TransportFailure::broken;
  }
}

std::string CurlTransfer::describe() const {
  if (code == CURLE_ABORTED_BY_CALLBACK) return "the server closed the connection without a response";
  if (code == CURLE_WRITE_ERROR) {
    return "the response is larger than " + std::to_string(kMaxBodyBytes >> 20U) + " MiB";
  }
  std::string message = message_[0] == '\0' ? curl_easy_strerror(code) : message_.data();
  if (code == CURLE_PEER_FAILED_VERIFICATION && !trusted_.not_found.empty()) {
    message += ". " + trusted_.not_found;
  }
  if (code == CURLE_SSL_CACERT_BADFILE) {
    message += ". The file does not exist, cannot be read, or contains no certificates in PEM format";
  }
  return without_proxy_secrets(std::move(message), proxy_url_);
}

TransportError CurlTransfer::error(TransportFailure kind, std::string message) const {
  // libcurl sets this when the connection is established and it begins to send the request.
  curl_off_t pretransfer = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &pretransfer);
  return {.failure = kind,
          .may_be_processed = kind != TransportFailure::unreachable && (sent_ || pretransfer > 0),
          .message = std::move(message)};
}

}  // namespace http
