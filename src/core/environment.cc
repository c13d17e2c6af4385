#include "src/core/environment.h"

#include <cstdlib>

namespace core {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace core
