#pragma once

#include <string>
#include <string_view>

#include "tests/plugin/plugin_binaries.h"
#include "tests/plugin/plugin_client.h"
#include "tests/support/catch.h"

namespace harness {

/// All diagnostics as text, one a line: for messages of tests.
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

/// The test fails if there is any diagnostic, a warning included.
template <typename Response>
void check_silent(const Response& response) {
  INFO(all_diagnostics(response));
  CHECK(response.diagnostics_size() == 0);
}

/// The test fails if there are no errors, or other ones than of this summary.
template <typename Response>
void check_refused(const Response& response, std::string_view summary) {
  INFO(all_diagnostics(response));
  CHECK(count_errors(response) > 0);
  for (const tfplugin6::Diagnostic& diagnostic : response.diagnostics()) {
    if (diagnostic.severity() == tfplugin6::Diagnostic::ERROR) CHECK(diagnostic.summary() == summary);
  }
}

/// The path of a diagnostic, written like `labels["team"]`.
std::string path_text(const tfplugin6::Diagnostic& diagnostic);

/// The answer to a call; the test fails if it is a gRPC error, which no implemented call may end with.
template <typename Request, typename Response>
Response answered(PluginClient& client, Rpc<Request, Response> rpc, const Request& request = {}) {
  const Answer<Response> answer = client.call(rpc, request);
  INFO("gRPC status " << answer.status.error_code() << " " << answer.status.error_message());
  REQUIRE(answer.status.ok());
  return answer.response;
}

/// Asks the plugin to end, closes the connection and waits, as Terraform does; the test fails unless the
/// plugin answers, ends well and leaves no socket.
void end_plugin(PluginProcess& plugin, PluginClient& client);

}  // namespace harness
