#include "tests/emulator/huaweicloud/projects.h"

#include <algorithm>

#include "src/core/digest.h"

namespace emulator::huaweicloud {

std::vector<OwnedProject> projects_of(const World& world, const std::string& account) {
  std::vector<OwnedProject> projects;
  for (const std::string& region : world.data().regions.at(Cloud::huaweicloud)) {
    projects.push_back({.id = project_id_of(account, region), .name = region, .region = region});
  }
  for (const Project& project : world.data().projects) {
    projects.push_back(
        {.id = project_id_of(account, project.name), .name = project.name, .region = project.region});
  }
  return projects;
}

std::optional<OwnedProject> find_project(const World& world, const std::string& account,
                                         const std::string& id_or_name) {
  const auto projects = projects_of(world, account);
  const auto found = std::ranges::find_if(projects, [&](const OwnedProject& project) {
    return project.id == id_or_name || project.name == id_or_name;
  });
  if (found == projects.end()) return std::nullopt;
  return *found;
}

std::string project_id_of(std::string_view account, std::string_view project_name) {
  return core::sha256_hex(std::string(account) + "/" + std::string(project_name)).substr(0, 32);
}

std::string domain_id_of(const std::string& account) {
  return project_id_of(account, "domain");
}

}  // namespace emulator::huaweicloud
