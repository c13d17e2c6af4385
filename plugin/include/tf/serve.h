#pragma once

#include <string>
#include <string_view>

#include "src/core/clock.h"
#include "src/core/log.h"
#include "tf/provider.h"

namespace tf::plugin {

/// The level that Terraform asks a provider's log for by `TF_LOG_PROVIDER` or `TF_LOG`; off if by neither.
core::LogLevel requested_log_level();

/// Serves the provider to the Terraform that started this process, until it asks for the end, SIGTERM comes,
/// or it is gone itself. Returns the exit code: 1, with the reason on stderr, if it cannot be served. To be
/// called before any thread is started.
int serve(std::string_view program, tf::Provider& provider, const core::Clock& clock, core::Logger& log);

/// Serves the provider of that address to every Terraform that is led to this process, one after the other or
/// at once, until SIGINT or SIGTERM. Prints how to lead one there. For debuggers and sanitizers: there is no
/// TLS, and all configurations share this one process, of which the newest counts. Returns as `serve` does,
/// and is called likewise.
int serve_for_debugging(std::string_view program, const std::string& address, tf::Provider& provider,
                        core::Logger& log);

/// For `main`: whether this process was started by Terraform at all.
bool started_by_terraform();

/// Makes a crash print `panic:` and the stack on stderr, which Terraform shows to its user
/// (PROTOCOL.md 1.8).
void report_crashes();

}  // namespace tf::plugin
