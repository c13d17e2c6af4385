#pragma once

#include <string>
#include <vector>

#include "tests/cloud/emulator_transport.h"

namespace faults {

using Answer = std::expected<http::Response, http::TransportError>;

/// One way for a call to go wrong. `send` takes the request to the cloud, or does not.
struct Fault {
  std::string name;
  std::function<Answer(const std::string& cloud, const std::function<Answer()>& send)> happen;
};

/// All of them. Another fault is another entry.
const std::vector<Fault>& all_faults();

/// The emulator behind a network that breaks when it is told to.
class FaultyNetwork final : public http::HttpTransport {
 public:
  explicit FaultyNetwork(core::Clock& clock) : emulator_(clock) {}

  Answer send(const http::Request& request, const core::Context& context) override;

  /// Breaks the calls from the `first` on (0: the next one), so many of them.
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
