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

/// A request for one of the clouds. `wire` has path and query decoded, the host as the Host header gives it
/// and all other headers; `path` is what remains of the path for the service.
struct Request {
  http::Request wire;
  Cloud cloud = Cloud::alicloud;
  std::string region;  ///< of the endpoint; empty for one that serves all
  std::string path;

  /// The first query parameter of that name; empty if there is none or it has no value.
  [[nodiscard]] std::string parameter(std::string_view name) const;
  [[nodiscard]] bool has_parameter(std::string_view name) const;
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// What a cloud says no with.
struct ApiError {
  int status = 400;
  std::string code;
  std::string message;
  std::vector<http::Header> headers;
};

template <typename T>
using Result = std::expected<T, ApiError>;

/// What faults and the journal go by. All of it is what the request claims, nothing is verified.
struct Description {
  std::string region;
  std::string action;
  std::string image_id;
  std::string access_key;
};

struct Answer {
  http::Response response;
  std::string code;  ///< of the error, empty for none
  std::string request_id;
};

/// What a request meets. `signing_time` is the clouds' clock for dates in signatures and for the lifetime of
/// keys and tokens; it does not move when the emulator's clock is advanced, because the clients' does not.
struct Scene {
  World& world;
  const Switches& switches;
  RateLimit& rate_limit;
  UtcTime signing_time;
};

/// One cloud. Each has the same parts in its folder: routes, verify, the actions, replies, errors.
class Service {
 public:
  Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  virtual ~Service() = default;

  [[nodiscard]] virtual Description describe(const Request& request) const = 0;
  virtual Answer answer(const Request& request, Scene& scene) = 0;

  /// The refusal in the form in which this cloud answers that request.
  [[nodiscard]] virtual Answer refuse(const Request& request, const ApiError& api_error) const = 0;

  /// The cloud's own word, as a read of the image would show it.
  [[nodiscard]] virtual std::string status_word(const Image& image, const Scene& scene) const = 0;
};

/// Equal, in a time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// The `a=b&c` of a URL or a form. `plus_is_space`: as most clients write forms.
std::vector<http::QueryParameter> parse_query(std::string_view text, bool plus_is_space);

/// Text of a body. Invalid UTF-8 that a request brought in is replaced.
std::string dump(const nlohmann::ordered_json& body);

/// Valid UTF-8 of at most `most` characters and none of these bytes.
bool is_text(std::string_view text, std::size_t most, std::string_view forbidden = "");

}  // namespace emulator
