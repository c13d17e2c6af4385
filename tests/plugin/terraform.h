#pragma once

#include <string>
#include <vector>

#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

namespace harness {

struct TerraformRun {
  int code = -1;       ///< exit code of Terraform; -1 if it was ended by a signal
  std::string output;  ///< stdout followed by stderr
  bool left_processes = false;
};

/// A working folder in which Terraform or OpenTofu uses the sample provider.
class Terraform {
 public:
  /// `environment` is added to the environment of every command.
  explicit Terraform(Environment environment = {});

  /// Replaces the configuration. The block that requires the provider is added.
  void configure(const std::string& resources) const;

  /// Writes a file into the folder of the configuration.
  void write_file(const std::string& name, const std::string& text) const { folder_.write_file(name, text); }

  /// Runs a command. Throws if neither program is on PATH.
  [[nodiscard]] TerraformRun run(const std::vector<std::string>& arguments) const;

  /// The log of all commands, if `TF_LOG` is set.
  [[nodiscard]] std::string log() const;

  /// The sockets that are left in the temporary folder.
  [[nodiscard]] std::vector<std::string> sockets() const { return folder_.sockets(); }

 private:
  TestFolder folder_;
  Environment environment_;
};

}  // namespace harness
