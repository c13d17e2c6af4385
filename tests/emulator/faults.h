#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/service.h"

namespace emulator {

enum class FaultEffect {
  drop_before,    ///< the connection is closed and the request has no effect
  drop_after,     ///< the request has its effect, but the response is lost
  reset_in_body,  ///< the connection is reset after half of the body
  delay,          ///< the response is delayed
  status,         ///< the request is rejected and has no effect
  body,           ///< the request has its effect, but the response has another body
};

std::string_view name_of(FaultEffect effect);

/// A fault that is injected into the next requests that match. An absent cloud, region or action matches all.
struct Fault {
  std::optional<Cloud> cloud;
  std::optional<std::string> region;
  std::optional<std::string> action;
  int times = 1;
  int skip = 0;
  FaultEffect effect = FaultEffect::status;
  int status = 0;
  std::string code;
  std::string message;
  std::vector<http::Header> headers;
  std::optional<std::string> body;
  std::string content_type;
  Duration delay{0};  ///< before the request is handled, with any effect
};

class Faults {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  void clear() { faults_.clear(); }

  /// Returns the first fault that matches and is due, and counts its use. Matching faults before it skip the
  /// request and count that; faults after it do not count the request.
  std::optional<Fault> take(Cloud cloud, const Description& description);

  /// The remaining faults in the format of the control API.
  [[nodiscard]] nlohmann::json to_json() const;

 private:
  std::vector<Fault> faults_;
};

/// Parses a fault of the control API. The error names the key that is wrong.
std::expected<Fault, std::string> parse_fault(const nlohmann::json& value);

}  // namespace emulator
