#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/emulator/world.h"

/// Every account has in every region a project of the region's name, and the seeded ones
/// (huaweicloud/API.md 1.3).
namespace emulator::huaweicloud {

struct OwnedProject {
  std::string id;
  std::string name;
  std::string region;
};

std::vector<OwnedProject> projects_of(const World& world, const std::string& account);

/// By id or by name.
std::optional<OwnedProject> find_project(const World& world, const std::string& account,
                                         const std::string& id_or_name);

/// The id of an account itself.
std::string domain_id_of(const std::string& account);

}  // namespace emulator::huaweicloud
