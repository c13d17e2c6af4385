#pragma once

#include <string>

namespace cloud {

/// An access key pair; the token only with temporary ones.
struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string security_token;

  bool operator==(const Credentials&) const = default;
};

}  // namespace cloud
