#include "tests/emulator/path_pattern.h"

#include "src/core/text.h"

namespace emulator {

std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern,
                                                             std::string_view path) {
  const auto pattern_segments = core::split(pattern, '/');
  const auto path_segments = core::split(path, '/');
  if (pattern_segments.size() != path_segments.size()) return std::nullopt;
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < pattern_segments.size(); ++i) {
    if (!pattern_segments[i].starts_with('{')) {
      if (pattern_segments[i] != path_segments[i]) return std::nullopt;
      continue;
    }
    if (path_segments[i].empty()) return std::nullopt;
    values[pattern_segments[i].substr(1, pattern_segments[i].size() - 2)] = path_segments[i];
  }
  return values;
}

}  // namespace emulator
