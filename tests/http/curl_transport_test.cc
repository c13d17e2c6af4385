#include "src/http/curl_transport.h"

#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

#include "tests/support/catch.h"

using http::CurlTransport;
using http::TransportFailure;
using namespace std::chrono_literals;

namespace {

/// A server on loopback that responds with the request.
class EchoServer {
 public:
  EchoServer() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
    server_.set_keep_alive_max_count(1000);
    const auto echo = [this](const httplib::Request& request, httplib::Response& response) {
      {
        const std::scoped_lock lock(mutex_);
        ports_.insert(request.remote_port);
      }
      std::string text = request.method + " " + request.target + "\n";
      for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
      response.set_header("X-Request-Id", "42");
      response.set_content(text + "\n" + request.body, "text/plain");
    };
    server_.Get("/echo.*", echo);
    server_.Post("/echo.*", echo);
    server_.Delete("/echo.*", echo);
    server_.Get("/status/500",
                [](const httplib::Request&, httplib::Response& response) { response.status = 500; });
    server_.Get("/hang", [this](const httplib::Request&, httplib::Response&) {
      if (!hanging.try_wait()) hanging.count_down();
      if (++hang_count_ == http::kMaxRequestsToHost) all_hang.count_down();
      release.wait();
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::jthread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready_or_throw();
  }
  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;
  ~EchoServer() {
    if (!release.try_wait()) release.count_down();
    server_.stop();
  }

  [[nodiscard]] http::Request request(std::string path) const {
    return {.scheme = "http", .host = "127.0.0.1:" + std::to_string(port_), .path = std::move(path)};
  }

  /// The number of connections on which requests were received.
  [[nodiscard]] std::size_t connections() {
    const std::scoped_lock lock(mutex_);
    return ports_.size();
  }

  std::latch hanging{1};
  std::latch all_hang{1};  ///< reached when `kMaxRequestsToHost` requests hang
  std::latch release{1};

 private:
  class Server : public httplib::Server {
   public:
    void wait_until_ready_or_throw() const {
      while (!is_running()) std::this_thread::yield();
    }
  };

  Server server_;
  std::mutex mutex_;  // guards `ports_`
  std::set<int> ports_;
  std::atomic<int> hang_count_ = 0;
  int port_ = 0;
  std::jthread thread_;
};

/// A server on loopback that responds to the first request of each connection, and closes the connection when
/// it has received another one.
class ClosingServer {
 public:
  ClosingServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, any, size) != 0 || listen(listener_, 8) != 0) throw std::runtime_error("no socket");
    getsockname(listener_, any, &size);
    host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::jthread([this] { serve(); });
  }
  ClosingServer(const ClosingServer&) = delete;
  ClosingServer& operator=(const ClosingServer&) = delete;
  ~ClosingServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  [[nodiscard]] http::Request request() const { return {.scheme = "http", .host = host_, .path = "/"}; }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  void serve() {
    while (true) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      if (receive(connection)) {
        constexpr std::string_view kResponse = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        [[maybe_unused]] const auto sent = send(connection, kResponse.data(), kResponse.size(), MSG_NOSIGNAL);
        receive(connection);
      }
      close(connection);
    }
  }

  /// Returns false if the client closed the connection. A request without a body fits into one segment.
  bool receive(int connection) {
    std::array<char, 4096> buffer{};
    if (recv(connection, buffer.data(), buffer.size(), 0) <= 0) return false;
    ++requests_;
    return true;
  }

  const int listener_;
  std::string host_;
  std::atomic<int> requests_ = 0;
  std::jthread thread_;
};

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("method, path, query, headers and body arrive as they were given") {
  const EchoServer server;
  CurlTransport transport({.user_agent = "test/1"});
  http::Request request = server.request("/echo/a b");
  request.method = "POST";
  request.query = {{.name = "flag", .value = std::nullopt}, {.name = "k", .value = "ü"}};
  request.headers = {{.name = "X-Mine", .value = "1"}, {.name = "Content-Type", .value = "application/json"}};
  request.body = "{\"a\": 1}";
  const auto response = transport.send(request, {});
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(response->header("x-request-id") == "42");
  CHECK(has_line(response->body, "POST /echo/a%20b?flag&k=%C3%BC"));
  CHECK(has_line(response->body, "X-Mine: 1"));
  CHECK(has_line(response->body, "Content-Type: application/json"));
  CHECK(has_line(response->body, "User-Agent: test/1"));
  CHECK(has_line(response->body, "Host: " + request.host));
  CHECK(response->body.ends_with("\n{\"a\": 1}"));
}

