#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "src/http/message.h"
#include "tests/emulator/rate_limit.h"
#include "tests/emulator/switches.h"
#include "tests/emulator/world.h"

namespace emulator {

/// A request to one of the clouds. `wire` has the decoded path and query, the host of the Host header, and
/// all other headers. `path` is the path without the emulator's prefix.
struct Request {
  http::Request wire;
  Cloud cloud{};
  std::string region;  ///< of the endpoint; empty if it serves all regions
  std::string path;

  /// The first query parameter of that name; empty if it is absent or has no value.
  [[nodiscard]] std::string parameter(std::string_view name) const;
  [[nodiscard]] bool has_parameter(std::string_view name) const;
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// An error that a cloud returns.
struct ApiError {
  int status = 400;
  std::string code;
  std::string message;
  std::vector<http::Header> headers;
};

template <typename T>
using Result = std::expected<T, ApiError>;

/// What faults and the journal use to identify a request. Taken from the request without verification.
struct Description {
  std::string region;
  std::string action;
  std::string image_id;
  std::string access_key;
};

struct ServiceReply {
  http::Response response;
  std::string code;  ///< of the error; empty: none
  std::string request_id;
};

/// The state that requests to a cloud use. `signing_time` is the clouds' clock for dates in signatures and
/// for the lifetime of credentials. It does not change when the emulator's clock is advanced, because the
/// clients' clock does not either.
struct Environment {
  World& world;
  const Switches& switches;
  RateLimit& rate_limit;
  UtcTime signing_time;
};

/// A cloud. Each cloud's folder has the same parts: routes, verify, the actions, rules, replies, errors.
class Service {
 public:
  Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  virtual ~Service() = default;

  [[nodiscard]] virtual Description describe(const Request& request) const = 0;
  virtual ServiceReply handle(const Request& request, Environment& environment) = 0;

  /// Returns an error in the form in which this cloud replies to the request.
  [[nodiscard]] virtual ServiceReply refuse(const Request& request, const ApiError& api_error) const = 0;

  /// The status of the image as the cloud's API returns it.
  [[nodiscard]] virtual std::string status_word(const Image& image, const Environment& environment) const = 0;
};

/// Compares in a time that does not depend on where the texts differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Parses the `a=b&c` of a URL or a form. `plus_is_space`: decode `+` as a space.
std::vector<http::QueryParameter> parse_query(std::string_view text, bool plus_is_space);

/// Serializes a body. Replaces invalid UTF-8, which may come from a request.
std::string dump(const nlohmann::ordered_json& body);

/// Returns whether the text is valid UTF-8 of at most `max_characters` characters and has none of the bytes
/// in `forbidden`.
bool is_text(std::string_view text, std::size_t max_characters, std::string_view forbidden = "");

}  // namespace emulator
