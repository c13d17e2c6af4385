#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/emulator/alicloud/switches.h"
#include "tests/emulator/baiducloud/switches.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/huaweicloud/switches.h"

namespace emulator {

/// Behaviors that the vendors' documentation leaves open or calls rare, with their most likely defaults.
/// Those of one cloud have its name as a prefix, as in `alicloud_image_quota`. See `describe_switches` for
/// their meanings.
struct Switches {
  Duration clock_skew{0};
  int calls_per_minute = 0;
  int hidden_reads = 0;
  int lingering_reads = 0;
  bool finish_on_cancel = false;
  std::string instance_role;

  alicloud::Switches alicloud;
  baiducloud::Switches baiducloud;
  huaweicloud::Switches huaweicloud;
};

/// Sets a switch to a JSON value of its type, or to text such as `true`, `5` or `3s`. The error for an
/// unknown name lists the existing ones.
std::expected<void, std::string> set_switch(Switches& switches, std::string_view name,
                                            const nlohmann::json& value);

nlohmann::json to_json(Switches switches);

/// The name, default and meaning of each switch, for `--help`.
std::string describe_switches();

}  // namespace emulator
