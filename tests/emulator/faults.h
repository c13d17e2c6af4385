#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/service.h"

namespace emulator {

/// `drop_before`: closed without an effect. `drop_after`: the effect happens, the answer is lost.
/// `reset_in_body`: headers and half of the body are sent. `delay`: answered later. `status`: refused without
/// an effect. `body`: the effect happens, the answer has another body.
enum class FaultEffect { drop_before, drop_after, reset_in_body, delay, status, body };

std::string_view name_of(FaultEffect effect);

/// What goes wrong with the next requests that match. An absent cloud, region or action matches every one.
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
  Duration delay{0};  ///< before anything else, whatever the effect
};

class Faults {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  void clear() { faults_.clear(); }

  /// The first fault that matches and is due, used up once. Matching faults before it with a `skip` let the
  /// request through and count it; those after it do not see it.
  std::optional<Fault> take(Cloud cloud, const Description& description);

  /// Those left, as the control API shows and takes them.
  [[nodiscard]] nlohmann::json to_json() const;

 private:
  std::vector<Fault> faults_;
};

/// The error names the key that is wrong.
std::expected<Fault, std::string> parse_fault(const nlohmann::json& value);

}  // namespace emulator
