#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "src/http/transport.h"

namespace fakes {

/// A network with scripted results: each request takes the next one, and repeats the last one.
class ScriptedTransport final : public http::HttpTransport {
 public:
  using Result = std::expected<http::Response, http::TransportError>;

  Result send(const http::Request& request, const core::Context& context) override {
    requests.push_back(request);
    if (on_send) on_send(context);
    Result result = results.at(0);
    if (results.size() > 1) results.pop_front();
    return result;
  }

  std::deque<Result> results;
  std::vector<http::Request> requests;
  std::function<void(const core::Context&)> on_send;
};

inline ScriptedTransport::Result status(int code, std::vector<http::Header> headers = {}) {
  return http::Response{.status = code, .headers = std::move(headers)};
}

inline ScriptedTransport::Result lost(http::TransportFailure failure, bool may_be_processed) {
  return std::unexpected(
      http::TransportError{.failure = failure, .may_be_processed = may_be_processed, .message = "lost"});
}

}  // namespace fakes
