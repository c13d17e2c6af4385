#pragma once

#include <string>
#include <vector>

#include "tests/acceptance/workspace.h"

namespace bench {

/// Terraform's `range` gives no more numbers.
inline constexpr int kMaxCopies = 1024;

/// Terraform itself takes minutes for a thousand resources, and by default works on ten at a time.
inline constexpr std::chrono::minutes kPatience{60};

/// What is measured, and with what.
struct Setting {
  std::string provider;                         ///< path
  std::string latency = "50ms";                 ///< of each call to the emulator
  int starts = 50;                              ///< of which the median counts
  std::vector<int> waiting = {10, 1000};        ///< creates that wait at once, in one apply
  std::vector<int> sizes = {1, 10, 100, 1000};  ///< copies in one configuration
  int looks = 3;       ///< plans without changes of each size, of which the median counts
  int together = 100;  ///< simulated copies that are waited for at once
};

/// As little as shows that everything can be measured.
void make_quick(Setting& setting);

/// The provider that is measured, and an emulator that answers after the latency and runs as many copies at
/// once as it is asked for.
acceptance::Programs programs(const Setting& setting);

/// One source image, whose copies take so long.
nlohmann::json seed(const std::string& copy_duration);

/// Writes a configuration of so many copies to one region.
void configure_copies(acceptance::Workspace& workspace, int count);

/// Likewise of as many `terraform_data`, which need no provider, and no call.
void configure_terraform_data(acceptance::Workspace& workspace, int count);

/// Whether the provider itself keeps copies waiting for their turn, more than `max_concurrent_copies` of
/// them.
bool limits_copies();

/// For whoever reads stderr while it is measured.
void say(const std::string& what);

}  // namespace bench
