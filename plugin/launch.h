#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How Terraform starts a plugin: environment in, one line on stdout out (PROTOCOL.md 1.2 to 1.6).
namespace tf::plugin {

/// The only protocol major that this process serves.
inline constexpr int kProtocolVersion = 6;

using Environment = std::function<std::optional<std::string>(const char* name)>;

/// The environment of this process; empty variables count as absent.
std::optional<std::string> process_environment(const char* name);

struct LaunchSettings {
  bool started_by_terraform = false;        ///< the magic cookie is right
  std::vector<int> offered_versions;        ///< protocol majors of the client; empty if it did not say
  std::string client_certificate;           ///< PEM; empty: plaintext is expected
  std::optional<std::string> socket_group;  ///< number, or name in /etc/group, of the group that may connect

  /// True if the client can speak to this process.
  [[nodiscard]] bool speaks_our_protocol() const;
};

LaunchSettings read_launch_settings(const Environment& environment);

/// A fresh path for the socket, in the folder that the client or the system names. The error says which
/// folder cannot be used and why.
std::expected<std::string, std::string> choose_socket_path(const Environment& environment);

/// Lets the group connect too. The error says why that is impossible.
std::expected<void, std::string> share_socket(const std::string& path, const std::string& group);

/// The line that tells the client where to connect, with its line feed. `certificate`: unpadded Base64 of the
/// server's DER certificate, empty for plaintext.
std::string handshake_line(std::string_view socket_path, std::string_view certificate);

/// What a shell takes to lead a Terraform to this process (PROTOCOL.md 4), with its line feed: the
/// assignment of `TF_REATTACH_PROVIDERS`. `address`: of the provider, such as `registry.terraform.io/a/b`.
std::string reattach_line(const std::string& address, int process_id, const std::string& socket_path);

}  // namespace tf::plugin
