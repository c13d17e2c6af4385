#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "tests/emulator/durations.h"

namespace emulator {

/// A switch: its name, where its value is, and what it means.
struct SwitchEntry {
  std::string name;
  std::variant<bool*, int*, Duration*, std::string*> value;
  std::string_view meaning;
};

inline SwitchEntry entry(std::string name, std::variant<bool*, int*, Duration*, std::string*> value,
                         std::string_view meaning) {
  return {.name = std::move(name), .value = value, .meaning = meaning};
}

}  // namespace emulator
