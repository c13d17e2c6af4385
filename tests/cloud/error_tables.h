#pragma once

#include <map>
#include <string>
#include <vector>

#include "src/cloud/error.h"
#include "src/core/text.h"
#include "src/http/message.h"
#include "tests/support/catch.h"

/// What every vendor's error codes mean, as tables, and the checks of their rows.
namespace fakes {

/// Reads a vendor's error response.
using ErrorReader = cloud::Error (*)(const http::Response& response);

/// Codes, separated by blanks.
using CodesByKind = std::map<cloud::ErrorKind, std::string>;

/// `body`: a response body with `%` for the code.
inline void check_kinds(ErrorReader read, const std::string& body, const CodesByKind& codes_by_kind) {
  for (const auto& [kind, codes] : codes_by_kind) {
    for (const std::string& code : core::split(codes, ' ')) {
      CAPTURE(code);
      // A status that no cloud uses, so that the code alone decides.
      CHECK(read({.status = 418, .headers = {}, .body = core::replace_all(body, "%", code)}).kind == kind);
    }
  }
}

struct ErrorRow {
  int status = 0;
  std::string code;
  cloud::ErrorKind kind = cloud::ErrorKind::unexpected;
  std::string argument;
};

inline http::Response error_response(int status, std::string body, std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

/// Responses that are not the cloud's JSON.
inline void check_foreign_responses(ErrorReader read) {
  for (const std::string& body :
       {std::string(), std::string("<html>502</html>"), std::string("[]"), std::string("{}"),
        std::string(5000, 'x'), std::string(R"({"code":{"a":1},"Code":[],"error":"text"})")}) {
    CAPTURE(body.substr(0, 40));
    const cloud::Error error = read(error_response(502, body));
    CHECK(error.kind == cloud::ErrorKind::unavailable);
    CHECK(error.message.size() < 310);
  }
  CHECK(read(error_response(429, "")).kind == cloud::ErrorKind::throttled);
}

}  // namespace fakes
