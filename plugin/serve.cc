#include "tf/serve.h"

#include <grpcpp/ext/health_check_service_server_builder_option.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <future>
#include <iostream>
#include <thread>
#include <vector>

#include "plugin/certificate.h"
#include "plugin/end_watch.h"
#include "plugin/launch.h"
#include "plugin/plumbing_services.h"
#include "plugin/provider_service.h"
#include "src/core/text.h"

namespace tf::plugin {
namespace {

using namespace std::chrono_literals;

/// How the time of a shutdown is divided. Terraform kills the process two seconds after it requested one
/// (PROTOCOL.md 3.3); the sum of these limits stays below that.
struct ShutdownPolicy {
  std::chrono::milliseconds calls = 1200ms;     ///< for running calls, which are requested to stop
  std::chrono::milliseconds responses = 300ms;  ///< for their responses; what the calls leave is added
  std::chrono::milliseconds server = 200ms;     ///< for the gRPC library
};

constexpr const char* kOutputClosed = "its standard output is closed";

int cannot_start(std::string_view program, const std::string& reason) {
  std::cerr << program << " cannot start: " << reason << ".\n";
  return 1;
}

/// The path of the socket. Removes the file at the end of the scope.
class SocketFile {
 public:
  explicit SocketFile(std::string path) : path_(std::move(path)) {}
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;
  ~SocketFile() { unlink(path_.c_str()); }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::shared_ptr<grpc::ServerCredentials> credentials(const std::string& client_certificate,
                                                     const ServerIdentity& identity) {
  if (client_certificate.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = client_certificate;
  options.pem_key_cert_pairs.push_back({identity.private_key_pem, identity.certificate_pem});
  return grpc::SslServerCredentials(options);
}

/// Returns false if standard output is closed.
bool announce(const std::string& line) {
  return static_cast<bool>(std::cout << line << std::flush);
}

/// Returns nullptr if the server cannot listen on the socket.
std::unique_ptr<grpc::Server> start_server(const SocketFile& socket,
                                           const std::shared_ptr<grpc::ServerCredentials>& credentials,
                                           const std::vector<grpc::Service*>& services) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(-1);
  builder.SetMaxSendMessageSize(-1);
  // gRPC parses the address as a URI.
  builder.AddListeningPort("unix:" + core::percent_encode_path(socket.path()), credentials);
  for (grpc::Service* service : services) builder.RegisterService(service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server) server->GetHealthCheckService()->SetServingStatus("plugin", true);
  return server;
}

/// Cancels running calls, lets their responses reach the client, and shuts the server down. If that takes too
/// long, ends the process anyway.
void end_server(std::unique_ptr<grpc::Server> server, RunningCalls& running, StopGate& stop,
                const SocketFile& socket) {
  constexpr ShutdownPolicy kPolicy;
  const auto response_deadline = std::chrono::steady_clock::now() + kPolicy.calls + kPolicy.responses;
  stop.close();
  running.wait_until_idle(kPolicy.calls);
  const auto response_time = response_deadline - std::chrono::steady_clock::now();
  std::promise<void> ended;
  std::future<void> end = ended.get_future();
  // Not a `jthread`, whose destructor would wait for an end that takes too long.
  std::thread ending([server = std::move(server), ended = std::move(ended), response_time]() mutable {
    server->Shutdown(std::chrono::system_clock::now() + response_time);
    // This also shuts down the gRPC library, which occasionally takes ten seconds.
    server.reset();
    ended.set_value();
  });
  if (end.wait_for(response_time + kPolicy.server) == std::future_status::ready) {
    // The thread must end first, because it then frees its OpenSSL data, which must precede OpenSSL's
    // cleanup.
    ending.join();
    return;
  }
  unlink(socket.path().c_str());
  std::_Exit(0);
}

/// The gRPC server and its services.
class PluginServer {
 public:
  PluginServer(tf::Provider& provider, core::Logger& log, EndWatch& end_watch)
      : log_(log),
        end_watch_(end_watch),
        provider_(provider, stop_, running_, log),
        controller_([&end_watch] { end_watch.request_end(); }) {}

  [[nodiscard]] std::vector<grpc::Service*> services() {
    return {&provider_, &controller_, &stdio_, &broker_};
  }

