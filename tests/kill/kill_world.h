#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/workspace.h"

namespace kill_test {

/// A copy that the configuration wants.
struct WantedCopy {
  std::string address;
  std::string cloud;
  std::string region;
  std::string name;
};

/// What is wrong with a world that should be whole.
struct Damage {
  int lost = 0;        ///< copies that are wanted and not there
  int orphans = 0;     ///< images and snapshots that no state holds
  int duplicates = 0;  ///< images beyond the one that is wanted
  int tainted = 0;
  int changes = 0;  ///< plans that would still change something
  std::vector<std::string> details;

  [[nodiscard]] bool any() const { return lost + orphans + duplicates + tainted + changes > 0; }
  Damage& operator+=(const Damage& more);
  [[nodiscard]] std::string to_string() const;
};

/// A folder whose configuration wants copies on all three clouds, some short, some longer.
class KillWorld {
 public:
  KillWorld();

  [[nodiscard]] acceptance::Workspace& workspace() { return workspace_; }

  /// Writes the configuration. Another `generation` changes names and tags in place.
  void want(int generation);

  /// Terraform writes its local state in place: killed in the middle of that, it leaves half a file, or an
  /// empty one, which it takes for no state. Puts its own backup in the place of such a file, as a user
  /// would.
  bool restore_torn_state();

  /// Compares clouds, state and configuration.
  Damage compare();

  /// Images and snapshots that a destroy has left.
  Damage compare_destroyed();

  /// The commands that import what an apply has asked about, as it printed them: on Baidu AI Cloud, where
  /// nothing tells whose an image is. Empty if it failed for anything else.
  static std::vector<std::vector<std::string>> asked_imports(const acceptance::Outcome& outcome);

 private:
  /// Those of the sources are left out.
  nlohmann::json copies();
  nlohmann::json snapshots();

  acceptance::Workspace workspace_;
  std::vector<WantedCopy> wanted_;
};

}  // namespace kill_test
