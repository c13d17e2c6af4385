#pragma once

#include <string>

namespace sign {

/// An access key pair; the token only with temporary ones.
struct Credentials {
  std::string access_key;
  std::string secret_key;
  std::string security_token;

  bool operator==(const Credentials&) const = default;
};

/// Every stage of a signature, so that a mismatch can be found stage by stage.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string authorization;

  bool operator==(const Signature&) const = default;
};

}  // namespace sign
