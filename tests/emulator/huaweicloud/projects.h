#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/world.h"

/// In every region, every account has a project with the name of the region, and the seeded projects
/// (huaweicloud/API.md 1.3).
namespace emulator::huaweicloud {

struct OwnedProject {
  std::string id;
  std::string name;
  std::string region;
};

std::vector<OwnedProject> projects_of(const World& world, const std::string& account);

/// Finds a project by ID or by name.
std::optional<OwnedProject> find_project(const World& world, const std::string& account,
                                         const std::string& id_or_name);

/// Returns a project ID of 32 hexadecimal digits, which depends only on the account and the project's name
/// (huaweicloud/API.md 1.3).
std::string project_id_of(std::string_view account, std::string_view project_name);

/// Returns the ID of an account.
std::string domain_id_of(const std::string& account);

}  // namespace emulator::huaweicloud
