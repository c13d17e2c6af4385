#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/core/text.h"
#include "src/http/curl_transport.h"
#include "tests/plugin/certificates.h"
#include "tests/support/catch.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

using namespace std::chrono_literals;

namespace {

/// The inodes of a process's sockets, as text.
std::vector<std::string> sockets_of(pid_t pid) {
  std::vector<std::string> inodes;
  const std::string folder = "/proc/" + std::to_string(pid) + "/fd";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::error_code gone;
    const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
    constexpr std::string_view kSocket = "socket:[";
    if (target.starts_with(kSocket)) {
      inodes.push_back(target.substr(kSocket.size(), target.size() - kSocket.size() - 1));
    }
  }
  return inodes;
}

/// The port on which a process listens; nullopt if it does not listen yet. Reads the kernel's table, whose
/// lines begin with a number, the local address and port, the remote ones and the state, 0A for a listener.
/// The tenth field is the inode.
std::optional<int> listening_port(pid_t pid) {
  const std::vector<std::string> inodes = sockets_of(pid);
  std::ifstream table("/proc/net/tcp");
  for (std::string line; std::getline(table, line);) {
    std::istringstream stream(line);
    std::vector<std::string> fields(10);
    for (std::string& field : fields) stream >> field;
    if (fields[3] != "0A" || std::ranges::find(inodes, fields[9]) == inodes.end()) continue;
    const std::string hex = fields[1].substr(fields[1].find(':') + 1);
    int port = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), port, 16);
    return port;
  }
  return std::nullopt;
}

/// A server that speaks HTTP/2 over TLS and nothing else.
class Http2Server {
 public:
  Http2Server() {
    folder_.write_file("key.pem", identity_.private_key_pem);
    folder_.write_file("certificate.pem", identity_.certificate_pem);
    folder_.write_file("greeting", "over HTTP/2");
    program_ = std::make_unique<harness::Subprocess>(
        harness::Command{.program = "/usr/sbin/nghttpd",
                         .arguments = {"-v", "-a", "127.0.0.1", "-d", folder_.path(), "0",
                                       folder_.path() + "/key.pem", folder_.path() + "/certificate.pem"}});
    const auto deadline = std::chrono::steady_clock::now() + harness::kTestTimeout;
    while (!(port_ = listening_port(program_->pid()))) {
      if (program_->has_ended() || std::chrono::steady_clock::now() > deadline) {
        FAIL("nghttpd does not listen: " << program_->errors().text() << program_->output().text());
      }
      std::this_thread::yield();
    }
  }

  [[nodiscard]] http::Request request() const {
    return {.scheme = "https",
            .host = "localhost:" + std::to_string(*port_),
            .path = "/greeting",
            .direct = true};
  }
  [[nodiscard]] std::string certificate_file() const { return folder_.path() + "/certificate.pem"; }

  /// Stops the server and returns its log.
  std::string log() {
    program_->send(SIGTERM);
    [[maybe_unused]] const harness::ProcessEnd end = program_->wait();
    return program_->output().text();
  }

 private:
  harness::TestFolder folder_;
  harness::ClientIdentity identity_ = harness::create_client_identity();
  std::unique_ptr<harness::Subprocess> program_;
  std::optional<int> port_;
};

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("HTTP/2 is used with a server that offers it, over one connection for all requests") {
  Http2Server server;
  http::CurlTransport transport({.ca_file = server.certificate_file(), .system_ca_files = {}});
  for (int i = 0; i < 3; ++i) {
    const auto response = transport.send(server.request(), {});
    if (!response) FAIL(response.error().message);
    CHECK(response->status == 200);
    CHECK(response->body == "over HTTP/2");
  }
  const std::string log = server.log();
  CAPTURE(log);
  CHECK(count(log, "The negotiated protocol: h2") == 1);
  CHECK(count(log, ":path: /greeting") == 3);
}
