#pragma once

#include <map>
#include <string>

#include "tests/emulator/huaweicloud/call.h"

namespace emulator::huaweicloud {

/// Keys that failed too often in a row (huaweicloud/API.md 2.1).
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

/// Who sent the request: checks 3 to 12 of huaweicloud/API.md 6.1, in that order. The project is that of the
/// token; empty with a signature.
Result<Caller> verify(const Request& request, const Scene& scene, KeyLocks& locks);

/// Check 13: the project that an IMS call works in. `path_project`: the one in its path, if it has one.
Result<std::string> find_scope(const Request& request, const Caller& caller, const World& world,
                               const std::string& path_project);

/// The access key that the request names, whether or not it is true.
std::string claimed_access_key(const Request& request);

}  // namespace emulator::huaweicloud
