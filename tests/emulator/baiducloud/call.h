#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/service.h"

namespace emulator::baiducloud {

using Json = nlohmann::ordered_json;

/// The input of an action after authentication. `body` is an object, empty if there was no body.
struct Context {
  const Request& request;
  const AccessKey& key;
  std::string image_id;  ///< from the path
  Json body;
  Environment& environment;
  World& world;
};

}  // namespace emulator::baiducloud
