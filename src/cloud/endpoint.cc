#include "src/cloud/endpoint.h"

#include "src/core/text.h"

namespace cloud {
namespace {

constexpr std::string_view kPlaceholder = "{region}";

std::string filled(std::string_view url_template, std::string_view region) {
  return core::replace_all(url_template, kPlaceholder, region);
}

}  // namespace

std::expected<Endpoint, std::string> Endpoint::parse(std::string_view url_template) {
  const std::string example = filled(url_template, "region-1");
  if (example.find_first_of("{}") != std::string::npos) {
    return std::unexpected("\"" + std::string(url_template) + "\" has a placeholder other than {region}.");
  }
  if (!http::parse_base_url(example)) {
    // A user's password or a token may stand there.
    const bool may_hold_secrets = url_template.find_first_of("@?") != std::string_view::npos;
    const std::string what = may_hold_secrets ? "This" : "\"" + std::string(url_template) + "\"";
    return std::unexpected(what +
                           " is not an http or https URL of a host and an optional path, such as "
                           "\"https://images.{region}.example.com\"; it takes no user and no query.");
  }
  return Endpoint(std::string(url_template));
}

http::BaseUrl Endpoint::at(std::string_view region) const {
  return http::parse_base_url(filled(url_template_, core::percent_encode(region))).value_or(http::BaseUrl{});
}

http::Request Endpoint::request(std::string_view region, std::string method, std::string_view path) const {
  const http::BaseUrl base = at(region);
  return {.method = std::move(method),
          .scheme = base.scheme,
          .host = base.host,
          .path = base.path + std::string(path)};
}

}  // namespace cloud