TEST_CASE("no header is added that would have to be signed") {
  const EchoServer server;
  CurlTransport transport({});
  for (const char* method : {"POST", "DELETE"}) {
    http::Request request = server.request("/echo");
    request.method = method;
    const auto response = transport.send(request, {});
    REQUIRE(response);
    CHECK(response->body.find("Content-Type") == std::string::npos);
    CHECK(response->body.find("Expect") == std::string::npos);
  }
}

TEST_CASE("any HTTP status is a response") {
  const EchoServer server;
  CurlTransport transport({});
  CHECK(transport.send(server.request("/status/500"), {})->status == 500);
  CHECK(transport.send(server.request("/nothing/here"), {})->status == 404);
}

TEST_CASE("a closed port is unreachable, and the request was not processed") {
  CurlTransport transport({});
  const auto response = transport.send({.scheme = "http", .host = "127.0.0.1:1"}, {});
  REQUIRE_FALSE(response);
  CHECK(response.error().failure == TransportFailure::unreachable);
  CHECK_FALSE(response.error().may_be_processed);
  CHECK_FALSE(response.error().message.empty());
}

TEST_CASE("a server that speaks no TLS is unreachable by https") {
  const EchoServer server;
  CurlTransport transport({});
  http::Request request = server.request("/echo");
  request.scheme = "https";
  CHECK(transport.send(request, {}).error().failure == TransportFailure::unreachable);
}

TEST_CASE("a request that exceeds the request timeout may have been processed") {
  EchoServer server;
  CurlTransport transport({.request_timeout = 200ms});
  const auto response = transport.send(server.request("/hang"), {});
  REQUIRE_FALSE(response);
  CHECK(response.error().failure == TransportFailure::timed_out);
  CHECK(response.error().may_be_processed);
}

TEST_CASE("no request is sent after the deadline") {
  const EchoServer server;
  CurlTransport transport({});
  const auto response =
      transport.send(server.request("/echo"), {.deadline = std::chrono::steady_clock::now() - 1s});
  CHECK(response.error().failure == TransportFailure::timed_out);
  CHECK_FALSE(response.error().may_be_processed);
}

TEST_CASE("a stop cancels a request in flight, and other requests continue") {
  EchoServer server;
  CurlTransport transport({});
  std::stop_source stop;
  const std::jthread stopper([&] {
    server.hanging.wait();
    CHECK(transport.send(server.request("/echo"), {})->status == 200);
    stop.request_stop();
  });
  const auto response = transport.send(server.request("/hang"), {.stop = stop.get_token()});
  REQUIRE_FALSE(response);
  CHECK(response.error().failure == TransportFailure::cancelled);
  CHECK(response.error().may_be_processed);
}

TEST_CASE("no request is sent after a stop") {
  const EchoServer server;
  CurlTransport transport({});
  std::stop_source stop;
  stop.request_stop();
  const auto response = transport.send(server.request("/echo"), {.stop = stop.get_token()});
  CHECK(response.error().failure == TransportFailure::cancelled);
  CHECK_FALSE(response.error().may_be_processed);
}

TEST_CASE("a connection is reused, but not by a request that is not idempotent") {
  EchoServer server;
  CurlTransport transport({});
  for (int i = 0; i < 20; ++i) REQUIRE(transport.send(server.request("/echo"), {}));
  CHECK(server.connections() == 1);
  http::Request once = server.request("/echo");
  once.idempotent = false;
  for (int i = 0; i < 3; ++i) REQUIRE(transport.send(once, {}));
  CHECK(server.connections() == 4);
}

TEST_CASE("a request on a connection that turns out to be closed is an error, and not repeated by libcurl") {
  const ClosingServer server;
  CurlTransport transport({});
  REQUIRE(transport.send(server.request(), {}));
  const auto second = transport.send(server.request(), {});
  REQUIRE_FALSE(second);
  CHECK(second.error().failure == TransportFailure::broken);
  CHECK(second.error().may_be_processed);
  CHECK(second.error().message == "the server closed the connection without a response");
  CHECK(server.requests() == 2);
}

