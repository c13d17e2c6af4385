#include "src/cloud/api_client.h"

#include <charconv>
#include <random>

#include "src/core/text.h"
#include "src/http/backoff.h"

namespace cloud {
namespace {

using std::chrono::milliseconds;

ErrorKind kind_of(const http::TransportError& error, bool repeatable) {
  if (error.may_have_been_processed && !repeatable) return ErrorKind::lost_answer;
  if (error.failure == http::TransportFailure::interrupted) return ErrorKind::interrupted;
  return error.may_have_been_processed ? ErrorKind::lost_answer : ErrorKind::unreachable;
}

/// Seconds by `Retry-After`, or Alibaba's milliseconds (reference alibaba-ecs 2.7).
std::optional<milliseconds> asked_delay(const http::Response& response) {
  const auto number = [&](std::string_view name) -> std::optional<long> {
    const auto text = response.header(name);
    long value = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc() ||
        value < 0) {
      return std::nullopt;
    }
    return value;
  };
  if (const auto ms = number("x-acs-retry-after")) return milliseconds(*ms);
  constexpr long kLongest = 3600;
  if (const auto seconds = number("Retry-After")) return milliseconds(1000 * std::min(*seconds, kLongest));
  return std::nullopt;
}

}  // namespace

Error unexpected_answer(const ApiCall& call, const http::Response& response, std::string_view what) {
  return {.kind = ErrorKind::unexpected,
          .message = std::string(what) + ": " + core::shorten(response.body, 300),
          .action = call.action,
          .region = call.region,
          .endpoint = call.request.scheme + "://" + call.request.host,
          .image_id = call.image_id,
          .http_status = response.status};
}

Result<http::Response> ApiClient::attempt(const ApiCall& call, int number, const core::Context& context) {
  http::Request request = call.request;
  dialect_.sign(request);
  const core::Instant start = services_.clock.now();
  auto answer = services_.transport.send(request, context);
  const auto duration = std::chrono::duration_cast<milliseconds>(services_.clock.now() - start);

  Error error;
  if (!answer) {
    error = {.kind = kind_of(answer.error(), request.repeatable), .message = answer.error().message};
  } else if (answer->status < 200 || answer->status > 299) {
    error = dialect_.read_error(*answer);
    error.http_status = answer->status;
    error.retry_after = asked_delay(*answer);
  }
  services_.log.debug("Call to a cloud",
                      {{.key = "cloud", .value = std::string(dialect_.cloud)},
                       {.key = "action", .value = call.action},
                       {.key = "region", .value = call.region},
                       {.key = "method", .value = request.method},
                       {.key = "host", .value = request.host},
                       {.key = "path", .value = request.path},
                       {.key = "attempt", .value = std::to_string(number + 1)},
                       {.key = "status", .value = std::to_string(answer ? answer->status : 0)},
                       {.key = "duration_ms", .value = std::to_string(duration.count())},
                       {.key = "code", .value = error.code},
                       {.key = "request_id", .value = error.request_id}});
  if (answer && answer->status >= 200 && answer->status <= 299) return std::move(*answer);
  error.action = call.action;
  error.region = call.region;
  error.endpoint = request.scheme + "://" + request.host;
  error.image_id = call.image_id;
  return std::unexpected(std::move(error));
}

Result<http::Response> ApiClient::call(const ApiCall& call, const core::Context& context) {
  http::Backoff backoff({}, std::random_device()());
  for (int retries = 0;; ++retries) {
    auto answer = attempt(call, retries, context);
    if (answer) return answer;
    Error& error = answer.error();
    if (!services_.retry_policy.may_retry(error.kind, call.request.repeatable, retries)) return answer;
    const core::Instant wake = services_.clock.now() + backoff.delay(retries, error.retry_after);
    if (wake >= context.deadline) return answer;
    if (!services_.clock.sleep_until(wake, context.stop)) {
      error.kind = surely_not_processed(error.kind) ? ErrorKind::interrupted : error.kind;
      return answer;
    }
  }
}

}  // namespace cloud
