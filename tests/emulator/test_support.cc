#include "tests/emulator/test_support.h"

#include <httplib.h>

#include "src/core/time_text.h"

namespace emulator {
namespace {

ClientResponse send_with(httplib::Client& client, const http::Request& request) {
  client.set_url_encode(false);
  httplib::Request sent;
  sent.method = request.method;
  sent.path = request.target();
  sent.body = request.body;
  sent.headers.emplace("Host", request.host);
  for (const http::Header& header : request.headers) sent.headers.emplace(header.name, header.value);
  const httplib::Result result = client.send(sent);
  if (!result) return {};
  ClientResponse response = {.status = result->status, .text = result->body};
  for (const auto& [name, value] : result->headers)
    response.headers.push_back({.name = name, .value = value});
  response.body = json::parse(response.text, nullptr, false);
  if (response.body.is_discarded()) response.body = nullptr;
  return response;
}

}  // namespace

core::Instant TestClock::now() const {
  const std::scoped_lock lock(mutex_);
  return core::Instant(std::chrono::hours(1)) + elapsed_;
}

core::UtcTime TestClock::utc() const {
  const std::scoped_lock lock(mutex_);
  return *core::parse_utc("2026-03-14T09:26:53Z", "%Y-%m-%dT%H:%M:%SZ") + elapsed_;
}

bool TestClock::sleep_until(core::Instant wake, const std::stop_token& stop) {
  const std::scoped_lock lock(mutex_);
  const auto wait = wake - (core::Instant(std::chrono::hours(1)) + elapsed_);
  slept_ += std::chrono::duration_cast<Duration>(wait);
  return !stop.stop_requested();
}

void TestClock::advance(Duration by) {
  const std::scoped_lock lock(mutex_);
  elapsed_ += by;
}

Duration TestClock::slept() const {
  const std::scoped_lock lock(mutex_);
  return slept_;
}

TestEmulator::TestEmulator(const json& seed, Options options)
    : emulator(clock, std::move(options)), server(emulator, "127.0.0.1", 0) {
  const auto seeded = emulator.seed(seed);
  if (!seeded) FAIL(seeded.error());
}

ClientResponse TestEmulator::send(const http::Request& request) const {
  httplib::Client client("127.0.0.1", server.port());
  return send_with(client, request);
}

ClientResponse TestEmulator::send_by_proxy(const http::Request& request) const {
  httplib::Client client(request.host, 80);
  client.set_proxy("127.0.0.1", server.port());
  return send_with(client, request);
}

ClientResponse TestEmulator::control(const std::string& method, const std::string& path,
                                     const json& body) const {
  return send(request_to(*this, "/_emulator/", method, path, body));
}

void TestEmulator::advance(const std::string& by) const {
  REQUIRE(control("POST", "clock", {{"advance", by}}).status == 200);
}

void TestEmulator::switch_to(const std::string& name, const json& value) const {
  REQUIRE(control("POST", "switches", {{name, value}}).status == 200);
}

json TestEmulator::image(const std::string& region, const std::string& id) const {
  const ClientResponse all = control("GET", "images?region=" + region);
  for (const json& image : all.body["images"]) {
    if (image["id"] == id) return image;
  }
  return nullptr;
}

http::Request request_to(const TestEmulator& emulator, const std::string& prefix, const std::string& method,
                         const std::string& target, const json& body) {
  const std::size_t mark = target.find('?');
  http::Request request = {
      .method = method, .scheme = "http", .host = emulator.host(), .path = prefix + target.substr(0, mark)};
  if (mark != std::string::npos) request.query = parse_query(target.substr(mark + 1), false);
  if (!body.is_null()) {
    request.body = body.is_string() ? body.get<std::string>() : body.dump();
    request.headers.push_back({.name = "Content-Type", .value = "application/json"});
  }
  return request;
}

std::string code_of(const ClientResponse& response) {
  if (!response.body.is_object()) return "";
  for (const char* key : {"Code", "code", "error_code"}) {
    if (response.body.contains(key)) return response.body[key];
  }
  if (!response.body.contains("error")) return "";
  const json& error = response.body["error"];
  if (error.is_object() && error.contains("title")) return error["title"];
  return error.is_object() && error.contains("code") ? error["code"].get<std::string>() : "";
}

}  // namespace emulator
