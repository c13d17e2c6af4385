#include "tests/plugin/plugin_binaries.h"

#include "tests/support/provider_program.h"

namespace harness {

std::vector<std::string> plugin_binaries() {
  return {sample_binary(), provider_program()};
}

std::string sample_binary() {
  return IMAGE_SAMPLE_PLUGIN;
}

}  // namespace harness
