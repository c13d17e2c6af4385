#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "src/http/message.h"

namespace cloud {

/// A service's address in every region: a URL with `{region}` where the region goes.
class Endpoint {
 public:
  /// The error is a sentence that says what is wrong.
  static std::expected<Endpoint, std::string> parse(std::string_view url_template);

  [[nodiscard]] http::BaseUrl at(std::string_view region) const;

  /// A request to that region, its path behind the endpoint's own.
  [[nodiscard]] http::Request request(std::string_view region, std::string method,
                                      std::string_view path) const;

 private:
  explicit Endpoint(std::string url_template) : url_template_(std::move(url_template)) {}

  std::string url_template_;
};

}  // namespace cloud
