#include "src/core/file.h"

#include <fstream>
#include <iterator>

namespace core {

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  // A folder can be opened, but not read.
  if (!stream.is_open() || stream.bad()) return std::nullopt;
  return text;
}

}  // namespace core
