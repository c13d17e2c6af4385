#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "src/http/ca_bundle.h"
#include "src/http/curl_share.h"
#include "src/http/host_slots.h"
#include "src/http/transport.h"

namespace http {

struct CurlOptions {
  std::chrono::milliseconds connect_timeout{10000};
  std::chrono::milliseconds request_timeout{60000};
  std::string proxy_url;  ///< empty: from the environment
  std::string ca_file;    ///< PEM; empty: see `find_ca_bundle`
  std::vector<std::string> system_ca_files = usual_ca_bundles();
  std::string user_agent;
  std::shared_ptr<const CurlShare> share;  ///< shared with other transports; null: the transport has its own
};

/// The limits of concurrent requests per host and lane, of connections, and of idle connections.
inline constexpr int kMaxRequestsToHost = 16;
inline constexpr long kMaxConnections = 512;
inline constexpr long kMaxKeptConnections = 128;

/// A transport that uses libcurl. One thread drives all transfers, so that callers share connections, and a
/// caller that stops waiting returns at once.
class CurlTransport final : public HttpTransport {
 public:
  explicit CurlTransport(CurlOptions options);
  ~CurlTransport() override;

  std::expected<Response, TransportError> send(const Request& request, const core::Context& context) override;

 private:
  class Driver;

  const CurlOptions options_;
  const CaBundle ca_bundle_;
  const std::shared_ptr<const CurlShare> share_;
  core::SystemClock clock_;  // libcurl goes by real time, too
  HostSlots slots_{kMaxRequestsToHost, clock_};
  const std::unique_ptr<Driver> driver_;
};

}  // namespace http
