#pragma once

#include <string>

namespace cloud {

/// The stages of a signature, which tests compare one by one.
struct Signature {
  std::string canonical_request;
  std::string string_to_sign;
  std::string authorization;

  bool operator==(const Signature&) const = default;
};

}  // namespace cloud
