#include <httplib.h>

#include <thread>

#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {

TEST_CASE("two hundred clients are served at once, idle ones included") {
  const TestEmulator emulator;
  std::vector<std::unique_ptr<httplib::Client>> idle;
  for (int n = 0; n < 200; ++n) {
    idle.push_back(std::make_unique<httplib::Client>("127.0.0.1", emulator.server.port()));
    idle.back()->set_keep_alive(true);
    const auto response = idle.back()->Get("/_emulator/clock");
    REQUIRE(response);
    REQUIRE(response->status == 200);
  }
  CHECK(baiducloud::call(emulator, "bj", "GET", "/v2/image").status == 200);
  for (const auto& client : idle) REQUIRE(client->Get("/_emulator/clock"));
}

TEST_CASE("requests from many threads are all counted") {
  const TestEmulator emulator;
  // What the HTTP client initializes once it does here, before there are threads.
  baiducloud::call(emulator, "bj", "GET", "/v2/image");
  {
    std::vector<std::jthread> clients;
    for (int n = 0; n < 8; ++n) {
      clients.emplace_back([&] {
        for (int round = 0; round < 5; ++round) baiducloud::call(emulator, "bj", "GET", "/v2/image");
      });
    }
  }
  const ClientResponse response = emulator.control("GET", "requests");
  REQUIRE(response.body["counts"].size() == 1);
  CHECK(response.body["counts"][0]["count"] == 41);
}

TEST_CASE("a port that is in use is an error") {
  const TestEmulator emulator;
  TestClock clock;
  Emulator other(clock, {});
  CHECK_THROWS_WITH(Server(other, "127.0.0.1", emulator.server.port()), Catch::Contains("cannot listen on"));
}

TEST_CASE("a DELETE without a body is answered at once") {
  const TestEmulator emulator;
  httplib::Client client("127.0.0.1", emulator.server.port());
  httplib::Request request;
  request.method = "DELETE";
  request.path = "/_emulator/faults";
  const auto response = client.send(request);
  REQUIRE(response);
  CHECK(response->status == 200);
}

TEST_CASE("the body of a GET is read and not parsed as the next request") {
  const TestEmulator emulator;
  httplib::Client client("127.0.0.1", emulator.server.port());
  client.set_keep_alive(true);
  for (int round = 0; round < 3; ++round) {
    httplib::Request request;
    request.method = "GET";
    request.path = "/_emulator/clock";
    request.body = "{}";
    request.set_header("Content-Length", "2");
    const auto response = client.send(request);
    REQUIRE(response);
    CHECK(response->status == 200);
  }
}

TEST_CASE("bodies are read completely, including long forms and chunked ones") {
  const TestEmulator emulator;
  httplib::Client client("127.0.0.1", emulator.server.port());
  const std::string padding(100'000, ' ');
  const auto form =
      client.Post("/_emulator/clock", padding + R"({"advance":"1s"})", "application/x-www-form-urlencoded");
  REQUIRE(form);
  CHECK(form->status == 200);
  const auto chunked = client.Post(
      "/_emulator/clock",
      [](std::size_t /*offset*/, httplib::DataSink& sink) {
        const std::string body = R"({"advance":"2s"})";
        sink.write(body.data(), 8);
        sink.write(body.data() + 8, body.size() - 8);
        sink.done();
        return true;
      },
      "application/json");
  REQUIRE(chunked);
  CHECK(json::parse(chunked->body)["offset_seconds"] == 3.0);
}

}  // namespace emulator
