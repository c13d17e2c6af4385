#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>

#include "tests/plugin/waiting_calls.h"

using namespace harness;
using Stub = PluginClient::Stub;

namespace {

/// A plugin whose parent is a shell of the test, so that the parent can be killed.
class Orphan {
 public:
  explicit Orphan(const std::string& binary)
      : identity_(create_client_identity()), parent_(parent_command(binary)) {
    // The test becomes the parent of orphans, so that it can see how they end.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    handshake_ = wait_for_handshake(parent_);
    parent_.errors().wait_until([](std::string_view text) { return text.contains(" is the plugin\n"); });
    plugin_ = static_cast<pid_t>(std::stol(parent_.errors().text()));
  }
  Orphan(const Orphan&) = delete;
  Orphan& operator=(const Orphan&) = delete;
  ~Orphan() {
    if (plugin_ > 0) kill(plugin_, SIGKILL);
  }

  [[nodiscard]] const Handshake& handshake() const { return handshake_; }
  [[nodiscard]] const std::optional<ClientIdentity>& identity() const { return identity_; }
  [[nodiscard]] const TestFolder& folder() const { return folder_; }

  /// Kills the parent and waits for the plugin to end by itself. Returns its exit code, or nullopt if it does
  /// not.
  std::optional<int> exit_code_without_parent() {
    parent_.send(SIGKILL);
    // The plugin inherits the shell's outputs, so this waits for both.
    if (parent_.wait() != killed_by(SIGKILL)) return std::nullopt;
    int status = 0;
    if (waitpid(std::exchange(plugin_, -1), &status, 0) < 0 || !WIFEXITED(status)) return std::nullopt;
    return WEXITSTATUS(status);
  }

 private:
  [[nodiscard]] Command parent_command(const std::string& binary) const {
    return {.program = "/bin/sh",
            .arguments = {"-c", R"("$0" & echo "$! is the plugin" >&2; wait)", binary},
            .environment = terraform_environment(folder_, identity_)};
  }

  TestFolder folder_;
  std::optional<ClientIdentity> identity_;
  Subprocess parent_;
  Handshake handshake_;
  pid_t plugin_ = -1;
};

/// Checks that calls stopped at the end of the process returned the state that they knew.
void check_all_returned(const std::vector<AppliedThing>& results) {
  for (const AppliedThing& result : results) {
    CAPTURE(result.status.error_message());
    CHECK(result.status.ok());
    CHECK(result.response.private_() == "stopped");
  }
}

void check_gone(PluginProcess& plugin) {
  const ProcessEnd end = plugin.process().wait();
  CAPTURE(plugin.process().errors().text());
  CHECK(end == exited(0));
  CHECK(plugin.folder().sockets().empty());
}

}  // namespace

TEST_CASE("12.22 Shutdown while idle returns and ends the process", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  CHECK(client.shut_down().ok());
  client.close();
  check_gone(plugin);
}

TEST_CASE("12.22 Shutdown ends a plugin that received no other call", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary, .tls = false});
  auto channel = open_channel(plugin.handshake(), std::nullopt);
  CHECK(call_raw(channel, "/plugin.GRPCController/Shutdown", "").status.ok());
  channel.reset();
  check_gone(plugin);
}

TEST_CASE("12.23 Shutdown during running calls lets them return what they know") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  WaitingCalls calls(plugin, client, 10);
  CHECK(client.shut_down().ok());
  check_all_returned(calls.results());
  check_gone(plugin);
}

TEST_CASE("12.23 Shutdown does not wait for a call that never returns") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  WaitingCalls stubborn(plugin, client, 2, "create:wait_forever");
  CHECK(client.shut_down().ok());
  check_gone(plugin);
  for (const AppliedThing& result : stubborn.results()) CHECK_FALSE(result.status.ok());
}

TEST_CASE("a second Shutdown changes nothing") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  // Keeps the plugin from ending before the second Shutdown arrives.
  const WaitingCalls stubborn(plugin, client, 1, "create:wait_forever");
  CHECK(client.shut_down().ok());
  CHECK(client.shut_down().ok());
  check_gone(plugin);
}

TEST_CASE("SIGTERM ends an idle plugin", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetProviderSchema).status.ok());
  plugin.process().send(SIGTERM);
  check_gone(plugin);
}

TEST_CASE("SIGTERM lets running calls return first, and every response arrives") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  WaitingCalls calls(plugin, client, 20);
  plugin.process().send(SIGTERM);
  check_all_returned(calls.results());
  check_gone(plugin);
}

TEST_CASE("SIGTERM does not wait for a call that never returns") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const WaitingCalls stubborn(plugin, client, 1, "create:wait_forever");
  plugin.process().send(SIGTERM);
  check_gone(plugin);
}

TEST_CASE("SIGINT and SIGPIPE do not end a plugin, nor the calls that run in it") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  WaitingCalls calls(plugin, client, 1);
  for (const int signal : {SIGINT, SIGINT, SIGPIPE}) {
    plugin.process().send(signal);
    CHECK(client.call(&Stub::GetMetadata).status.ok());
  }
  CHECK(calls.running() == 1);
  call_ok(client, &Stub::StopProvider);
  check_all_returned(calls.results());
  end_plugin(plugin, client);
}

TEST_CASE("3.4 SIGINT does not end a plugin", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  plugin.process().send(SIGINT);
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetProviderSchema).status.ok());
  end_plugin(plugin, client);
}

TEST_CASE("12.28 a plugin whose parent was killed ends by itself, connected or not", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  SECTION("connected") {
    Orphan orphan(binary);
    PluginClient client(orphan.handshake(), orphan.identity());
    CHECK(client.call(&Stub::GetProviderSchema).status.ok());
    CHECK(orphan.exit_code_without_parent() == 0);
    CHECK(orphan.folder().sockets().empty());
  }
  SECTION("never connected to") {
    Orphan orphan(binary);
    CHECK(orphan.folder().sockets().size() == 1);
    CHECK(orphan.exit_code_without_parent() == 0);
    CHECK(orphan.folder().sockets().empty());
  }
}

TEST_CASE("12.28 a plugin whose parent ended before the handshake does not stay", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  Pipe output = open_pipe();
  output.read_end.close();
  Subprocess process({.program = binary,
                      .arguments = {},
                      .environment = terraform_environment(folder, std::nullopt),
                      .given_output = output.write_end.number()});
  CHECK(process.wait() == exited(1));
  CHECK_FALSE(process.errors().text().empty());
  CHECK(folder.sockets().empty());
}
