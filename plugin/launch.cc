#include "plugin/launch.h"

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "src/core/environment.h"
#include "src/core/file.h"
#include "src/core/random.h"
#include "src/core/text.h"

namespace tf::plugin {
namespace {

constexpr std::string_view kMagicCookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// Without the terminating zero.
constexpr std::size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;

std::optional<unsigned> parse_number(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Returns what is wrong with the path, as the end of a sentence; empty if it is valid.
std::string path_problem(const std::string& path) {
  if (path.size() > kMaxSocketPath) {
    return "is too long for a socket: it has " + std::to_string(path.size()) + " bytes, and the limit is " +
           std::to_string(kMaxSocketPath);
  }
  if (path.find_first_of("|\r\n") != std::string::npos) {
    return "contains a character that is not allowed in the handshake line";
  }
  return "";
}

std::expected<void, std::string> check_folder(const std::string& folder) {
  struct stat status{};
  if (stat(folder.c_str(), &status) != 0) return std::unexpected(folder + ": " + std::strerror(errno));
  if (!S_ISDIR(status.st_mode)) return std::unexpected(folder + " is not a directory");
  if (access(folder.c_str(), W_OK | X_OK) != 0) return std::unexpected(folder + ": " + std::strerror(errno));
  return {};
}

/// Terraform reads groups from this file too. Other sources of groups are modules of the C library, which
/// crash a static program that loads them.
constexpr const char* kGroups = "/etc/group";

std::expected<gid_t, std::string> group_id(const std::string& group) {
  if (const auto number = parse_number(group)) return *number;
  for (const std::string& line : core::split(core::read_file(kGroups).value_or(""), '\n')) {
    const std::vector<std::string> fields = core::split(line, ':');  // name, password, number, members
    if (fields.size() != 4 || fields[0] != group) continue;
    if (const auto number = parse_number(fields[2])) return *number;
  }
  return std::unexpected("there is no group \"" + group + "\" in " + kGroups);
}

}  // namespace

std::optional<std::string> process_environment(const char* name) {
  std::string value = core::environment(name);
  if (value.empty()) return std::nullopt;
  return value;
}

bool LaunchSettings::supports_protocol() const {
  return offered_versions.empty() ||
         std::ranges::find(offered_versions, kProtocolVersion) != offered_versions.end();
}

LaunchSettings read_launch_settings(const Environment& environment) {
  LaunchSettings settings;
  settings.started_by_terraform = environment("TF_PLUGIN_MAGIC_COOKIE") == kMagicCookie;
  settings.client_certificate = environment("PLUGIN_CLIENT_CERT").value_or("");
  settings.socket_group = environment("PLUGIN_UNIX_SOCKET_GROUP");
  for (const std::string& word : core::split(environment("PLUGIN_PROTOCOL_VERSIONS").value_or(""), ',')) {
    if (const auto version = parse_number(core::trim(word))) {
      settings.offered_versions.push_back(static_cast<int>(*version));
    }
  }
  return settings;
}

std::expected<std::string, std::string> choose_socket_path(const Environment& environment) {
  const std::string name = "/plugin-" + core::random_uuid();
  const auto required_folder = environment("PLUGIN_UNIX_SOCKET_DIR");
  std::string folder =
      std::filesystem::absolute(required_folder.value_or(environment("TMPDIR").value_or("/tmp")));
  if (const std::string problem = path_problem(folder + name); !problem.empty()) {
    if (required_folder)
      return std::unexpected("the path " + folder + name + " in PLUGIN_UNIX_SOCKET_DIR " + problem);
    folder = "/tmp";
  }
  if (auto usable = check_folder(folder); !usable) {
    return std::unexpected("cannot create a socket in the directory " + usable.error());
  }
  return folder + name;
}

std::expected<void, std::string> share_socket(const std::string& path, const std::string& group) {
  const auto id = group_id(group);
  if (!id) return std::unexpected("PLUGIN_UNIX_SOCKET_GROUP: " + id.error());
  if (chown(path.c_str(), static_cast<uid_t>(-1), *id) != 0 || chmod(path.c_str(), 0660) != 0) {
    return std::unexpected("cannot give the socket to the group \"" + group + "\": " + std::strerror(errno));
  }
  return {};
}

std::string handshake_line(std::string_view socket_path, std::string_view certificate) {
  return "1|" + std::to_string(kProtocolVersion) + "|unix|" + std::string(socket_path) + "|grpc|" +
         std::string(certificate) + "\n";
}

std::string reattach_line(const std::string& address, int process_id, const std::string& socket_path) {
  const nlohmann::json reattach = {{address,
                                    {{"Protocol", "grpc"},
                                     {"ProtocolVersion", kProtocolVersion},
                                     {"Pid", process_id},
                                     {"Test", true},
                                     {"Addr", {{"Network", "unix"}, {"String", socket_path}}}}}};
  std::string quoted;
  for (const char c : reattach.dump()) quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
  return "TF_REATTACH_PROVIDERS='" + quoted + "'\n";
}

}  // namespace tf::plugin
