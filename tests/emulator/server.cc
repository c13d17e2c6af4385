#include "tests/emulator/server.h"

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include "src/core/text.h"
#include "tests/emulator/connection.h"

namespace emulator {
namespace {

constexpr int kBacklog = 1024;
constexpr const char* kAnyPath = R"([\s\S]*)";

/// Runs a thread per connection, so that idle connections do not delay others.
class ConnectionThreads final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> serve) override {
    std::erase_if(workers_, [](const Worker& worker) { return worker.done.load(); });
    Worker& worker = workers_.emplace_back();
    worker.thread = std::jthread([&done = worker.done, serve = std::move(serve)] {
      serve();
      done = true;
    });
  }

  void shutdown() override { workers_.clear(); }

 private:
  struct Worker {
    std::atomic<bool> done = false;
    std::jthread thread;
  };

  std::list<Worker> workers_;
};

bool announces_body(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

std::size_t announced_length(const httplib::Request& request) {
  return request.get_header_value<std::uint64_t>("Content-Length");
}

/// cpp-httplib does not read the body of these methods, and would parse it as the next request.
bool reads_no_body(const httplib::Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

/// Omits the headers that cpp-httplib adds to a request.
RawRequest raw_request(const httplib::Request& request, std::string body) {
  RawRequest raw = {.method = request.method, .target = request.target, .body = std::move(body)};
  for (const auto& [name, value] : request.headers) {
    if (name == "REMOTE_ADDR" || name == "REMOTE_PORT" || name == "LOCAL_ADDR" || name == "LOCAL_PORT")
      continue;
    raw.headers.push_back({.name = name, .value = value});
  }
  return raw;
}

void send_half(const http::Response& from, httplib::Response& to) {
  const std::string type = from.header("Content-Type").value_or("text/plain");
  to.headers.erase("Content-Type");
  to.set_content_provider(
      from.body.size(), type,
      [body = from.body](std::size_t /*offset*/, std::size_t /*length*/, httplib::DataSink& sink) {
        sink.write(body.data(), body.size() / 2);
        return false;
      });
}

}  // namespace

class Server::Running final : public httplib::Server {
 public:
  Running(Emulator& emulator, const std::string& host, std::uint16_t port);
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() override;

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  bool process_and_close_socket(socket_t socket) override;
  void install_handlers();
  void handle(const httplib::Request& request, std::string body, httplib::Response& response);
  Connection& connection_of(const httplib::Request& request);

  Emulator& emulator_;
  std::uint16_t port_ = 0;
  std::stop_source stop_;
  std::mutex mutex_;  // guards the two below
  std::set<Connection*> connections_;
  std::map<const httplib::Request*, Connection*> requests_;
  std::jthread listener_;
};

Server::Running::Running(Emulator& emulator, const std::string& host, std::uint16_t port)
    : emulator_(emulator) {
  int listening = -1;
  set_tcp_nodelay(true);
  set_keep_alive_max_count(1'000'000);
  set_keep_alive_timeout(600);
  new_task_queue = [] { return new ConnectionThreads; };
  // cpp-httplib's default options include SO_REUSEPORT, with which two emulators would silently share a port.
  set_socket_options([&](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    listening = socket;
  });
  install_handlers();
  const int bound = port == 0 ? bind_to_any_port(host) : (bind_to_port(host, port) ? port : -1);
  if (bound < 0) throw std::runtime_error("cannot listen on " + host + ":" + std::to_string(port));
  port_ = static_cast<std::uint16_t>(bound);
  // With cpp-httplib's backlog of five, bursts of connections wait for a second.
  ::listen(listening, kBacklog);
  listener_ = std::jthread([this] { listen_after_bind(); });
  while (!is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

Server::Running::~Running() {
  stop_.request_stop();
  stop();
  {
    const std::scoped_lock lock(mutex_);
    for (Connection* connection : connections_) connection->interrupt();
  }
  listener_.join();
}

bool Server::Running::process_and_close_socket(socket_t socket) {
  Connection connection(socket);
  {
    const std::scoped_lock lock(mutex_);
    connections_.insert(&connection);
  }
  bool closed = false;
  while (!closed && !stop_.stop_requested() && connection.wait_for_request()) {
    const httplib::Request* current = nullptr;
    const auto begin = [&](httplib::Request& request) {
      const std::scoped_lock lock(mutex_);
      requests_[&request] = &connection;
      current = &request;
    };
    const bool served = process_request(connection, false, closed, begin);
    const std::scoped_lock lock(mutex_);
    requests_.erase(current);
    if (!served || connection.is_dropped()) break;
  }
  const std::scoped_lock lock(mutex_);
  connections_.erase(&connection);
  return true;
}

Connection& Server::Running::connection_of(const httplib::Request& request) {
  const std::scoped_lock lock(mutex_);
  return *requests_.at(&request);
}

void Server::Running::install_handlers() {
  // cpp-httplib would wait for the body of a DELETE that has none.
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!announces_body(request)) {
      handle(request, "", response);
    } else if (reads_no_body(request)) {
      handle(request, connection_of(request).read_exactly(announced_length(request)), response);
    } else {
      return HandlerResponse::Unhandled;
    }
    return HandlerResponse::Handled;
  });
  const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                const httplib::ContentReader& reader) {
    std::string body;
    reader([&](const char* data, std::size_t size) {
      body.append(data, size);
      return true;
    });
    handle(request, std::move(body), response);
  };
  Post(kAnyPath, with_body);
  Put(kAnyPath, with_body);
  Patch(kAnyPath, with_body);
  Delete(kAnyPath, with_body);
}

void Server::Running::handle(const httplib::Request& request, std::string body, httplib::Response& response) {
  const Delivery delivery = emulator_.handle(raw_request(request, std::move(body)), stop_.get_token());
  response.status = delivery.response.status;
  for (const http::Header& header : delivery.response.headers) response.set_header(header.name, header.value);
  switch (delivery.mode) {
    case Delivery::Mode::whole: response.body = delivery.response.body; return;
    case Delivery::Mode::dropped: break;
    case Delivery::Mode::half:
      if (!delivery.response.body.empty()) return send_half(delivery.response, response);
      break;
  }
  response.status = 500;
  connection_of(request).drop();
}

Server::Server(Emulator& emulator, const std::string& host, std::uint16_t port)
    : running_(std::make_unique<Running>(emulator, host, port)) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return running_->port();
}

}  // namespace emulator
