#pragma once

#include <string>

namespace cloud {

/// An access key pair. Temporary ones have a security token.
struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string security_token;

  bool operator==(const Credentials&) const = default;
};

}  // namespace cloud
