#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/emulator/service.h"

namespace emulator::alicloud {

using Json = nlohmann::ordered_json;

/// An RPC call whichever way it came: parameters of query and form together (alicloud/API.md 1).
struct Call {
  const Request& request;
  bool v3 = false;  ///< signed by headers; else by parameters
  bool json = false;
  std::string action;
  std::string version;
  std::map<std::string, std::string> parameters;

  /// Empty when absent.
  [[nodiscard]] std::string get(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return parameters.contains(name); }

  /// `ResourceId.1`, `ResourceId.2`, …
  [[nodiscard]] std::vector<std::string> list(const std::string& name) const;

  /// `Tag.N.Key` and `Tag.N.Value` in order. A missing value is empty.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> tags() const;
};

Call read_call(const Request& request);

/// What an action works with once the sender is known. `region` is `RegionId`, else the endpoint's own.
struct Context {
  const Call& call;
  const AccessKey& key;
  std::string region;
  Scene& scene;
  World& world;
};

}  // namespace emulator::alicloud
