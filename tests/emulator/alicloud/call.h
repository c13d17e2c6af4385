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

/// An RPC call, with the parameters of the query and the form (alicloud/API.md 1).
struct Call {
  const Request& request;
  bool v3 = false;  ///< signed by headers instead of parameters
  bool json = false;
  std::string action;
  std::string version;
  std::map<std::string, std::string> parameters;

  /// Returns empty text if the parameter is absent.
  [[nodiscard]] std::string get(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const { return parameters.contains(name); }

  /// `ResourceId.1`, `ResourceId.2`, …
  [[nodiscard]] std::vector<std::string> list(const std::string& name) const;

  /// `Tag.N.Key` and `Tag.N.Value` in order. Missing values are empty.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> tags() const;
};

Call read_call(const Request& request);

/// The input of an action after authentication. `region` is `RegionId`, else the endpoint's region.
struct Context {
  const Call& call;
  const AccessKey& key;
  std::string region;
  Environment& environment;
  World& world;
};

}  // namespace emulator::alicloud