TEST_CASE("the number of connections to a host is bounded, however many requests are sent at once") {
  EchoServer server;
  CurlTransport transport({});
  std::atomic<int> responses = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 200; ++i) {
      threads.emplace_back([&] { responses += transport.send(server.request("/echo"), {}) ? 1 : 0; });
    }
  }
  CHECK(responses == 200);
  CHECK(server.connections() <= static_cast<std::size_t>(http::kMaxRequestsToHost));
}

TEST_CASE("a request that waits for a slot can be stopped, and has its deadline") {
  EchoServer slow;
  CurlTransport transport({});
  std::stop_source stop;
  std::vector<std::jthread> threads;
  for (int i = 0; i < http::kMaxRequestsToHost; ++i) {
    threads.emplace_back([&] {
      [[maybe_unused]] const auto ignored = transport.send(slow.request("/hang"), {.stop = stop.get_token()});
    });
  }
  slow.all_hang.wait();
  const auto hurried =
      transport.send(slow.request("/echo"), {.deadline = std::chrono::steady_clock::now() + 50ms});
  CHECK(hurried.error().failure == TransportFailure::timed_out);
  std::stop_source waiting_stop;
  std::jthread waiting([&] {
    const auto stopped = transport.send(slow.request("/echo"), {.stop = waiting_stop.get_token()});
    CHECK(stopped.error().failure == TransportFailure::cancelled);
    CHECK_FALSE(stopped.error().may_be_processed);
  });
  waiting_stop.request_stop();
  waiting.join();
  stop.request_stop();
}

TEST_CASE("a host that does not respond delays no other host") {
  EchoServer slow;
  const EchoServer quick;
  CurlTransport transport({});
  std::stop_source stop;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 200; ++i) {
    threads.emplace_back([&] {
      [[maybe_unused]] const auto ignored = transport.send(slow.request("/hang"), {.stop = stop.get_token()});
    });
  }
  slow.hanging.wait();
  for (int i = 0; i < 20; ++i) CHECK(transport.send(quick.request("/echo"), {}));
  stop.request_stop();
}

TEST_CASE("a slow lane of a host delays no other lane") {
  EchoServer server;
  CurlTransport transport({});
  std::stop_source stop;
  std::vector<std::jthread> threads;
  const auto request = [&](const std::string& path, const std::string& lane) {
    http::Request made = server.request(path);
    made.lane = lane;
    return made;
  };
  for (int i = 0; i < 100; ++i) {
    threads.emplace_back([&] {
      [[maybe_unused]] const auto ignored =
          transport.send(request("/hang", "slow"), {.stop = stop.get_token()});
    });
  }
  server.all_hang.wait();
  for (int i = 0; i < 20; ++i) CHECK(transport.send(request("/echo", "quick"), {}));
  stop.request_stop();
}

TEST_CASE("no error reveals the password of a proxy") {
  const EchoServer server;
  for (const std::string& proxy : {std::string("http://user:hush-hush@127.0.0.1:99999"),
                                   std::string("socks9://user:hush-hush@127.0.0.1:1"),
                                   std::string("http://user:hush-hush@127.0.0.1:1")}) {
    const bool is_in_environment = GENERATE(false, true);
    if (is_in_environment) setenv("http_proxy", proxy.c_str(), 1);
    CurlTransport transport({.proxy_url = is_in_environment ? "" : proxy});
    const auto response = transport.send(server.request("/echo"), {});
    unsetenv("http_proxy");
    REQUIRE_FALSE(response);
    CHECK(response.error().message.find("hush") == std::string::npos);
  }
}

TEST_CASE("many threads send at once") {
  const EchoServer server;
  CurlTransport transport({});
  std::atomic<int> responses = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        for (int j = 0; j < 20; ++j) {
          const std::string path = "/echo/" + std::to_string(i) + "/" + std::to_string(j);
          const auto response = transport.send(server.request(path), {});
          if (response && has_line(response->body, "GET " + path)) ++responses;
        }
      });
    }
  }
  CHECK(responses == 160);
}
