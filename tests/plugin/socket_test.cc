#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/plugin/responses.h"

using namespace harness;
using Stub = PluginClient::Stub;

namespace {

struct SocketFacts {
  unsigned mode = 0;
  gid_t group = 0;
};

SocketFacts facts_of(const std::string& path) {
  struct stat status{};
  REQUIRE(stat(path.c_str(), &status) == 0);
  REQUIRE(S_ISSOCK(status.st_mode));
  return {.mode = status.st_mode & 0777U, .group = status.st_gid};
}

/// Starts a plugin with these variables, makes one call, shuts it down and checks that the socket was
/// removed. Returns its path.
std::string socket_path_with(const std::string& binary, const Environment& environment) {
  PluginProcess plugin({.binary = binary, .environment = environment});
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetMetadata).status.ok());
  std::string path = plugin.handshake().address;
  CHECK(std::filesystem::is_socket(path));
  end_plugin(plugin, client);
  CHECK_FALSE(std::filesystem::exists(path));
  return path;
}

/// Returns the stderr of a plugin that does not start with these variables.
std::string refusal_with(const std::string& binary, const Environment& environment) {
  const TestFolder folder;
  Environment all = terraform_environment(folder, std::nullopt);
  for (const auto& [name, value] : environment) all[name] = value;
  Subprocess process({.program = binary, .arguments = {}, .environment = all});
  CHECK(process.wait() == exited(1));
  CHECK(process.output().text().empty());
  CHECK(folder.sockets().empty());
  return process.errors().text();
}

/// Returns a group that this process may assign to its files, if possible another one than the default.
gid_t other_group() {
  return geteuid() == 0 ? 1 : getegid();
}

}  // namespace

TEST_CASE("12.11 the socket is created in PLUGIN_UNIX_SOCKET_DIR", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  CHECK(
      socket_path_with(binary, {{"PLUGIN_UNIX_SOCKET_DIR", folder.path()}}).starts_with(folder.path() + "/"));
}

TEST_CASE("only the owner can connect to the socket, regardless of the inherited umask", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const mode_t before = umask(0);
  PluginProcess plugin({.binary = binary});
  umask(before);
  CHECK((facts_of(plugin.handshake().address).mode & 0077U) == 0);
  PluginClient client(plugin);
  end_plugin(plugin, client);
}

TEST_CASE("PLUGIN_UNIX_SOCKET_GROUP lets a group connect, by number or by name", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const group* entry = getgrgid(other_group());
  REQUIRE(entry != nullptr);
  for (const std::string& name : {std::to_string(other_group()), std::string(entry->gr_name)}) {
    CAPTURE(name);
    PluginProcess plugin({.binary = binary, .environment = {{"PLUGIN_UNIX_SOCKET_GROUP", name}}});
    const SocketFacts socket = facts_of(plugin.handshake().address);
    CHECK(socket.mode == 0660U);
    CHECK(socket.group == other_group());
    PluginClient client(plugin);
    CHECK(client.call(&Stub::GetMetadata).status.ok());
    end_plugin(plugin, client);
  }
}

TEST_CASE("a group that does not exist prevents the start", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const std::string refusal = refusal_with(binary, {{"PLUGIN_UNIX_SOCKET_GROUP", "no such group"}});
  CHECK(refusal.find("PLUGIN_UNIX_SOCKET_GROUP") != std::string::npos);
  CHECK(refusal.find("no such group") != std::string::npos);
}

TEST_CASE("12.12 a TMPDIR too long for a socket is replaced by the system's", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  const std::string deep = folder.make_folder(std::string(90, 'x'));
  CHECK(socket_path_with(binary, {{"TMPDIR", deep}}).starts_with("/tmp/plugin"));
}

TEST_CASE("12.12 a required directory that cannot contain a socket prevents the start with the reason",
          "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  const std::string deep = folder.make_folder(std::string(90, 'x'));
  CHECK(refusal_with(binary, {{"PLUGIN_UNIX_SOCKET_DIR", deep}}).find("too long") != std::string::npos);
  const std::string missing = folder.path() + "/missing";
  CHECK(refusal_with(binary, {{"PLUGIN_UNIX_SOCKET_DIR", missing}}).find(missing) != std::string::npos);
  CHECK(refusal_with(binary, {{"TMPDIR", missing}}).find(missing) != std::string::npos);
  const std::string file = folder.write_file("file", "");
  CHECK(refusal_with(binary, {{"PLUGIN_UNIX_SOCKET_DIR", file}}).find("not a directory") !=
        std::string::npos);
}

TEST_CASE("folders with blanks, percent signs, or non-ASCII letters can contain sockets", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  for (const char* name : {"a b", "50%41", "ordner-ä", "镜像", "q?x#y", "a:b"}) {
    const std::string odd = folder.make_folder(name);
    CHECK(socket_path_with(binary, {{"TMPDIR", odd}}).starts_with(odd + "/"));
  }
}

TEST_CASE("a directory whose name would break the handshake line is not used", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  for (const char* name : {"a|b", "a\nb"}) {
    const std::string odd = folder.make_folder(name);
    CHECK(socket_path_with(binary, {{"TMPDIR", odd}}).starts_with("/tmp/plugin"));
    CHECK(refusal_with(binary, {{"PLUGIN_UNIX_SOCKET_DIR", odd}}).find("handshake") != std::string::npos);
  }
}

TEST_CASE("a relative directory becomes an absolute path in the handshake", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  CHECK(socket_path_with(binary, {{"TMPDIR", "."}}).starts_with("/"));
}
