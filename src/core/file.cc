#include "src/core/file.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace core {
namespace {

std::unexpected<std::string> unreadable(int error) {
  const std::string reason = error == 0 ? "" : ": " + std::generic_category().message(error);
  return std::unexpected("cannot be read" + reason);
}

}  // namespace

FileResult read_file(const std::string& path) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream.is_open()) {
    const bool is_missing = errno == ENOENT || errno == ENOTDIR;
    if (is_missing) return std::unexpected("does not exist");
    return unreadable(errno);
  }
  try {
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (stream.bad()) return unreadable(errno);
    return text;
  } catch (const std::ios_base::failure&) {
    // Opening a folder succeeds, and reading it throws.
    return unreadable(errno);
  }
}

}  // namespace core
