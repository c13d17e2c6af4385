#include "tests/plugin/plugin_process.h"

#include <stdexcept>

namespace harness {
namespace {

Command launch_command(const Launch& launch, const TestFolder& folder,
                       const std::optional<ClientIdentity>& identity) {
  Command command{.program = launch.binary,
                  .arguments = {},
                  .environment = terraform_environment(folder, identity),
                  .folder = folder.path(),
                  .input = launch.input,
                  .given_input = launch.given_input};
  for (const auto& [name, value] : launch.environment) command.environment[name] = value;
  return command;
}

}  // namespace

Environment terraform_environment(const TestFolder& folder, const std::optional<ClientIdentity>& identity) {
  Environment environment = {
      {"TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"},
      {"PLUGIN_PROTOCOL_VERSIONS", "5,6"},
      {"PLUGIN_MIN_PORT", "10000"},
      {"PLUGIN_MAX_PORT", "25000"},
      {"TMPDIR", folder.path()},
  };
  if (identity) environment["PLUGIN_CLIENT_CERT"] = identity->certificate_pem;
  return environment;
}

PluginProcess::PluginProcess(const Launch& launch)
    : identity_(launch.tls ? std::optional(create_client_identity()) : std::nullopt),
      process_(launch_command(launch, folder_, identity_)),
      handshake_(wait_for_handshake(process_)) {}

Handshake wait_for_handshake(const Subprocess& process) {
  process.output().wait_until([](std::string_view text) { return text.contains('\n'); });
  const std::string text = process.output().text();
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) {
    throw std::runtime_error("no handshake line, but: " + text + process.errors().text());
  }
  const auto handshake = parse_handshake(std::string_view(text).substr(0, end));
  if (!handshake) throw std::runtime_error(handshake.error());
  return *handshake;
}

}  // namespace harness
