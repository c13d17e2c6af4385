#include "tests/emulator/path_pattern.h"

#include "src/core/text.h"

namespace emulator {

std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern,
                                                             std::string_view path) {
  const auto wanted = core::split(pattern, '/');
  const auto given = core::split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].starts_with('{')) {
      if (wanted[i] != given[i]) return std::nullopt;
      continue;
    }
    if (given[i].empty()) return std::nullopt;
    values[wanted[i].substr(1, wanted[i].size() - 2)] = given[i];
  }
  return values;
}

}  // namespace emulator
