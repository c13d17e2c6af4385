#pragma once

#include <string>
#include <vector>

#include "tests/acceptance/workspace.h"

namespace bench {

/// The limit of Terraform's `range`.
inline constexpr int kMaxCopies = 1024;

/// Terraform itself takes minutes for a thousand resources, of which it processes ten at a time by default.
inline constexpr std::chrono::minutes kTerraformTimeout{60};

/// What is measured, and how.
struct Setting {
  std::string provider;                         ///< path
  std::string latency = "50ms";                 ///< of each call to the emulator
  int starts = 50;                              ///< of which the median is reported
  std::vector<int> waiting = {10, 1000};        ///< creates that wait at once, in one apply
  std::vector<int> sizes = {1, 10, 100, 1000};  ///< copies in one configuration
  int refreshes = 3;           ///< plans without changes of each size, of which the median counts
  int simulated_copies = 100;  ///< simulated copies that are waited for at once
};

/// Sets the minimum with which everything can be measured.
void make_quick(Setting& setting);

/// The provider that is measured, and an emulator with the latency and without a limit on concurrent copies.
acceptance::Programs programs(const Setting& setting);

/// One source image, whose copies take `copy_duration`.
nlohmann::json seed(const std::string& copy_duration);

/// Writes a configuration with `count` copies to one region.
void configure_copies(acceptance::Workspace& workspace, int count);

/// Writes a configuration with `count` resources `terraform_data`, which need neither a provider nor calls.
void configure_terraform_data(acceptance::Workspace& workspace, int count);

/// Whether the provider has the argument `max_concurrent_copies`.
bool limits_copies();

/// Prints progress to stderr.
void say(const std::string& what);

}  // namespace bench
