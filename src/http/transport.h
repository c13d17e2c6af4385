#pragma once

#include <expected>
#include <string>

#include "src/core/clock.h"
#include "src/http/message.h"

namespace http {

enum class TransportFailure {
  unreachable,  ///< no connection: name resolution, TCP or TLS failed
  timed_out,
  broken,     ///< the connection was closed early, or the response was not HTTP
  cancelled,  ///< the caller requested a stop
};

struct TransportError {
  TransportFailure failure = TransportFailure::broken;
  bool may_be_processed = false;  ///< the request may have reached the server
  std::string message;            ///< lower case, without a full stop and without secrets
};

/// Sends HTTP requests. Returns the response with any status code. Never repeats a request that is not
/// idempotent.
class HttpTransport {
 public:
  HttpTransport() = default;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;
  virtual ~HttpTransport() = default;

  /// May be called from any thread. Returns at the context's deadline at the latest, and at once when a stop
  /// is requested.
  virtual std::expected<Response, TransportError> send(const Request& request,
                                                       const core::Context& context) = 0;
};

}  // namespace http
