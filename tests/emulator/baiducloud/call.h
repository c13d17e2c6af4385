#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/service.h"

namespace emulator::baiducloud {

using Json = nlohmann::ordered_json;

/// What an action works with once the sender is known. `body` is an object, empty if there was no body.
struct Context {
  const Request& request;
  const AccessKey& key;
  std::string image_id;  ///< of the path
  Json body;
  Scene& scene;
  World& world;
};

}  // namespace emulator::baiducloud
