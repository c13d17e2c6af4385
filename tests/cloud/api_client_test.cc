#include "src/cloud/api_client.h"

#include <array>

#include "src/cloud/vendor.h"
#include "src/core/time_text.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/scripted_transport.h"

using cloud::ErrorKind;
using http::TransportFailure;
using namespace std::chrono_literals;

namespace {

using fakes::lost;
using fakes::status;
using Result = fakes::ScriptedTransport::Result;

constexpr std::array<std::string_view, 1> kSecretHeaders = {"X-Security-Token"};
constexpr cloud::Vendor kVendor = {.name = "somecloud",
                                   .secrets = {.headers = kSecretHeaders, .parameters = {}, .members = {}},
                                   .request_id_header = "X-Some-Request",
                                   .retry_after_ms_header = "X-Some-Delay"};

struct World {
  fakes::FakeClock clock;
  core::CorrectedClock corrected{clock};
  core::NullLogger log;
  fakes::ScriptedTransport transport;
  int signatures = 0;
  int refreshes = 0;
  int possible_refreshes = 0;
  std::optional<cloud::Error> authorization_failure;
  std::stop_source stop;
  cloud::ApiClient client{
      {.transport = transport, .clock = corrected, .log = log, .policies = {.retry = {.max_retries = 3}}},
      {.vendor = kVendor,
       .authorize = [this](http::Request& request, const cloud::ApiCall&,
                           const core::Context&) -> cloud::Result<void> {
         ++signatures;
         http::set_header(request.headers, "X-Security-Token", "to/ken");
         if (authorization_failure) return std::unexpected(*authorization_failure);
         return {};
       },
       .renew = [this] { return ++refreshes <= possible_refreshes; },
       .read_error =
           [](const http::Response& response) {
             return cloud::Error{.kind = response.status == 429   ? ErrorKind::throttled
                                         : response.status == 401 ? ErrorKind::credentials_expired
                                         : response.status >= 500 ? ErrorKind::unavailable
                                         : response.status == 404 ? ErrorKind::not_found
                                                                  : ErrorKind::invalid,
                                 .code = response.header("Content-Type") ? "" : "Some.Code",
                                 .message = response.body};
           }}};

  cloud::Result<http::Response> call(bool idempotent = true) {
    cloud::ApiCall call{.action = "Do", .region = "r1", .request = {.host = "h"}, .image_id = "m-1"};
    call.request.idempotent = idempotent;
    return client.call(call, {.deadline = clock.now() + 10min, .stop = stop.get_token()});
  }
};

}  // namespace

