#pragma once

#include <string>

namespace cloud {

/// Every stage of a signature, so that a mismatch can be found stage by stage.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string authorization;

  bool operator==(const Signature&) const = default;
};

}  // namespace cloud
