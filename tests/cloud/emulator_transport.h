#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>

#include "src/http/transport.h"
#include "tests/emulator/emulator.h"

namespace fakes {

/// Passes requests to the emulator without a network.
class EmulatorTransport final : public http::HttpTransport {
 public:
  explicit EmulatorTransport(core::Clock& clock) : emulator_(clock, {}) {}

  std::expected<http::Response, http::TransportError> send(const http::Request& request,
                                                           const core::Context& context) override {
    emulator::RawRequest raw{.method = request.method,
                             .target = request.target(),
                             .headers = request.headers,
                             .body = request.body};
    raw.headers.push_back({.name = "Host", .value = request.host});
    const emulator::Delivery delivery = emulator_.handle(raw, context.stop);
    if (delivery.mode == emulator::Delivery::Mode::whole) return delivery.response;
    return std::unexpected(http::TransportError{.failure = http::TransportFailure::broken,
                                                .may_be_processed = true,
                                                .message = "the connection was closed"});
  }

  /// Calls the emulator's control interface.
  nlohmann::json control(const std::string& method, const std::string& path,
                         const nlohmann::json& body = nullptr) {
    const auto delivery = emulator_.handle({.method = method,
                                            .target = "/_emulator/" + path,
                                            .headers = {{.name = "Host", .value = "127.0.0.1"}},
                                            .body = body.is_null() ? "" : body.dump()},
                                           {});
    if (delivery.response.status != 200) throw std::runtime_error(path + ": " + delivery.response.body);
    return nlohmann::json::parse(delivery.response.body.empty() ? "null" : delivery.response.body);
  }

 private:
  emulator::Emulator emulator_;
};

}  // namespace fakes
