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
  Environment environment;  ///< beside what Terraform itself sets, or in place of it
  StandardInput input = StandardInput::empty;
  int given_input = -1;
};

/// What Terraform sets for every plugin; without TLS if there is no client certificate.
Environment terraform_environment(const TestFolder& folder, const std::optional<ClientIdentity>& identity);

/// A plugin started as Terraform does it, with a temporary folder of its own, up to its handshake line.
class PluginProcess {
 public:
  /// Throws if the plugin does not shake hands.
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

/// Waits for the handshake line of a plugin. Throws, with what it said instead, if none comes.
Handshake wait_for_handshake(const Subprocess& process);

}  // namespace harness
