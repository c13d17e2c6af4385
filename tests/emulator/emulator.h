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
  Duration latency{0};                              ///< before every answer of a cloud
  std::optional<std::filesystem::path> state_file;  ///< written after every change
};

/// What goes back over the wire.
struct Delivery {
  enum class Way { whole, dropped, half };

  http::Response response;
  Way way = Way::whole;
};

/// The three clouds and the control API behind one function. Safe to call from many threads.
class Emulator {
 public:
  Emulator(core::Clock& clock, Options options);
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// As the control API's seed, for what is there from the start.
  std::expected<void, std::string> seed(const nlohmann::json& seed);

  /// Waits where latency or a fault says so; `stop` ends the wait.
  Delivery handle(const RawRequest& request, const std::stop_token& stop);

 private:
  Delivery handle_metadata(const RawRequest& raw, const MetadataRequest& request);
  Delivery handle_cloud(const Request& request, const std::stop_token& stop);
  Delivery run(const Request& request, const Description& description, const std::optional<Fault>& fault);
  void save();

  core::Clock& clock_;
  const Duration latency_;
  const std::optional<std::filesystem::path> state_file_;
  std::mutex mutex_;
  Parts parts_;
  std::string saved_;
};

}  // namespace emulator
