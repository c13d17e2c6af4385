#include "tests/plugin/plugin_binaries.h"

#include "src/core/text.h"

namespace harness {

std::vector<std::string> plugin_binaries() {
  return core::split(IMAGE_PLUGIN_BINARIES, ':');
}

std::string sample_binary() {
  return IMAGE_SAMPLE_PLUGIN;
}

}  // namespace harness
