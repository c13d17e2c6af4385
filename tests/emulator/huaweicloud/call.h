#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/service.h"

namespace emulator::huaweicloud {

using Json = nlohmann::ordered_json;

/// Who calls, and for which project. IAM calls have none.
struct Caller {
  AccessKey key;
  std::string project_id;
};

/// What an action works with once the sender is known.
struct Context {
  const Request& request;
  const Caller& caller;
  std::map<std::string, std::string> path;  ///< what the names in the route's path stand for
  Scene& scene;
  World& world;
};

/// An answer without a body has a null one.
struct Reply {
  int status = 200;
  Json body;
  std::vector<http::Header> headers;
};

}  // namespace emulator::huaweicloud
