#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How Terraform launches a plugin: it sets environment variables and reads one line from stdout
/// (PROTOCOL.md 1.2 to 1.6).
namespace tf::plugin {

/// The only major version of the protocol that this process serves.
inline constexpr int kProtocolVersion = 6;

/// Returns the value of an environment variable, or nullopt if it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// The environment of this process. Empty variables count as not set.
std::optional<std::string> process_environment(const char* name);

struct LaunchSettings {
  bool started_by_terraform = false;        ///< the magic cookie is correct
  std::vector<int> offered_versions;        ///< major versions that the client supports; empty: unspecified
  std::string client_certificate;           ///< PEM; empty: the client expects plaintext
  std::optional<std::string> socket_group;  ///< group that may connect, by number or by name in /etc/group

  /// Returns whether the client supports `kProtocolVersion`, or did not say what it supports.
  [[nodiscard]] bool supports_protocol() const;
};

LaunchSettings read_launch_settings(const Environment& environment);

/// Returns an unused path for the socket in `PLUGIN_UNIX_SOCKET_DIR`, else `TMPDIR`, else `/tmp`
/// (PROTOCOL.md 1.6). The error says which directory cannot be used and why.
std::expected<std::string, std::string> choose_socket_path(const Environment& environment);

/// Allows the group to connect as well. The error says why that failed.
std::expected<void, std::string> share_socket(const std::string& path, const std::string& group);

/// The line that shows the client where to connect (PROTOCOL.md 1.4), with its line feed. `certificate` is
/// the server's DER certificate in unpadded Base64, empty for plaintext.
std::string handshake_line(std::string_view socket_path, std::string_view certificate);

/// The shell assignment of `TF_REATTACH_PROVIDERS` that attaches Terraform to this process (PROTOCOL.md 4),
/// with its line feed. `address` is the provider's, such as `registry.terraform.io/a/b`.
std::string reattach_line(const std::string& address, int process_id, const std::string& socket_path);

}  // namespace tf::plugin
