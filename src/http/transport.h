#pragma once

#include <expected>
#include <string>

#include "src/core/clock.h"
#include "src/http/message.h"

namespace http {

enum class TransportFailure {
  unreachable,  ///< no connection: the name, the port or the TLS handshake
  timed_out,
  broken,     ///< the connection ended, or what came was not HTTP
  cancelled,  ///< the caller's stop was requested
};

struct TransportError {
  TransportFailure failure = TransportFailure::broken;
  bool may_be_processed = false;  ///< the request may have reached the server
  std::string message;            ///< in words, without secrets
};

/// Sends one request and returns its answer whatever its status; never repeats a request that is not
/// repeatable.
class HttpTransport {
 public:
  HttpTransport() = default;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;
  virtual ~HttpTransport() = default;

  /// Safe from any thread. Ends at the context's deadline, and at once when its stop is requested.
  virtual std::expected<Response, TransportError> send(const Request& request,
                                                       const core::Context& context) = 0;
};

}  // namespace http
