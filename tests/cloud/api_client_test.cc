#include "src/cloud/api_client.h"

#include <deque>

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using cloud::ErrorKind;
using http::TransportFailure;
using namespace std::chrono_literals;

namespace {

using Answer = std::expected<http::Response, http::TransportError>;

class ScriptedTransport final : public http::HttpTransport {
 public:
  Answer send(const http::Request& request, const core::Context& /*context*/) override {
    requests.push_back(request);
    Answer answer = answers.at(0);
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }

  std::deque<Answer> answers;
  std::vector<http::Request> requests;
};

Answer status(int code, std::vector<http::Header> headers = {}) {
  return http::Response{.status = code, .headers = std::move(headers)};
}

Answer lost(TransportFailure failure, bool may_have_been_processed) {
  return std::unexpected(http::TransportError{
      .failure = failure, .may_have_been_processed = may_have_been_processed, .message = "lost"});
}

struct World {
  fakes::FakeClock clock;
  core::NullLogger log;
  ScriptedTransport transport;
  int signatures = 0;
  std::stop_source stop;
  cloud::ApiClient client{
      {.transport = transport, .clock = clock, .log = log, .retry_policy = {.max_retries = 3}},
      {.cloud = "alicloud",
       .sign = [this](http::Request&) { ++signatures; },
       .read_error =
           [](const http::Response& response) {
             return cloud::Error{.kind = response.status == 429   ? ErrorKind::throttled
                                         : response.status >= 500 ? ErrorKind::unavailable
                                                                  : ErrorKind::invalid};
           }}};

  cloud::Result<http::Response> call(bool repeatable = true) {
    cloud::ApiCall call{.action = "Do", .region = "r1", .request = {.host = "h"}, .image_id = "m-1"};
    call.request.repeatable = repeatable;
    return client.call(call, {.deadline = clock.now() + 10min, .stop = stop.get_token()});
  }
};

}  // namespace

TEST_CASE("a success is handed on") {
  World world;
  world.transport.answers = {status(204)};
  CHECK(world.call()->status == 204);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("every attempt is signed afresh") {
  World world;
  world.transport.answers = {status(503), status(503), status(200)};
  CHECK(world.call());
  CHECK(world.signatures == 3);
}

TEST_CASE("after the allowed retries the last error is told, with all about the call") {
  World world;
  world.transport.answers = {status(503)};
  const auto answer = world.call();
  REQUIRE_FALSE(answer);
  CHECK(world.transport.requests.size() == 4);
  CHECK(answer.error().http_status == 503);
  CHECK(answer.error().action == "Do");
  CHECK(answer.error().region == "r1");
  CHECK(answer.error().endpoint == "https://h");
  CHECK(answer.error().image_id == "m-1");
}

TEST_CASE("a refusal is not tried again") {
  World world;
  world.transport.answers = {status(400)};
  CHECK(world.call().error().kind == ErrorKind::invalid);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("a call that must not be repeated is repeated only if it was surely not processed") {
  const auto attempts = [](const Answer& first) {
    World world;
    world.transport.answers = {first, status(200)};
    [[maybe_unused]] const auto answer = world.call(false);
    return world.transport.requests.size();
  };
  CHECK(attempts(lost(TransportFailure::unreachable, false)) == 2);
  CHECK(attempts(status(429)) == 2);
  CHECK(attempts(lost(TransportFailure::timed_out, false)) == 2);
  CHECK(attempts(lost(TransportFailure::timed_out, true)) == 1);
  CHECK(attempts(lost(TransportFailure::broken, true)) == 1);
  CHECK(attempts(status(500)) == 1);
}

TEST_CASE("the server's own delay is obeyed, in seconds and in Alibaba's milliseconds") {
  for (const auto& [header, least] : {std::pair{http::Header{"Retry-After", "30"}, 30000ms},
                                      std::pair{http::Header{"x-acs-retry-after", "7000"}, 7000ms}}) {
    World world;
    world.transport.answers = {status(429, {header}), status(200)};
    CHECK(world.call());
    CHECK(world.clock.passed() >= least);
    CHECK(world.clock.passed() < least + 5s);
  }
}

TEST_CASE("a delay beyond the deadline is not waited for") {
  World world;
  world.transport.answers = {status(429, {{.name = "Retry-After", .value = "3600"}}), status(200)};
  const auto answer = world.client.call({.action = "Do", .region = "r1", .request = {.host = "h"}},
                                        {.deadline = world.clock.now() + 60s});
  CHECK(answer.error().kind == ErrorKind::throttled);
  CHECK(world.clock.passed() == 0ms);
}

TEST_CASE("a stop ends the waiting between attempts") {
  World world;
  world.transport.answers = {status(429)};
  world.clock.on_sleep = [&] { world.stop.request_stop(); };
  CHECK(world.call().error().kind == ErrorKind::interrupted);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("an interrupted call that must not be repeated counts as lost once it was on its way") {
  World world;
  world.transport.answers = {lost(TransportFailure::interrupted, true)};
  CHECK(world.call(false).error().kind == ErrorKind::lost_answer);
  CHECK(world.call(true).error().kind == ErrorKind::interrupted);
}
