#include "src/cloud/api_client.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "src/cloud/json.h"
#include "src/cloud/redaction.h"
#include "src/cloud/vendor.h"
#include "src/core/random.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "src/core/wait.h"
#include "src/http/backoff.h"

namespace cloud {
namespace {

using std::chrono::milliseconds;

ErrorKind kind_of(const http::TransportError& error, bool idempotent) {
  if (error.may_be_processed && !idempotent) return ErrorKind::outcome_unknown;
  if (error.failure == http::TransportFailure::cancelled) return ErrorKind::cancelled;
  return error.may_be_processed ? ErrorKind::outcome_unknown : ErrorKind::unreachable;
}

std::optional<core::UtcTime> http_date(const std::string& text) {
  return core::parse_utc(text, "%a, %d %b %Y %H:%M:%S GMT");
}

/// The delay that the cloud requests: milliseconds in the vendor's own header, or seconds or a date in
/// `Retry-After`.
std::optional<milliseconds> requested_delay(const Vendor& vendor, const http::Response& response,
                                            core::UtcTime now, milliseconds max) {
  const auto number = [&](std::string_view name) -> std::optional<long> {
    const auto text = response.header(name);
    long value = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc() ||
        value < 0) {
      return std::nullopt;
    }
    return value;
  };
  if (const auto ms = number(vendor.retry_after_ms_header)) return std::min(milliseconds(*ms), max);
  if (const auto s = number("Retry-After")) return milliseconds(1000 * std::min(*s, max.count() / 1000));
  const auto date = http_date(response.header("Retry-After").value_or(""));
  if (date) return std::clamp(*date - now, milliseconds(0), max);
  return std::nullopt;
}

std::string request_id_of(const Vendor& vendor, const http::Response& response) {
  if (const auto id = response.header(vendor.request_id_header)) return *id;
  if (vendor.request_id_member.empty()) return "";
  // Only for the log, so the body is not parsed.
  const std::string member = "\"" + std::string(vendor.request_id_member) + R"(":")";
  const std::size_t found = response.body.find(member);
  if (found == std::string::npos) return "";
  const std::size_t begin = found + member.size();
  return response.body.substr(begin, std::min<std::size_t>(response.body.find('"', begin) - begin, 64));
}

/// Some clouds return whole canonical requests in their messages.
constexpr std::size_t kMaxText = 2000;

/// Adds to the error what identifies the call.
Error about(const ApiCall& call, Error error) {
  const auto printable = [](const std::string& text) {
    return core::shorten(core::without_controls(core::replace_invalid_utf8(text)), kMaxText);
  };
  error.code = printable(error.code);
  error.message = printable(error.message);
  error.request_id = printable(error.request_id);
  error.action = call.action;
  error.region = call.region;
  error.endpoint = call.request.scheme + "://" + call.request.host + call.request.path;
  error.image_id = call.image_id;
  return error;
}

/// The error of getting credentials, as the error of the call that needs them: that call was not sent.
Error not_sent(Error error) {
  if (error.kind != ErrorKind::cancelled && !is_unprocessed(error.kind)) {
    error.kind = ErrorKind::unreachable;
  }
  return error;
}

}  // namespace

Error unexpected_response(const ApiCall& call, const http::Response& response, std::string_view what) {
  return about(call, {.kind = ErrorKind::unexpected,
                      .message = std::string(what) + ": " + core::shorten(response.body, 300),
                      .http_status = response.status});
}

Result<std::vector<std::string>> read_regions(const ApiCall& call, const http::Response& response,
                                              const nlohmann::json& list, std::string_view name) {
  if (!is_list_with(list, name) || list.empty()) {
    return std::unexpected(unexpected_response(call, response, "The response contains no list of regions"));
  }
  std::vector<std::string> regions;
  for (const nlohmann::json& item : list) regions.push_back(text_at(item, name));
  return regions;
}

Error ApiClient::read_error(const ApiCall& call, const http::Response& response) const {
  Error error = dialect_.read_error(response);
  const auto location = response.header("Location");
  if (location && response.status >= 300 && response.status <= 399) {
    // No cloud redirects: the endpoint is not the cloud's.
    error.kind = ErrorKind::malformed_request;
    error.message = "The response is a redirect to " + core::shorten(*location, 200);
    return error;
  }
  // Every API names a code or a request ID; the metadata service of a server, which no proxy is before, does
  // not.
  const bool is_of_cloud = call.request.direct || !error.code.empty() || !error.request_id.empty() ||
                           !request_id_of(dialect_.vendor, response).empty();
  if (is_of_cloud || error.kind == ErrorKind::unavailable || error.kind == ErrorKind::throttled) return error;
  error.kind = ErrorKind::unexpected;
  error.message = "The response is not one of the cloud, but perhaps of a proxy: " + error.message;
  return error;
}

