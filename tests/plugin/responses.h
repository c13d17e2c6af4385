#pragma once

#include <string>
#include <string_view>

#include "tests/plugin/plugin_binaries.h"
#include "tests/plugin/plugin_client.h"
#include "tests/support/catch.h"

namespace harness {

/// Returns all diagnostics as text, one per line, for messages of tests.
template <typename Response>
std::string all_diagnostics(const Response& response) {
  std::string text;
  for (const tfplugin6::Diagnostic& diagnostic : response.diagnostics()) {
    text += diagnostic.summary() + ": " + diagnostic.detail() + "\n";
  }
  return text;
}

template <typename Response>
int count_errors(const Response& response) {
  int count = 0;
  for (const tfplugin6::Diagnostic& diagnostic : response.diagnostics()) {
    if (diagnostic.severity() == tfplugin6::Diagnostic::ERROR) ++count;
  }
  return count;
}

/// Fails the test if there is any diagnostic, including warnings.
template <typename Response>
void check_silent(const Response& response) {
  INFO(all_diagnostics(response));
  CHECK(response.diagnostics_size() == 0);
}

/// Fails the test if there is no error, or one with another summary.
template <typename Response>
void check_refused(const Response& response, std::string_view summary) {
  INFO(all_diagnostics(response));
  CHECK(count_errors(response) > 0);
  for (const tfplugin6::Diagnostic& diagnostic : response.diagnostics()) {
    if (diagnostic.severity() == tfplugin6::Diagnostic::ERROR) CHECK(diagnostic.summary() == summary);
  }
}

/// Returns the path of a diagnostic as text, such as `labels["team"]`.
std::string path_text(const tfplugin6::Diagnostic& diagnostic);

/// Calls a method and returns its response. Fails the test on a gRPC error, which no implemented call may
/// return.
template <typename Request, typename Response>
Response call_ok(PluginClient& client, Rpc<Request, Response> rpc, const Request& request = {}) {
  const CallResult<Response> result = client.call(rpc, request);
  INFO("gRPC status " << result.status.error_code() << " " << result.status.error_message());
  REQUIRE(result.status.ok());
  return result.response;
}

/// Shuts the plugin down, closes the connection and waits for the end, as Terraform does. Fails the test
/// unless the plugin responds, exits with 0 and removes its socket.
void end_plugin(PluginProcess& plugin, PluginClient& client);

}  // namespace harness
