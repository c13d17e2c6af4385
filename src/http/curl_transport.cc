#include "src/http/curl_transport.h"

#include <curl/curl.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "src/core/environment.h"
#include "src/http/curl_transfer.h"

namespace http {
namespace {

using std::chrono::milliseconds;

constexpr int kMaxPollMs = 60000;

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
  }

  /// Returns when the transfer is done or was canceled.
  void carry_out(CurlTransfer& transfer, const std::stop_token& stop) {
    add(transfer);
    const std::stop_callback on_stop(stop, [&] { cancel(transfer); });
    // Released before the destructor of the callback, which waits until a running callback ends.
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return transfer.done; });
  }

 private:
  static CURLM* open() {
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) throw std::runtime_error("libcurl could not start");
    // Every transfer gets a connection at once; `HostSlots` limits their number.
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, kMaxConnections);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kMaxKeptConnections);
    return multi;
  }

  void add(CurlTransfer& transfer) {
    {
      const std::scoped_lock lock(mutex_);
      incoming_.push_back(&transfer);
    }
    curl_multi_wakeup(multi_);
  }

  void cancel(CurlTransfer& transfer) {
    {
      const std::scoped_lock lock(mutex_);
      transfer.cancelled = !transfer.done;
    }
    curl_multi_wakeup(multi_);
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_in();
      int running = 0;
      curl_multi_perform(multi_, &running);
      hand_out();
      curl_multi_poll(multi_, nullptr, 0, kMaxPollMs, nullptr);
    }
  }

  void take_in() {
    const std::scoped_lock lock(mutex_);
    for (CurlTransfer* transfer : std::exchange(incoming_, {})) {
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
      CurlTransfer* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      transfer->code = message->data.result;
      transfer->cancelled = false;
      finish(transfer);
    }
    const std::vector<CurlTransfer*> all(active_.begin(), active_.end());
    for (CurlTransfer* transfer : all) {
      if (transfer->cancelled) finish(transfer);
    }
    done_.notify_all();
  }

  void finish(CurlTransfer* transfer) {
    curl_multi_remove_handle(multi_, transfer->easy());
    active_.erase(transfer);
    transfer->done = true;
  }

  CURLM* const multi_;
  std::mutex mutex_;  // guards the two below, and `done` and `cancelled` of the transfers in them
  std::vector<CurlTransfer*> incoming_;
  std::unordered_set<CurlTransfer*> active_;
  std::condition_variable done_;
  std::jthread thread_;
};

CurlTransport::CurlTransport(CurlOptions options)
    : options_(std::move(options)),
      ca_bundle_(find_ca_bundle(options_.ca_file, core::environment, options_.system_ca_files)),
      share_(options_.share ? options_.share : std::make_shared<const CurlShare>()),
      driver_(std::make_unique<Driver>()) {}

CurlTransport::~CurlTransport() = default;

std::expected<Response, TransportError> CurlTransport::send(const Request& request,
                                                            const core::Context& context) {
  if (context.stop.stop_requested()) {
    return std::unexpected(TransportError{.failure = TransportFailure::cancelled,
                                          .message = "the request was canceled before it was sent"});
  }
  const HostSlots::Slot slot(slots_, request.host + " " + request.lane, context);
  if (!slot && context.stop.stop_requested()) {
    return std::unexpected(TransportError{.failure = TransportFailure::cancelled,
                                          .message = "the request was canceled while it waited for other "
                                                     "requests"});
  }
  milliseconds timeout = options_.request_timeout;
  if (context.deadline != core::Instant::max()) {
    const auto left = std::chrono::duration_cast<milliseconds>(context.deadline - clock_.now());
    timeout = std::min(timeout, left);
  }
  if (!slot || timeout <= milliseconds::zero()) {
    return std::unexpected(TransportError{.failure = TransportFailure::timed_out,
                                          .message = "the deadline passed before the request was sent"});
  }
  CurlTransfer transfer(request, options_, ca_bundle_, *share_, timeout);
  driver_->carry_out(transfer, context.stop);
  return transfer.outcome();
}

}  // namespace http
