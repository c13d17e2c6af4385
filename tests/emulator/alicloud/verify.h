#pragma once

#include <map>
#include <string>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// The nonces of the last half hour.
class Nonces {
 public:
  /// False if this one was used before.
  bool use(const std::string& nonce, UtcTime now);

 private:
  std::map<std::string, UtcTime> used_;
  UtcTime next_purge_;
};

/// Who signed the call: checks 1 to 10 of alicloud/API.md 6.1, in that order.
Result<AccessKey> verify(const Call& call, const Scene& scene, Nonces& nonces);

/// The access key that the call names, whether or not it is true.
std::string claimed_access_key(const Call& call);

}  // namespace emulator::alicloud
