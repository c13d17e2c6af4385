#pragma once

#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "src/core/clock.h"
#include "tests/emulator/metadata.h"
#include "tests/emulator/parts.h"
#include "tests/emulator/routing.h"

namespace emulator {

struct Options {
  WorldData world = new_world();
  Switches switches;
  Duration latency{0};                              ///< before every response of a cloud
  std::optional<std::filesystem::path> state_file;  ///< written after every change
};

/// A response and how it is sent: completely, not at all, or its headers and half of its body.
struct Delivery {
  enum class Mode { whole, dropped, half };

  http::Response response;
  Mode mode = Mode::whole;
};

/// The three clouds, the metadata services and the control API. May be called from any thread.
class Emulator {
 public:
  Emulator(core::Clock& clock, Options options);
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// Applies a seed as the control API does.
  std::expected<void, std::string> seed(const nlohmann::json& seed);

  /// Delays the response by the latency and the delay of a fault; `stop` ends the delay.
  Delivery handle(const RawRequest& request, const std::stop_token& stop);

 private:
  Delivery handle_metadata(const RawRequest& raw, const MetadataRequest& request);
  Delivery handle_cloud(const Request& request, const std::stop_token& stop);
  Delivery run(const Request& request, const Description& description, const std::optional<Fault>& fault);
  void save();

  core::Clock& clock_;
  const Duration latency_;
  const std::optional<std::filesystem::path> state_file_;
  std::mutex mutex_;  // guards the two below
  Parts parts_;
  std::string saved_;
};

}  // namespace emulator
