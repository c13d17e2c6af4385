#pragma once

#include <map>
#include <string>

#include "tests/emulator/huaweicloud/call.h"

namespace emulator::huaweicloud {

/// Access keys with too many consecutive failures (huaweicloud/API.md 2.1).
class KeyLocks {
 public:
  [[nodiscard]] bool is_locked(const std::string& access_key, UtcTime now) const;
  void note(const std::string& access_key, bool failed, UtcTime now);

 private:
  struct State {
    int failures = 0;
    UtcTime locked_until;
  };

  std::map<std::string, State> states_;
};

/// Authenticates a request by checks 3 to 12 of huaweicloud/API.md 6.1, in that order. The project is that of
/// the token; empty for a signature.
Result<Caller> verify(const Request& request, const Environment& environment, KeyLocks& locks);

/// Check 13: determines the project of an IMS call. `path_project` is the project in its path, if it has one.
Result<std::string> find_scope(const Request& request, const Caller& caller, const World& world,
                               const std::string& path_project);

/// Returns the access key that the request names, without verification.
std::string claimed_access_key(const Request& request);

}  // namespace emulator::huaweicloud
