#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/http/curl_transport.h"
#include "tests/acceptance/request_record.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

namespace acceptance {

/// A key pair that the emulator accepts on every cloud.
inline constexpr const char* kAccessKey = "EMULATORACCESSKEY01";
inline constexpr const char* kSecretKey = "emulator-secret-key-01";

/// A running emulator of the clouds, with the images of `seed`. `more_arguments`: of its command line.
class EmulatorProcess {
 public:
  EmulatorProcess(const harness::TestFolder& folder, const nlohmann::json& seed,
                  const std::vector<std::string>& more_arguments = {});
  EmulatorProcess(const EmulatorProcess&) = delete;
  EmulatorProcess& operator=(const EmulatorProcess&) = delete;

  /// Saves the requests if that is enabled (see RequestRecord).
  ~EmulatorProcess();

  /// `http://127.0.0.1:port`
  [[nodiscard]] const std::string& url() const { return url_; }

  /// Images as the emulator holds them, with the fields of its control interface.
  nlohmann::json images(const std::string& cloud, const std::string& region);

  /// The images of all clouds and regions.
  nlohmann::json all_images();
  nlohmann::json all_snapshots();

  /// The snapshots of one region.
  nlohmann::json snapshots(const std::string& cloud, const std::string& region);

  /// How often an action was called on a cloud, in all regions.
  int calls(const std::string& cloud, const std::string& action);

  /// How many calls were made in all, to all clouds.
  int all_calls();

  /// Restarts counting.
  void forget_calls();

  /// Waits until the action was called at least `count` times. Throws after a timeout.
  void wait_for_calls(const std::string& cloud, const std::string& action, int count);

  /// The same, but counts calls only after the first call of `start`.
  void wait_for_calls_after(const std::string& cloud, const std::string& start, const std::string& action,
                            int count);

  void advance_clock(const std::string& duration);
  void forget_image(const std::string& cloud, const std::string& region, const std::string& id);
  void change_image(const nlohmann::json& change);
  void set_switch(const std::string& name, const nlohmann::json& value);
  void add_fault(const nlohmann::json& fault);

  /// Waits until every fault has been applied to a request. Throws after a timeout.
  void wait_until_faults_are_used();

  /// Ends the emulator as a crash would.
  void kill();

 private:
  int calls_after(const std::string& cloud, const std::string& start, const std::string& action);
  static void wait_until(const std::function<bool()>& condition, const std::string& what);
  nlohmann::json control(const std::string& method, const std::string& path,
                         const nlohmann::json& body = nullptr);
  void record_requests();

  RequestRecord record_;
  http::CurlTransport transport_;
  std::unique_ptr<harness::Subprocess> process_;
  std::string url_;
  bool killed_ = false;
};

}  // namespace acceptance