  /// Waits for a reason to end the process, and then ends the server.
  void run(std::unique_ptr<grpc::Server> server, const SocketFile& socket) {
    switch (end_watch_.wait()) {
      case EndReason::requested: log_.debug("Shutting down on request of Terraform"); break;
      case EndReason::terminated: log_.info("Shutting down on a signal"); break;
      case EndReason::host_gone: log_.warn("Shutting down because Terraform has ended"); break;
    }
    end_server(std::move(server), running_, stop_, socket);
  }

 private:
  core::Logger& log_;
  EndWatch& end_watch_;
  StopGate stop_;
  RunningCalls running_;
  ProviderService provider_;
  ControllerService controller_;
  StdioService stdio_;
  BrokerService broker_;
};

/// Chooses an unused path that only this user may connect to. The error says why there is none.
std::expected<std::unique_ptr<SocketFile>, std::string> open_socket() {
  umask(077);
  std::signal(SIGPIPE, SIG_IGN);
  auto path = choose_socket_path(process_environment);
  if (!path) return std::unexpected(std::move(path.error()));
  return std::make_unique<SocketFile>(*std::move(path));
}

}  // namespace

core::LogLevel requested_log_level() {
  for (const char* variable : {"TF_LOG_PROVIDER", "TF_LOG"}) {
    if (const auto level = process_environment(variable)) {
      return core::parse_log_level(*level).value_or(core::LogLevel::trace);
    }
  }
  return core::LogLevel::off;
}

bool started_by_terraform() {
  return read_launch_settings(process_environment).started_by_terraform;
}

int serve(std::string_view program, tf::Provider& provider, const core::Clock& clock, core::Logger& log) {
  const LaunchSettings launch = read_launch_settings(process_environment);
  if (!launch.supports_protocol()) {
    // The handshake is printed anyway, so that Terraform reports the mismatch in its own words.
    std::cerr << program
              << " supports plugin protocol 6 only, which this version of Terraform does not support. Use "
                 "Terraform 1.0.3 or later, or OpenTofu.\n";
  }
  // Ctrl-C in a terminal reaches this process too, but Terraform decides what to stop, by StopProvider.
  std::signal(SIGINT, SIG_IGN);
  EndWatch end_watch(EndedBy::host);
  const auto socket = open_socket();
  if (!socket) return cannot_start(program, socket.error());

  ServerIdentity identity;
  if (!launch.client_certificate.empty()) identity = create_server_identity(clock.utc());
  PluginServer plugin(provider, log, end_watch);
  std::unique_ptr<grpc::Server> server =
      start_server(**socket, credentials(launch.client_certificate, identity), plugin.services());
  if (!server) {
    // The certificate is parsed only now, because OpenSSL is slow and the server has parsed it already.
    const bool is_valid = launch.client_certificate.empty() || is_certificate(launch.client_certificate);
    return cannot_start(program, is_valid ? "it cannot listen on " + (*socket)->path()
                                          : "PLUGIN_CLIENT_CERT does not contain a certificate");
  }
  if (launch.socket_group) {
    if (auto shared = share_socket((*socket)->path(), *launch.socket_group); !shared)
      return cannot_start(program, shared.error());
  }
  if (!announce(handshake_line((*socket)->path(), identity.certificate_field))) {
    return cannot_start(program, kOutputClosed);
  }
  plugin.run(std::move(server), **socket);
  return 0;
}

int serve_for_debugging(std::string_view program, const std::string& address, tf::Provider& provider,
                        core::Logger& log) {
  EndWatch end_watch(EndedBy::interrupt);
  const auto socket = open_socket();
  if (!socket) return cannot_start(program, socket.error());
  PluginServer plugin(provider, log, end_watch);
  std::unique_ptr<grpc::Server> server =
      start_server(**socket, grpc::InsecureServerCredentials(), plugin.services());
  if (!server) return cannot_start(program, "it cannot listen on " + (*socket)->path());
  const std::string hint =
      "Serving until Ctrl-C. To attach Terraform to this process, set this variable in its "
      "environment:\n\n\t";
  if (!announce(hint + reattach_line(address, getpid(), (*socket)->path()) + "\n")) {
    return cannot_start(program, kOutputClosed);
  }
  plugin.run(std::move(server), **socket);
  return 0;
}

}  // namespace tf::plugin
