#pragma once

#include <map>
#include <string>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// The nonces used in the last half hour.
class Nonces {
 public:
  /// Returns false if the nonce was used before.
  bool use(const std::string& nonce, UtcTime now);

 private:
  std::map<std::string, UtcTime> used_;
  UtcTime next_purge_;
};

/// Authenticates a call by checks 1 to 10 of alicloud/API.md 6.1, in that order.
Result<AccessKey> verify(const Call& call, const Environment& environment, Nonces& nonces);

/// Returns the access key that the call names, without verification.
std::string claimed_access_key(const Call& call);

}  // namespace emulator::alicloud
