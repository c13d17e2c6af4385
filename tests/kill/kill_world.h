#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/workspace.h"

namespace kill_test {

/// A copy in the configuration.
struct ConfiguredCopy {
  std::string address;
  std::string cloud;
  std::string region;
  std::string name;
};

/// The differences between clouds, state and configuration.
struct Damage {
  int lost = 0;        ///< copies in the configuration that do not exist
  int orphans = 0;     ///< images and snapshots that are not in the state
  int duplicates = 0;  ///< additional images of one copy
  int tainted = 0;
  int changes = 0;  ///< plans that would still change something
  std::vector<std::string> details;

  [[nodiscard]] bool any() const { return lost + orphans + duplicates + tainted + changes > 0; }
  Damage& operator+=(const Damage& more);
  [[nodiscard]] std::string to_string() const;
};

/// A workspace with copies on all three clouds that take different times.
class KillWorld {
 public:
  KillWorld();

  [[nodiscard]] acceptance::Workspace& workspace() { return workspace_; }

  /// Writes the configuration. Another `generation` changes names and tags in place.
  void configure(int generation);

  /// Terraform writes its local state in place. If it is killed meanwhile, it leaves a truncated file, and
  /// takes an empty one for no state. Replaces such a file by Terraform's backup, as a user would, and
  /// returns whether there was one.
  bool restore_torn_state();

  /// Compares clouds, state and configuration.
  Damage compare();

  /// Finds images and snapshots that a destroy has left.
  Damage compare_destroyed();

  /// The import commands in the errors of an apply about copies on clouds that do not identify copies. Empty
  /// if the apply has other errors.
  static std::vector<std::vector<std::string>> suggested_imports(const acceptance::Outcome& outcome);

 private:
  /// Without the source images and their snapshots.
  nlohmann::json copies();
  nlohmann::json snapshots();

  acceptance::Workspace workspace_;
  std::vector<ConfiguredCopy> configured_;
};

}  // namespace kill_test
