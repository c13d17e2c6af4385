#pragma once

#include <chrono>

#include "src/cloud/policies.h"
#include "src/copy/policies.h"

namespace provider {

/// How long a cloud may take where no timeout of a resource applies.
struct CallTimeouts {
  /// Getting credentials from services such as STS.
  std::chrono::milliseconds credentials = std::chrono::minutes(2);

  /// All checks of one plan together. The plan is valid without them.
  std::chrono::milliseconds preflight = std::chrono::seconds(30);

  /// All API calls of one read of a data source.
  std::chrono::milliseconds data_source = std::chrono::minutes(5);
};

/// Everything that is decided by time or by count. The provider configuration overrides some of it.
struct Policies {
  CallTimeouts timeouts;
  cloud::CallPolicies calls;
  copy::EnginePolicies engine;
};

}  // namespace provider
