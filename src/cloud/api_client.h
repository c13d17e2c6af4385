#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "src/cloud/endpoint.h"
#include "src/cloud/image_cloud.h"
#include "src/cloud/policies.h"
#include "src/core/clock.h"
#include "src/core/log.h"
#include "src/http/transport.h"

namespace cloud {

struct Vendor;

/// What every cloud's API calls use.
struct Dependencies {
  http::HttpTransport& transport;
  core::CorrectedClock& clock;  ///< corrected by the cloud's own time when the cloud refuses a signature
  core::Logger& log;
  CallPolicies policies;
};

/// One API call.
struct ApiCall {
  std::string action;  ///< the cloud's own name of the call
  std::string region;
  http::Request request;
  std::string image_id;  ///< for errors; may be empty
  std::string project;   ///< that a token must be valid for; empty where requests are signed
  /// Whether to wait for the response even after a stop: without it, nobody would know what was started.
  bool must_await_response = false;
};

/// How a cloud signs requests and reports errors.
struct Dialect {
  const Vendor& vendor;
  /// Signs the request, or adds a token. Called for each attempt.
  std::function<Result<void>(http::Request& request, const ApiCall& call, const core::Context& context)>
      authorize;
  /// Called when the cloud reports that the credentials expired. Returns whether the next attempt can use
  /// others.
  std::function<bool()> renew;
  /// Reads kind, code, message and request ID from an error response.
  std::function<Error(const http::Response&)> read_error;
  std::string credentials_source;  ///< where the credentials were found; may be empty
};

/// The error for a successful response that lacks what it must contain. `what`: a sentence without a full
/// stop.
Error unexpected_response(const ApiCall& call, const http::Response& response, std::string_view what);

/// The IDs in a list of regions: the member `name` of each element. Returns an error if the list is empty or
/// an element has no ID, because such a list does not show that a region is missing.
Result<std::vector<std::string>> read_regions(const ApiCall& call, const http::Response& response,
                                              const nlohmann::json& list, std::string_view name);

/// Makes API calls: signs each attempt afresh, retries what may be repeated, and logs every attempt without
/// secrets.
class ApiClient {
 public:
  ApiClient(Dependencies dependencies, Dialect dialect)
      : dependencies_(dependencies), dialect_(std::move(dialect)) {}

  /// Returns a response with a success status; any other outcome is an error that identifies the call.
  Result<http::Response> call(const ApiCall& call, const core::Context& context);

 private:
  /// What a call has done about its failures, each once.
  struct Remedies {
    bool clock_corrected = false;
    bool credentials_renewed = false;
  };

  [[nodiscard]] Error read_error(const ApiCall& call, const http::Response& response) const;
  /// Corrects the clock if it may be the cause of a refusal. Returns whether it did.
  bool corrects_clock(const http::Response& response, ErrorKind kind);
  /// `clock_corrected`: set to whether the clock was corrected, so that another attempt may succeed.
  Result<http::Response> attempt(const ApiCall& call, const http::Request& request, int number,
                                 const core::Context& context, bool& clock_corrected);
  /// Whether the next attempt can be made at once, because the clock was corrected or credentials renewed.
  bool is_remedied(ErrorKind kind, bool clock_corrected, Remedies& used);
  /// Returns false, with the kind that the error then has, if the call was stopped or its time was over.
  bool wait_to_repeat(std::chrono::milliseconds delay, Error& error, const core::Context& context);

  Dependencies dependencies_;
  Dialect dialect_;
};

}  // namespace cloud
