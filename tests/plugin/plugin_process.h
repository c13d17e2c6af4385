#pragma once

#include <optional>
#include <string>

#include "tests/plugin/certificates.h"
#include "tests/plugin/handshake.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

namespace harness {

struct Launch {
  std::string binary;
  bool tls = true;
  Environment environment;  ///< added to what Terraform sets, or overriding it
  StandardInput input = StandardInput::empty;
  int given_input = -1;
};

/// The environment that Terraform sets for a plugin. Without an identity, there is no TLS.
Environment terraform_environment(const TestFolder& folder, const std::optional<ClientIdentity>& identity);

/// A plugin started as Terraform does, with its own temporary folder. Waits for the handshake line.
class PluginProcess {
 public:
  /// Throws if the plugin prints no handshake line.
  explicit PluginProcess(const Launch& launch);

  [[nodiscard]] const TestFolder& folder() const { return folder_; }
  [[nodiscard]] const std::optional<ClientIdentity>& identity() const { return identity_; }
  [[nodiscard]] const Handshake& handshake() const { return handshake_; }
  [[nodiscard]] Subprocess& process() { return process_; }

 private:
  TestFolder folder_;
  std::optional<ClientIdentity> identity_;
  Subprocess process_;
  Handshake handshake_;
};

/// Waits for the handshake line of a plugin. Throws an error with its output if there is none.
Handshake wait_for_handshake(const Subprocess& process);

}  // namespace harness
