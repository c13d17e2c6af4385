// Sanitizers have crash reports of their own.
#ifndef __SANITIZE_ADDRESS__

#include <csignal>

#include "tests/plugin/responses.h"

using namespace harness;
using Stub = PluginClient::Stub;

TEST_CASE("12.74 a fatal signal is reported in the form that Terraform shows, and ends the process",
          "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    CAPTURE(signal);
    PluginProcess plugin({.binary = binary});
    PluginClient client(plugin);
    CHECK(client.call(&Stub::GetProviderSchema).status.ok());
    plugin.process().send(signal);
    CHECK(plugin.process().wait() == killed_by(signal));
    const std::string report = plugin.process().errors().text();
    CAPTURE(report);
    CHECK(report.starts_with("panic: "));
    // The stack has one line per frame, each with its address.
    CHECK(std::ranges::count(report, '\n') > 3);
    CHECK(report.find("[0x") != std::string::npos);
  }
}

#endif
