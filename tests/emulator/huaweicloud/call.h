#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/service.h"

namespace emulator::huaweicloud {

using Json = nlohmann::ordered_json;

/// The authenticated caller and its project. IAM calls have no project.
struct Caller {
  AccessKey key;
  std::string project_id;
};

/// The input of an action after authentication.
struct Context {
  const Request& request;
  const Caller& caller;
  std::map<std::string, std::string> path;  ///< the named segments of the path
  Environment& environment;
  World& world;
};

/// The body is null if the reply has none.
struct Reply {
  int status = 200;
  Json body;
  std::vector<http::Header> headers;
};

}  // namespace emulator::huaweicloud
