#pragma once

#include <string>
#include <vector>

#include "tests/cloud/emulator_transport.h"

namespace faults {

using SendResult = std::expected<http::Response, http::TransportError>;

/// One way for a call to fail. The function gets `forward`, which sends the request to the cloud, and may
/// call it or not.
struct Fault {
  std::string name;
  std::function<SendResult(const std::string& cloud, const std::function<SendResult()>& forward)> send;
};

/// All faults. Add new ones here.
const std::vector<Fault>& all_faults();

/// The emulator behind a network with a fault.
class FaultyNetwork final : public http::HttpTransport {
 public:
  explicit FaultyNetwork(core::Clock& clock) : emulator_(clock) {}

  SendResult send(const http::Request& request, const core::Context& context) override;

  /// Applies the fault to `times` calls, beginning with the call number `first`, where 0 is the next one.
  void arm(const std::string& cloud, const Fault& fault, int first, int times);
  void repair() { fault_ = nullptr; }

  /// Calls since the last `arm` or `count_from_here`.
  void count_from_here() { calls_ = 0; }
  [[nodiscard]] int calls() const { return calls_; }

  fakes::EmulatorTransport& emulator() { return emulator_; }

 private:
  fakes::EmulatorTransport emulator_;
  const Fault* fault_ = nullptr;
  std::string cloud_;
  int first_ = 0;
  int times_ = 0;
  int calls_ = 0;
};

}  // namespace faults
