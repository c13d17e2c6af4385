#include "tests/emulator/switches.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "src/core/text.h"
#include "tests/emulator/number_text.h"
#include "tests/emulator/profile.h"

namespace emulator {
namespace {

using nlohmann::json;

std::vector<SwitchEntry> common_entries(Switches& switches) {
  return {
      entry("clock_skew", &switches.clock_skew, "offset of the clouds' clock for signatures from real time"),
      entry("calls_per_minute", &switches.calls_per_minute,
            "calls per minute with one key, action and region before throttling; 0: no limit"),
      entry("hidden_reads", &switches.hidden_reads,
            "number of reads after a copy call that do not return its image yet"),
      entry("lingering_reads", &switches.lingering_reads,
            "number of reads after a cancellation or deletion that still return the image"),
      entry("finish_on_cancel", &switches.finish_on_cancel, "a copy finishes just before it is canceled"),
      entry("instance_role", &switches.instance_role,
            "role whose credentials the metadata service returns; empty: none"),
  };
}

/// The switches of all clouds.
std::vector<SwitchEntry> entries_of(Switches& switches) {
  std::vector<SwitchEntry> entries = common_entries(switches);
  for (const Cloud cloud : kClouds) {
    for (SwitchEntry& own : profile_of(cloud).switches(switches)) {
      own.name = std::string(name_of(cloud)) + "_" + own.name;
      entries.push_back(std::move(own));
    }
  }
  return entries;
}

std::optional<bool> as_bool(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

std::optional<int> as_int(const json& value) {
  if (value.is_string()) return parse_number(value.get<std::string>());
  if (value.is_number_integer()) return parse_number(value.dump());
  return std::nullopt;
}

/// Assigns the value if it has the member's type. Otherwise, returns a description of valid values.
struct Assign {
  const json& value;

  std::string_view operator()(bool* target) const {
    const auto parsed = as_bool(value);
    if (!parsed) return "true or false";
    *target = *parsed;
    return "";
  }
  std::string_view operator()(int* target) const {
    const auto parsed = as_int(value);
    if (!parsed) return "a whole number, zero or more";
    *target = *parsed;
    return "";
  }
  std::string_view operator()(Duration* target) const {
    const auto parsed = value.is_string() ? parse_span(value.get<std::string>()) : std::nullopt;
    if (!parsed) return "a duration such as 90s or -20m";
    *target = *parsed;
    return "";
  }
  std::string_view operator()(std::string* target) const {
    if (!value.is_string()) return "text";
    *target = value.get<std::string>();
    return "";
  }
};

struct Read {
  json operator()(const bool* source) const { return *source; }
  json operator()(const int* source) const { return *source; }
  json operator()(const Duration* source) const { return format_span(*source); }
  json operator()(const std::string* source) const { return *source; }
};

}  // namespace

std::expected<void, std::string> set_switch(Switches& switches, std::string_view name, const json& value) {
  const std::vector<SwitchEntry> entries = entries_of(switches);
  const auto found = std::ranges::find(entries, name, &SwitchEntry::name);
  if (found == entries.end()) {
    std::vector<std::string> names;
    for (const SwitchEntry& known : entries) names.push_back(known.name);
    return std::unexpected("there is no switch \"" + std::string(name) + "\"; the switches are " +
                           core::join(names, ", "));
  }
  const std::string_view expected = std::visit(Assign{.value = value}, found->value);
  if (expected.empty()) return {};
  return std::unexpected("switch \"" + std::string(name) + "\" must be " + std::string(expected) + ", not " +
                         value.dump());
}

json to_json(Switches switches) {
  json values;
  for (const SwitchEntry& each : entries_of(switches)) values[each.name] = std::visit(Read(), each.value);
  return values;
}

std::string describe_switches() {
  Switches defaults;
  std::string lines;
  for (const SwitchEntry& each : entries_of(defaults)) {
    const json value = std::visit(Read(), each.value);
    lines += "  " + each.name + "=" + (value.is_string() ? value.get<std::string>() : value.dump()) +
             "\n      " + std::string(each.meaning) + "\n";
  }
  return lines;
}

}  // namespace emulator
