#pragma once

#include <string>
#include <string_view>

#include "src/core/clock.h"
#include "src/core/log.h"
#include "tf/provider.h"

namespace tf::plugin {

/// The log level set by `TF_LOG_PROVIDER`, else by `TF_LOG`. Off if neither is set, and `trace` for any value
/// that is not a level, as in Terraform (PROTOCOL.md 1.8).
core::LogLevel requested_log_level();

/// Serves the provider to the Terraform that started this process, until Terraform shuts it down or
/// disappears, or the process receives SIGTERM (PROTOCOL.md 1 and 3). Returns the exit code: 0, or 1 with the
/// reason on stderr if the provider cannot be served. Must be called before any thread starts.
int serve(std::string_view program, tf::Provider& provider, const core::Clock& clock, core::Logger& log);

/// Serves the provider to every Terraform that is attached to this process, until SIGINT or SIGTERM, and
/// prints the `TF_REATTACH_PROVIDERS` that attaches one (PROTOCOL.md 4). `address` is the provider's, such as
/// `imagecopy/image`. For debuggers and sanitizers: there is no TLS, and all runs share this process and its
/// newest configuration. Exit code and threads as for `serve`.
int serve_for_debugging(std::string_view program, const std::string& address, tf::Provider& provider,
                        core::Logger& log);

/// Returns whether Terraform started this process: whether the environment has the magic cookie
/// (PROTOCOL.md 1.2).
bool started_by_terraform();

/// Installs signal handlers that print `panic:` and the stack to stderr on a crash, so that Terraform shows
/// them to its user (PROTOCOL.md 1.8).
void report_crashes();

}  // namespace tf::plugin
