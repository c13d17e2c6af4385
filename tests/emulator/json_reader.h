#pragma once

#include <expected>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/image.h"

namespace emulator {

/// Reads a JSON object key by key and keeps the first error, so that callers read all keys first and check
/// for an error once.
class JsonReader {
 public:
  /// `where` begins every error, such as `images[2]`.
  JsonReader(const nlohmann::json& object, std::string where);

  /// These do not change `target` if the key is absent or null.
  void read(std::string_view key, std::string& target);
  void read(std::string_view key, std::optional<std::string>& target);
  void read(std::string_view key, int& target);
  void read(std::string_view key, bool& target);
  void read(std::string_view key, Duration& target);
  void read(std::string_view key, std::optional<Duration>& target);
  void read(std::string_view key, std::vector<std::string>& target);
  void read(std::string_view key, std::vector<int>& target);
  void read(std::string_view key, std::map<std::string, std::string>& target);

  /// Reads a name and converts it with `parse`, such as `parse_cloud`.
  template <typename Value>
  void read_named(std::string_view key, std::optional<Value>& target,
                  std::optional<Value> (*parse)(std::string_view)) {
    std::optional<std::string> name;
    read(key, name);
    if (!name) return;
    target = parse(*name);
    if (!target) fail(key, "has the unknown value \"" + *name + "\"");
  }
  template <typename Value>
  void read_named(std::string_view key, Value& target, std::optional<Value> (*parse)(std::string_view)) {
    std::optional<Value> value;
    read_named(key, value, parse);
    if (value) target = *value;
  }

  /// Returns the JSON value, or nullptr if it is absent or null.
  const nlohmann::json* find(std::string_view key);

  void require(std::string_view key);
  void fail(std::string_view key, std::string_view problem);

  /// Returns the first error. Keys that were not read are an error too.
  [[nodiscard]] std::expected<void, std::string> done() const;

 private:
  const nlohmann::json& object_;
  std::string where_;
  std::set<std::string, std::less<>> known_;
  std::string error_;
};

}  // namespace emulator
