#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "src/http/transport.h"

namespace fakes {

/// A network whose answers are written down before: each request takes the next one, and the last one again
/// and again.
class ScriptedTransport final : public http::HttpTransport {
 public:
  using Answer = std::expected<http::Response, http::TransportError>;

  Answer send(const http::Request& request, const core::Context& context) override {
    requests.push_back(request);
    if (on_send) on_send(context);
    Answer answer = answers.at(0);
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }

  std::deque<Answer> answers;
  std::vector<http::Request> requests;
  std::function<void(const core::Context&)> on_send;
};

inline ScriptedTransport::Answer status(int code, std::vector<http::Header> headers = {}) {
  return http::Response{.status = code, .headers = std::move(headers)};
}

inline ScriptedTransport::Answer lost(http::TransportFailure failure, bool may_be_processed) {
  return std::unexpected(
      http::TransportError{.failure = failure, .may_be_processed = may_be_processed, .message = "lost"});
}

}  // namespace fakes
