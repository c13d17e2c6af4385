#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace acceptance {

/// Records the requests to one emulator for `tests/requests/compare`, if the environment variable
/// IMAGE_TEST_REQUESTS is the absolute path of a directory.
class RequestRecord {
 public:
  /// Throws if the path is not absolute.
  RequestRecord();

  [[nodiscard]] bool is_enabled() const { return !folder_.empty(); }

  /// `log`: the emulator's log of requests.
  void add(const nlohmann::json& log);

  /// Writes `DIR/PROGRAM-CASE.json`, with `-2`, `-3`, … at the end for further emulators of one case.
  void save() const;

 private:
  std::filesystem::path folder_;
  nlohmann::json log_ = nlohmann::json::array();
};

}  // namespace acceptance
