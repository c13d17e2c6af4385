#include "src/core/file.h"

#include <fstream>
#include <iterator>

namespace core {

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream.is_open()) return std::nullopt;
  try {
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return stream.bad() ? std::nullopt : std::optional(std::move(text));
  } catch (const std::ios_base::failure&) {
    // Opening a folder succeeds, and reading it throws.
    return std::nullopt;
  }
}

}  // namespace core
