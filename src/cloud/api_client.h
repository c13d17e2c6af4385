#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "src/cloud/endpoint.h"
#include "src/cloud/image_cloud.h"
#include "src/cloud/retry_policy.h"
#include "src/core/clock.h"
#include "src/core/log.h"
#include "src/http/transport.h"

namespace cloud {

struct Vendor;

/// What every cloud's calls need of the world.
struct Dependencies {
  http::HttpTransport& transport;
  core::CorrectedClock& clock;  ///< put right by the cloud's own time when that refuses signatures
  core::Logger& log;
  RetryPolicy retry_policy;
};

/// One call to a cloud.
struct ApiCall {
  std::string action;  ///< the cloud's own name of it
  std::string region;
  http::Request request;
  std::string image_id;  ///< for errors; may be empty
  std::string project;   ///< Huawei: whose tokens are good for it
  /// Once sent, the answer is waited for even after a stop: without it nobody would know what was started.
  bool must_hear_answer = false;
};

/// How one cloud writes its signatures and errors.
struct Dialect {
  const Vendor& vendor;
  /// Proves who calls, for this instant; called anew for each attempt.
  std::function<Result<void>(http::Request& request, const ApiCall& call, const core::Context& context)>
      authorize;
  /// Called when the cloud calls the keys ended. Whether another attempt will be made with others.
  std::function<bool()> renew;
  /// Reads kind, code, message and request id from an answer that is not a success.
  std::function<Error(const http::Response&)> read_error;
};

/// The error for a success that does not hold what it should.
Error unexpected_answer(const ApiCall& call, const http::Response& response, std::string_view what);

/// The ids in a list of regions, the text `name` of every element. An error unless each has one and there is
/// one at least: what cannot be read does not say that a region is missing.
Result<std::vector<std::string>> read_regions(const ApiCall& call, const http::Response& response,
                                              const nlohmann::json& list, std::string_view name);

/// Makes calls: signs each attempt afresh, repeats what may be repeated, logs every attempt without secrets.
class ApiClient {
 public:
  ApiClient(Dependencies services, Dialect dialect) : services_(services), dialect_(std::move(dialect)) {}

  /// The answer's status is a success; anything else is an error that says all about the call.
  Result<http::Response> call(const ApiCall& call, const core::Context& context);

 private:
  /// What a call has done about its failures, each once.
  struct Remedies {
    bool clock_corrected = false;
    bool credentials_renewed = false;
  };

  [[nodiscard]] Error read_error(const http::Response& response) const;
  /// Whether a refusal may be due to this machine's clock, which is right from now on.
  bool corrects_clock(const http::Response& response, ErrorKind kind);
  /// `clock_corrected`: set if another attempt may go better for that.
  Result<http::Response> attempt(const ApiCall& call, const http::Request& request, int number,
                                 const core::Context& context, bool& clock_corrected);
  /// Whether the next attempt can be made at once, because the clock was corrected or credentials renewed.
  bool is_remedied(ErrorKind kind, bool clock_corrected, Remedies& used);
  /// Returns false, with the kind that the error then has, if the call was stopped or its time was over.
  bool wait_to_repeat(std::chrono::milliseconds delay, Error& error, const core::Context& context);

  Dependencies services_;
  Dialect dialect_;
};

}  // namespace cloud