TEST_CASE("a successful response is returned") {
  World world;
  world.transport.results = {status(204)};
  CHECK(world.call()->status == 204);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("every attempt is signed afresh") {
  World world;
  world.transport.results = {status(503), status(503), status(200)};
  CHECK(world.call());
  CHECK(world.signatures == 3);
}

TEST_CASE("a refused call is retried once with the cloud's time if this machine's clock is wrong") {
  World world;
  const core::UtcTime cloud_time = *core::parse_utc("2026-03-14T12:00:00Z", "%Y-%m-%dT%H:%M:%SZ");
  const http::Header date{.name = "Date", .value = "Sat, 14 Mar 2026 12:00:00 GMT"};
  world.transport.results = {status(401, {date}), status(200)};
  CHECK(world.call(false));
  CHECK(world.signatures == 2);
  CHECK(world.corrected.utc() == cloud_time);
  world.transport.results = {status(401, {date})};
  CHECK(world.call().error().kind == ErrorKind::unauthenticated);
  CHECK(world.signatures == 3);
}

TEST_CASE("the clock is not corrected by other refusals or by a response without a valid date") {
  World world;
  const core::UtcTime before = world.corrected.utc();
  const http::Header date{.name = "Date", .value = "Sat, 14 Mar 2026 12:00:00 GMT"};
  for (const auto& refusal :
       {status(400, {date}), status(401), status(401, {{.name = "Date", .value = "now"}})}) {
    world.transport.results = {refusal};
    CHECK_FALSE(world.call());
  }
  CHECK(world.signatures == 3);
  CHECK(world.corrected.utc() == before);
}

TEST_CASE("after the allowed retries the last error is returned, with the details of the call") {
  World world;
  world.transport.results = {status(503)};
  const auto result = world.call();
  REQUIRE_FALSE(result);
  CHECK(world.transport.requests.size() == 4);
  CHECK(result.error().http_status == 503);
  CHECK(result.error().action == "Do");
  CHECK(result.error().region == "r1");
  CHECK(result.error().endpoint == "https://h/");
  CHECK(result.error().image_id == "m-1");
}

TEST_CASE("a refusal is not retried") {
  World world;
  world.transport.results = {status(400)};
  CHECK(world.call().error().kind == ErrorKind::invalid);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("an error without a code and a request ID is not one of the cloud") {
  struct Row {
    int status;
    bool has_request_id;
    ErrorKind kind;
  };
  for (const Row& row : std::vector<Row>{{404, false, ErrorKind::unexpected},
                                         {404, true, ErrorKind::not_found},
                                         {400, false, ErrorKind::unexpected},
                                         {403, true, ErrorKind::invalid},
                                         {429, false, ErrorKind::throttled},
                                         {503, false, ErrorKind::unavailable}}) {
    CAPTURE(row.status, row.has_request_id);
    World world;
    http::Response page{.status = row.status,
                        .headers = {{.name = "Content-Type", .value = "text/html"}},
                        .body = "<html>Sign in to the proxy</html>"};
    if (row.has_request_id) page.headers.push_back({.name = "X-Some-Request", .value = "r-1"});
    world.transport.results = {page, page, page, page};
    const auto response = world.call();
    REQUIRE_FALSE(response);
    CHECK(response.error().kind == row.kind);
  }
}

TEST_CASE("a call that is not idempotent is retried only if it was certainly not processed") {
  const auto attempts = [](const Result& first) {
    World world;
    world.transport.results = {first, status(200)};
    [[maybe_unused]] const auto result = world.call(false);
    return world.transport.requests.size();
  };
  CHECK(attempts(lost(TransportFailure::unreachable, false)) == 2);
  CHECK(attempts(status(429)) == 2);
  CHECK(attempts(lost(TransportFailure::timed_out, false)) == 2);
  CHECK(attempts(lost(TransportFailure::timed_out, true)) == 1);
  CHECK(attempts(lost(TransportFailure::broken, true)) == 1);
  CHECK(attempts(status(500)) == 1);
}

TEST_CASE("Retry-After is respected, in seconds or in the milliseconds of a vendor's own header") {
  for (const auto& [header, least] : {std::pair{http::Header{"Retry-After", "30"}, 30000ms},
                                      std::pair{http::Header{"x-some-delay", "7000"}, 7000ms}}) {
    World world;
    world.transport.results = {status(429, {header}), status(200)};
    CHECK(world.call());
    CHECK(world.clock.passed() >= least);
    CHECK(world.clock.passed() < least + 5s);
  }
}

TEST_CASE("Retry-After may be a date, and one in the past means no delay") {
  for (const auto& [delay, least] : {std::pair{40s, 40000ms}, std::pair{-40s, 0ms}}) {
    World world;
    const std::string date = core::format_utc(world.clock.utc() + delay, "%a, %d %b %Y %H:%M:%S GMT");
    world.transport.results = {status(503, {{.name = "Retry-After", .value = date}}), status(200)};
    CHECK(world.call());
    CHECK(world.clock.passed() >= least);
    CHECK(world.clock.passed() < least + 5s);
  }
}

TEST_CASE("a Retry-After beyond the deadline is not waited for") {
  World world;
  world.transport.results = {status(429, {{.name = "Retry-After", .value = "3600"}}), status(200)};
  const auto result = world.client.call({.action = "Do", .region = "r1", .request = {.host = "h"}},
                                        {.deadline = world.clock.now() + 60s});
  CHECK(result.error().kind == ErrorKind::throttled);
  CHECK(world.clock.passed() == 0ms);
}

TEST_CASE("for a caller that polls again anyway throttling is not retried, and other failures are") {
  World world;
  world.transport.results = {status(503), status(429, {{.name = "Retry-After", .value = "20"}}), status(200)};
  const auto result = world.client.call({.action = "Do", .region = "r1", .request = {.host = "h"}},
                                        {.deadline = world.clock.now() + 10min, .comes_again = true});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::throttled);
  CHECK(result.error().retry_after == 20s);
  CHECK(world.transport.requests.size() == 2);
}

TEST_CASE("a stop ends the waiting between attempts") {
  World world;
  world.transport.results = {status(429)};
  world.clock.on_sleep = [&] { world.stop.request_stop(); };
  CHECK(world.call().error().kind == ErrorKind::cancelled);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("the outcome of an interrupted call is unknown if it is not idempotent") {
  World world;
  world.transport.results = {lost(TransportFailure::cancelled, true)};
  CHECK(world.call(false).error().kind == ErrorKind::outcome_unknown);
  CHECK(world.call(true).error().kind == ErrorKind::cancelled);
}

TEST_CASE("expired credentials are refreshed once, and the call is repeated") {
  World world;
  world.possible_refreshes = 1;
  world.transport.results = {status(401), status(200)};
  CHECK(world.call(false));
  CHECK(world.refreshes == 1);
  CHECK(world.signatures == 2);
}

TEST_CASE("credentials that are refused again or cannot be refreshed are reported as unauthenticated") {
  for (const int possible : {0, 5}) {
    World world;
    world.possible_refreshes = possible;
    world.transport.results = {status(401)};
    CHECK(world.call().error().kind == ErrorKind::unauthenticated);
    CHECK(world.refreshes == 1);
  }
}

TEST_CASE("a call without credentials is not sent, and counts as not processed") {
  World world;
  world.authorization_failure = cloud::Error{.kind = ErrorKind::outcome_unknown, .action = "AssumeRole"};
  const auto result = world.call(false);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::unreachable);
  CHECK(result.error().action == "AssumeRole");
  CHECK(world.transport.requests.empty());
}

TEST_CASE("a token that a response repeats is redacted, percent-encoded or not") {
  World world;
  http::Response response;
  response.status = 400;
  response.body = "x-security-token:to/ken|x-security-token:to%2Fken|x-security-token%3Ato%252Fken";
  world.transport.results = {response};
  CHECK(world.call().error().message ==
        "x-security-token:(hidden)|x-security-token:(hidden)|x-security-token%3A(hidden)");
}

TEST_CASE("messages of a cloud lose their control characters and are shortened") {
  World world;
  http::Response response;
  response.status = 400;
  response.body = "\x1b[31mred\r\n\xc2\x9b" + std::string(100'000, 'x');
  world.transport.results = {response};
  const std::string message = world.call().error().message;
  CHECK(message.starts_with(" [31mred    x"));
  CHECK(message.size() < 2010);
}

TEST_CASE("the error of a redirect names its target") {
  World world;
  http::Response response;
  response.status = 302;
  response.headers = {{.name = "Location", .value = "https://login.example.com/"}};
  world.transport.results = {response};
  const auto error = world.call().error();
  CHECK(error.kind == ErrorKind::malformed_request);
  CHECK(error.message.find("https://login.example.com/") != std::string::npos);
  CHECK(world.transport.requests.size() == 1);
}

TEST_CASE("the response of a copy call is awaited even after a stop, and no copy call is sent after one") {
  World world;
  cloud::ApiCall call{.action = "Do", .region = "r1", .request = {.host = "h"}, .must_await_response = true};
  world.transport.on_send = [&](const core::Context& context) {
    world.stop.request_stop();
    CHECK_FALSE(context.stop.stop_requested());
  };
  world.transport.results = {status(200)};
  CHECK(world.client.call(call, {.deadline = world.clock.now() + 10min, .stop = world.stop.get_token()}));
  const auto second =
      world.client.call(call, {.deadline = world.clock.now() + 10min, .stop = world.stop.get_token()});
  CHECK(second.error().kind == ErrorKind::cancelled);
  CHECK(world.transport.requests.size() == 1);
}
