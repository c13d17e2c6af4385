#include "src/http/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "src/core/text.h"

namespace http {
namespace {

using std::chrono::milliseconds;

/// More than any listing of a cloud; a server that sends without end is cut off.
constexpr std::size_t kLargestBody = 64UL << 20U;
constexpr int kLongestPollMs = 60000;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// libcurl reads `http_proxy` in lower case only; the capitals are as common.
std::string proxy_for(const std::string& scheme, const std::string& configured) {
  if (!configured.empty()) return configured;
  return scheme == "http" && environment("http_proxy").empty() ? environment("HTTP_PROXY") : "";
}

struct EasyDeleter {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// One request on its way. Owned by the caller, who waits until the driver is done with it.
class Transfer {
 public:
  Transfer(const Request& request, const CurlOptions& options, const CaBundle& trusted, milliseconds timeout)
      : easy_(curl_easy_init()), url_(request.url()), body_(request.body), trusted_(trusted) {
    if (!easy_) throw std::runtime_error("libcurl could not make a handle");
    set_request(request);
    set_network(request, options, timeout);
    set_trust();
  }

  [[nodiscard]] CURL* easy() const { return easy_.get(); }

  std::expected<Response, TransportError> outcome() {
    if (cancelled)
      return std::unexpected(error(TransportFailure::interrupted, "the request was interrupted"));
    if (code != CURLE_OK) return std::unexpected(error(failure(), describe()));
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
  }

  bool cancelled = false;  // guarded by the driver's mutex, like the next two
  bool done = false;
  CURLcode code = CURLE_OK;

 private:
  template <typename T>
  void set(CURLoption option, T value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl refused option " + std::to_string(option));
    }
  }

  void set_request(const Request& request) {
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
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
  }

  void set_network(const Request& request, const CurlOptions& options, milliseconds timeout) {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, message_.data());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(options.connect_timeout, timeout).count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    set(CURLOPT_USERAGENT, options.user_agent.c_str());
    // On a kept connection that turns out to be closed libcurl sends a request again by itself.
    if (!request.repeatable) set(CURLOPT_FRESH_CONNECT, 1L);
    const std::string proxy = proxy_for(request.scheme, options.proxy_url);
    if (request.direct) {
      set(CURLOPT_PROXY, "");
    } else if (!proxy.empty()) {
      set(CURLOPT_PROXY, proxy.c_str());
    }
  }

  /// Null is none at all, and not what libcurl was built with.
  void set_trust() {
    const char* file = trusted_.file.empty() ? nullptr : trusted_.file.c_str();
    const char* folders = trusted_.folders.empty() ? nullptr : trusted_.folders.c_str();
    for (const CURLoption option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO}) set(option, file);
    for (const CURLoption option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) set(option, folders);
  }

  void add_header(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    [[maybe_unused]] const auto* same = headers_.release();
    headers_.reset(longer);
  }

  static std::size_t on_body(char* data, std::size_t /*one*/, std::size_t size, void* self) {
    std::string& body = static_cast<Transfer*>(self)->response_.body;
    if (body.size() + size > kLargestBody) return 0;
    body.append(data, size);
    return size;
  }

  static std::size_t on_header(char* data, std::size_t /*one*/, std::size_t size, void* self) {
    const std::string_view line = core::trim({data, size});
    std::vector<Header>& headers = static_cast<Transfer*>(self)->response_.headers;
    // A proxy's or an interim answer comes before the real one.
    if (line.starts_with("HTTP/")) headers.clear();
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
      headers.push_back({.name = std::string(line.substr(0, colon)),
                         .value = std::string(core::trim(line.substr(colon + 1)))});
    }
    return size;
  }

  [[nodiscard]] TransportFailure failure() const {
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

  [[nodiscard]] std::string describe() const {
    if (code == CURLE_WRITE_ERROR) return "the answer is larger than any that a cloud gives";
    std::string words = message_[0] == '\0' ? curl_easy_strerror(code) : message_.data();
    if (code == CURLE_PEER_FAILED_VERIFICATION && !trusted_.not_found.empty()) {
      words += ". " + trusted_.not_found;
    }
    return words;
  }

  [[nodiscard]] TransportError error(TransportFailure kind, std::string message) const {
    // Set once the connection stands and the request begins to go out.
    curl_off_t pretransfer = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &pretransfer);
    return {.failure = kind,
            .may_have_been_processed = kind != TransportFailure::unreachable && pretransfer > 0,
            .message = std::move(message)};
  }

  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  const std::string url_;
  const std::string body_;
  const CaBundle& trusted_;
  Response response_;
  std::array<char, CURL_ERROR_SIZE> message_{};
};

}  // namespace

