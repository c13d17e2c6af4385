#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace acceptance {

/// The requests that one emulator got, for `tests/requests/compare`. Kept only if the environment variable
/// IMAGE_TEST_REQUESTS names a folder, by its absolute path.
class RequestRecord {
 public:
  /// Throws if the path is not absolute.
  RequestRecord();

  [[nodiscard]] bool is_wanted() const { return !folder_.empty(); }

  /// `log`: as the emulator shows it.
  void add(const nlohmann::json& log);

  /// Writes `FOLDER/PROGRAM-CASE.json`, with `-2`, `-3`, … at the end for further emulators of one case.
  void save() const;

 private:
  std::filesystem::path folder_;
  nlohmann::json log_ = nlohmann::json::array();
};

}  // namespace acceptance
