#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/cloud/credentials/credentials.h"
#include "src/core/clock.h"
#include "src/http/message.h"
#include "tests/emulator/emulator.h"
#include "tests/emulator/server.h"
#include "tests/support/catch.h"

namespace emulator {

using nlohmann::json;

/// Stands at 2026-03-14T09:26:53Z until it is moved. Waits end at once and are noted.
class TestClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override;
  [[nodiscard]] core::UtcTime utc() const override;
  bool sleep_until(core::Instant wake, const std::stop_token& stop) override;

  void advance(Duration by);
  [[nodiscard]] Duration slept() const;

 private:
  mutable std::mutex mutex_;
  Duration elapsed_{0};
  Duration slept_{0};
};

/// An answer as a client gets it; status 0 when there was none.
struct Seen {
  int status = 0;
  std::vector<http::Header> headers;
  std::string text;
  json body;  ///< null if the text is not JSON
};

using Parameters = std::map<std::string, std::string>;

/// An emulator behind a server on a free port, and clients that sign as the vendors' do.
class TestEmulator {
 public:
  explicit TestEmulator(const json& seed = json::object(), Options options = {});

  TestClock clock;
  Emulator emulator;
  Server server;
  cloud::Credentials credentials = {.access_key = "EMULATORACCESSKEY01",
                                    .secret_key = "emulator-secret-key-01"};

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server.port()); }

  /// As it is, on a connection of its own.
  [[nodiscard]] Seen send(const http::Request& request) const;

  /// To the request's own host, with the emulator as the proxy.
  [[nodiscard]] Seen send_by_proxy(const http::Request& request) const;

  Seen control(const std::string& method, const std::string& path, const json& body = nullptr) const;
  void advance(const std::string& by) const;
  void switch_to(const std::string& name, const json& value) const;

  /// The image as the control API shows it; null if it is not there.
  [[nodiscard]] json image(const std::string& region, const std::string& id) const;

  /// V3, by POST, with `RegionId` and all parameters in the query.
  [[nodiscard]] http::Request alicloud_request(const std::string& region, const std::string& action,
                                               const Parameters& parameters = {}) const;
  Seen alicloud(const std::string& region, const std::string& action,
                const Parameters& parameters = {}) const;

  [[nodiscard]] http::Request baiducloud_request(const std::string& region, const std::string& method,
                                                 const std::string& target, const json& body = nullptr) const;
  Seen baiducloud(const std::string& region, const std::string& method, const std::string& target,
                  const json& body = nullptr) const;

  [[nodiscard]] http::Request huaweicloud_request(const std::string& region, const std::string& method,
                                                  const std::string& target,
                                                  const json& body = nullptr) const;
  Seen huaweicloud(const std::string& region, const std::string& method, const std::string& target,
                   const json& body = nullptr) const;
};

/// The error code wherever the cloud puts it; empty if there is none.
std::string code_of(const Seen& seen);

}  // namespace emulator
