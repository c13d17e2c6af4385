#include "tests/support/provider_program.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace harness {

std::string provider_program() {
  const char* chosen = std::getenv("IMAGE_PROVIDER_PROGRAM");
  if (chosen == nullptr || *chosen == '\0') return IMAGE_PROVIDER;
  if (!std::filesystem::is_regular_file(chosen)) {
    throw std::runtime_error("IMAGE_PROVIDER_PROGRAM names no file: " + std::string(chosen));
  }
  return std::filesystem::absolute(chosen);
}

}  // namespace harness