/// The thread that drives all transfers.
class CurlTransport::Driver {
 public:
  Driver() : multi_(open()), thread_([this](const std::stop_token& stop) { run(stop); }) {}
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  ~Driver() {
    thread_.request_stop();
    curl_multi_wakeup(multi_);
    thread_.join();
    curl_multi_cleanup(multi_);
    curl_global_cleanup();
  }

  /// Returns when the transfer is done or was cancelled.
  void carry_out(Transfer& transfer, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    incoming_.push_back(&transfer);
    lock.unlock();
    curl_multi_wakeup(multi_);
    const std::stop_callback on_stop(stop, [&] {
      {
        const std::scoped_lock guard(mutex_);
        transfer.cancelled = !transfer.done;
      }
      curl_multi_wakeup(multi_);
    });
    lock.lock();
    done_.wait(lock, [&] { return transfer.done; });
    // The callback may be running; its end is waited for next, and it needs the mutex.
    lock.unlock();
  }

 private:
  static CURLM* open() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw std::runtime_error("libcurl could not start");
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) throw std::runtime_error("libcurl could not start");
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 64L);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 32L);
    return multi;
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_in();
      int running = 0;
      curl_multi_perform(multi_, &running);
      hand_out();
      curl_multi_poll(multi_, nullptr, 0, kLongestPollMs, nullptr);
    }
  }

  void take_in() {
    const std::scoped_lock lock(mutex_);
    for (Transfer* transfer : std::exchange(incoming_, {})) {
      curl_easy_setopt(transfer->easy(), CURLOPT_PRIVATE, transfer);
      curl_multi_add_handle(multi_, transfer->easy());
      active_.insert(transfer);
    }
  }

  void hand_out() {
    const std::scoped_lock lock(mutex_);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      transfer->code = message->data.result;
      transfer->cancelled = false;
      finish(transfer);
    }
    const std::vector<Transfer*> all(active_.begin(), active_.end());
    for (Transfer* transfer : all) {
      if (transfer->cancelled) finish(transfer);
    }
    done_.notify_all();
  }

  void finish(Transfer* transfer) {
    curl_multi_remove_handle(multi_, transfer->easy());
    active_.erase(transfer);
    transfer->done = true;
  }

  CURLM* const multi_;
  std::mutex mutex_;
  std::condition_variable done_;
  std::vector<Transfer*> incoming_;
  std::unordered_set<Transfer*> active_;
  std::jthread thread_;
};

CurlTransport::CurlTransport(CurlOptions options)
    : options_(std::move(options)),
      ca_bundle_(find_ca_bundle(options_.ca_file, environment, options_.system_ca_files)),
      driver_(std::make_unique<Driver>()) {}

CurlTransport::~CurlTransport() = default;

std::expected<Response, TransportError> CurlTransport::send(const Request& request,
                                                            const core::Context& context) {
  if (context.stop.stop_requested()) {
    return std::unexpected(TransportError{.failure = TransportFailure::interrupted,
                                          .message = "the request was interrupted before it was sent"});
  }
  milliseconds timeout = options_.request_timeout;
  if (context.deadline != core::Instant::max()) {
    const auto left =
        std::chrono::duration_cast<milliseconds>(context.deadline - std::chrono::steady_clock::now());
    timeout = std::min(timeout, left);
  }
  if (timeout <= milliseconds::zero()) {
    return std::unexpected(TransportError{.failure = TransportFailure::timed_out,
                                          .message = "no time was left to send the request"});
  }
  Transfer transfer(request, options_, ca_bundle_, timeout);
  driver_->carry_out(transfer, context.stop);
  return transfer.outcome();
}

}  // namespace http
