#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/emulator_process.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"
#include "tests/support/test_timeout.h"

namespace acceptance {

/// The result of a command. `text`: its standard output and standard error.
struct Outcome {
  int exit_code = -1;
  std::string text;

  [[nodiscard]] bool says(std::string_view expected) const;
};

/// The programs that a workspace runs in addition to Terraform.
struct Programs {
  std::string provider;                         ///< path
  std::vector<std::string> emulator_arguments;  ///< in addition to the usual ones
};

/// A cloud's object in the provider block.
struct CloudObject {
  std::string cloud;
  std::string region;
  std::vector<std::string> endpoints;  ///< the arguments that take a URL
};

/// One for each cloud.
const std::vector<CloudObject>& cloud_objects();

/// That of one cloud.
const CloudObject& cloud_object(const std::string& cloud);

/// The endpoints that lead the cloud's calls to the emulator at this URL, by argument.
nlohmann::json endpoints_at(const std::string& url, const CloudObject& object);

/// The same as lines of the object.
std::string endpoint_lines(const std::string& url, const CloudObject& object);

/// The provider of this build, and an emulator without additional arguments.
Programs usual_programs();

/// A folder with a configuration, a mirror that holds the provider, an emulator, and the real Terraform.
class Workspace {
 public:
  explicit Workspace(const nlohmann::json& seed, const Programs& programs = usual_programs());

  [[nodiscard]] EmulatorProcess& emulator() { return emulator_; }
  [[nodiscard]] const harness::TestFolder& folder() const { return folder_; }

  /// Puts a stand-in for a vendor's own provider, such as `aliyun/alicloud`, into the mirror, and declares it
  /// in every configuration that is written later.
  void install_stand_in(const std::string& name);

  /// Puts another provider, such as `example/note`, into the mirror.
  void install_provider(const std::string& name, const std::string& program) const;

  /// Writes the configuration: the provider block, followed by these blocks.
  void configure(const std::string& blocks);

  /// The same with another provider block.
  void configure(const std::string& provider, const std::string& blocks);

  /// A provider block with the emulator as the endpoint of every cloud, and with the arguments `more`.
  [[nodiscard]] std::string provider_block(const std::string& more = "") const;

  /// Runs terraform with these arguments to its end.
  Outcome run(std::vector<std::string> arguments);

  /// The same, but throws an exception with the output unless the exit code is 0. Returns the output.
  std::string must(std::vector<std::string> arguments);

  /// Starts terraform without waiting for its end.
  std::unique_ptr<harness::Subprocess> start(std::vector<std::string> arguments);
  /// Waits until the process ends. Throws after the timeout.
  static Outcome finish(harness::Subprocess& process, std::chrono::seconds timeout = harness::kTestTimeout);

  /// Starts the provider from the command line, in the same folder.
  std::unique_ptr<harness::Subprocess> start_provider(std::vector<std::string> arguments);

  /// Starts any program with terraform's environment in the given folder.
  std::unique_ptr<harness::Subprocess> start_program(const std::string& program,
                                                     std::vector<std::string> arguments,
                                                     const std::string& folder) const;

  /// All resources in the state, in the format of `terraform show -json`.
  nlohmann::json resources();

  /// The attributes of a resource in the state; null if it is not there.
  nlohmann::json attributes(const std::string& address);

  /// Whether the resource is tainted in the state.
  bool is_tainted(const std::string& address);

  /// The actions of a new plan for a resource: `["no-op"]`, `["update"]`, `["delete","create"]`, …
  nlohmann::json planned_actions(const std::string& address);

  /// Environment variables for later commands.
  void set_environment(const std::string& name, const std::string& value) { environment_[name] = value; }

 private:
  nlohmann::json state_resource(const std::string& address);
  void check_sanitizers() const;

  harness::TestFolder folder_;
  const std::string provider_;
  harness::Environment environment_;
  std::string more_providers_;
  EmulatorProcess emulator_;
};

}  // namespace acceptance
