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

/// A clock that stays at 2026-03-14T09:26:53Z until it is advanced. Sleeps end at once and are added up.
class TestClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override;
  [[nodiscard]] core::UtcTime utc() const override;
  bool sleep_until(core::Instant wake, const std::stop_token& stop) override;

  void advance(Duration by);
  [[nodiscard]] Duration slept() const;

 private:
  mutable std::mutex mutex_;  // guards the two below
  Duration elapsed_{0};
  Duration slept_{0};
};

/// A response as received by a client; status 0 if there was none.
struct ClientResponse {
  int status = 0;
  std::vector<http::Header> headers;
  std::string text;
  json body;  ///< null if the text is not JSON
};

using Parameters = std::map<std::string, std::string>;

/// An emulator and its server on a free port. Each cloud's folder has a client, which signs.
class TestEmulator {
 public:
  explicit TestEmulator(const json& seed = json::object(), Options options = {});

  TestClock clock;
  Emulator emulator;
  Server server;
  cloud::Credentials credentials = {.access_key = "EMULATORACCESSKEY01",
                                    .secret_key = "emulator-secret-key-01"};

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server.port()); }

  /// Sends the request unchanged on a new connection.
  [[nodiscard]] ClientResponse send(const http::Request& request) const;

  /// Sends the request to its own host, with the emulator as the proxy.
  [[nodiscard]] ClientResponse send_by_proxy(const http::Request& request) const;

  ClientResponse control(const std::string& method, const std::string& path,
                         const json& body = nullptr) const;
  void advance(const std::string& by) const;
  void switch_to(const std::string& name, const json& value) const;

  /// The image in the control API; null if it does not exist.
  [[nodiscard]] json image(const std::string& region, const std::string& id) const;
};

/// An unsigned request. `target` is a path and query such as `/v2/image?marker=a`; `prefix` is put before it.
http::Request request_to(const TestEmulator& emulator, const std::string& prefix, const std::string& method,
                         const std::string& target, const json& body = nullptr);

/// Returns the error code of a response of any cloud; empty if there is none.
std::string code_of(const ClientResponse& response);

}  // namespace emulator
