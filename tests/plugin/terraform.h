#pragma once

#include <string>
#include <vector>

#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

namespace harness {

struct TerraformRun {
  int code = -1;       ///< of Terraform; -1 if it did not end by itself
  std::string output;  ///< stdout and stderr, one after the other
  bool left_processes = false;
};

/// A working folder in which the real Terraform, or OpenTofu, uses the sample provider.
class Terraform {
 public:
  /// `environment`: for every command, beside what it needs anyway.
  explicit Terraform(Environment environment = {});

  /// Replaces the configuration; the block that names the provider is put before it.
  void configure(const std::string& resources) const;

  /// A file beside the configuration.
  void write_file(const std::string& name, const std::string& text) const { folder_.write_file(name, text); }

  /// Throws if neither program is on the path.
  [[nodiscard]] TerraformRun run(const std::vector<std::string>& arguments) const;

  /// The log of all commands, if the environment has `TF_LOG`.
  [[nodiscard]] std::string log() const;

  /// Sockets that are still in the temporary folder.
  [[nodiscard]] std::vector<std::string> sockets() const { return folder_.sockets(); }

 private:
  TestFolder folder_;
  Environment environment_;
};

}  // namespace harness