bool ApiClient::corrects_clock(const http::Response& response, ErrorKind kind) {
  if (kind != ErrorKind::unauthenticated && kind != ErrorKind::credentials_expired &&
      kind != ErrorKind::stale)
    return false;
  const auto cloud_time = http_date(response.header("Date").value_or(""));
  if (!cloud_time) return false;
  const auto difference = *cloud_time - dependencies_.clock.utc();
  if (std::chrono::abs(difference) <= dependencies_.policies.clock.tolerance) return false;
  dependencies_.log.warn(
      "The clock of this machine differs from the cloud's, whose time is used instead",
      {{.key = "cloud", .value = std::string(dialect_.vendor.name)},
       {.key = "difference_s",
        .value = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(difference).count())}});
  dependencies_.clock.correct(*cloud_time);
  return true;
}

Result<http::Response> ApiClient::attempt(const ApiCall& call, const http::Request& request, int number,
                                          const core::Context& context, bool& clock_corrected) {
  const core::Instant start = dependencies_.clock.now();
  const core::Context unstoppable{.deadline = context.deadline};
  auto response = dependencies_.transport.send(request, call.must_await_response ? unstoppable : context);
  const auto duration = std::chrono::duration_cast<milliseconds>(dependencies_.clock.now() - start);

  if (response) {
    const std::vector<std::string> secrets = tokens_of(request, dialect_.vendor.secrets);
    response->body = hide(std::move(response->body), secrets);
    for (http::Header& header : response->headers) header.value = hide(std::move(header.value), secrets);
  }

  Error error;
  if (!response) {
    error = {.kind = kind_of(response.error(), request.idempotent), .message = response.error().message};
  } else if (response->status < 200 || response->status > 299) {
    error = read_error(call, *response);
    error.http_status = response->status;
    error.retry_after = requested_delay(dialect_.vendor, *response, dependencies_.clock.utc(),
                                        dependencies_.policies.retry.max_retry_after);
    clock_corrected = corrects_clock(*response, error.kind);
  }
  std::string request_id = error.request_id;
  if (response && request_id.empty() && dependencies_.log.enabled(core::LogLevel::debug)) {
    request_id = request_id_of(dialect_.vendor, *response);
  }
  dependencies_.log.debug("API call",
                          {{.key = "cloud", .value = std::string(dialect_.vendor.name)},
                           {.key = "action", .value = call.action},
                           {.key = "region", .value = call.region},
                           {.key = "method", .value = request.method},
                           {.key = "host", .value = request.host},
                           {.key = "path", .value = request.path},
                           {.key = "attempt", .value = std::to_string(number + 1)},
                           {.key = "status", .value = std::to_string(response ? response->status : 0)},
                           {.key = "duration_ms", .value = std::to_string(duration.count())},
                           {.key = "code", .value = error.code},
                           {.key = "request_id", .value = request_id}});
  if (response && response->status >= 200 && response->status <= 299) return std::move(*response);
  return std::unexpected(about(call, std::move(error)));
}

bool ApiClient::is_remedied(ErrorKind kind, bool clock_corrected, Remedies& used) {
  if (clock_corrected && !std::exchange(used.clock_corrected, true)) return true;
  if (kind != ErrorKind::credentials_expired || used.credentials_renewed) return false;
  used.credentials_renewed = dialect_.renew();
  return used.credentials_renewed;
}

bool ApiClient::wait_to_repeat(milliseconds delay, Error& error, const core::Context& context) {
  switch (core::wait_to_retry(dependencies_.clock.now() + delay, context, dependencies_.clock)) {
    case core::Wakeup::due: return true;
    case core::Wakeup::deadline: return false;
    case core::Wakeup::stopped:
      if (is_unprocessed(error.kind)) error.kind = ErrorKind::cancelled;
      return false;
  }
  return false;
}

Result<http::Response> ApiClient::call(const ApiCall& call, const core::Context& context) {
  http::Backoff backoff(dependencies_.policies.retry.backoff, core::random_number());
  Remedies used;
  for (int retries = 0;; ++retries) {
    if (context.stop.stop_requested()) {
      return std::unexpected(about(
          call, {.kind = ErrorKind::cancelled, .message = "The call was interrupted before it was sent"}));
    }
    http::Request request = call.request;
    request.lane = call.region;
    if (auto authorized = dialect_.authorize(request, call, context); !authorized) {
      return std::unexpected(not_sent(std::move(authorized.error())));
    }
    bool clock_corrected = false;
    auto response = attempt(call, request, retries, context, clock_corrected);
    if (response) return response;
    Error& error = response.error();
    if (is_remedied(error.kind, clock_corrected, used)) continue;
    if (error.kind == ErrorKind::credentials_expired) error.kind = ErrorKind::unauthenticated;
    if (error.kind == ErrorKind::unauthenticated) error.credentials_source = dialect_.credentials_source;
    if (context.comes_again && error.kind == ErrorKind::throttled) return response;
    if (!dependencies_.policies.retry.may_retry(error.kind, call.request.idempotent, retries))
      return response;
    if (!wait_to_repeat(backoff.delay(retries, error.retry_after), error, context)) return response;
  }
}

}  // namespace cloud
