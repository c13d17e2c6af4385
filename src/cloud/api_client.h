#pragma once

#include <functional>
#include <string>

#include "src/cloud/cloud.h"
#include "src/cloud/endpoint.h"
#include "src/cloud/retry_policy.h"
#include "src/core/clock.h"
#include "src/core/log.h"
#include "src/http/transport.h"

namespace cloud {

/// What every cloud's calls need of the world.
struct Services {
  http::HttpTransport& transport;
  core::Clock& clock;
  core::Logger& log;
  RetryPolicy retry_policy;
};

/// How one cloud writes its signatures and errors.
struct Dialect {
  std::string_view cloud;
  /// Signs for this instant; called anew for each attempt.
  std::function<void(http::Request&)> sign;
  /// Reads kind, code, message and request id from an answer that is not a success.
  std::function<Error(const http::Response&)> read_error;
};

/// One call to a cloud.
struct ApiCall {
  std::string action;  ///< the cloud's own name of it
  std::string region;
  http::Request request;
  std::string image_id;  ///< for errors; may be empty
};

/// The error for a success that does not hold what it should.
Error unexpected_answer(const ApiCall& call, const http::Response& response, std::string_view what);

/// Makes calls: signs each attempt afresh, repeats what may be repeated, logs every attempt without secrets.
class ApiClient {
 public:
  ApiClient(Services services, Dialect dialect) : services_(services), dialect_(std::move(dialect)) {}

  /// The answer's status is a success; anything else is an error that says all about the call.
  Result<http::Response> call(const ApiCall& call, const core::Context& context);

 private:
  Result<http::Response> attempt(const ApiCall& call, int number, const core::Context& context);

  Services services_;
  Dialect dialect_;
};

}  // namespace cloud
