#include "src/cloud/endpoint.h"

#include "src/core/text.h"

namespace cloud {
namespace {

constexpr std::string_view kPlaceholder = "{region}";

std::string filled(std::string_view url_template, std::string_view region) {
  return core::replace_all(url_template, kPlaceholder, region);
}

bool is_of(const IrregularHost& irregular, std::string_view region) {
  const std::string_view pattern = irregular.region;
  if (!pattern.ends_with('*')) return region == pattern;
  return region.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace

std::expected<Endpoint, std::string> Endpoint::parse(std::string_view url_template) {
  const std::string example = filled(url_template, "region-1");
  if (example.find_first_of("{}") != std::string::npos) {
    return std::unexpected("\"" + std::string(url_template) +
                           "\" must not contain placeholders other than {region}.");
  }
  if (!http::parse_base_url(example)) {
    // It may contain a password or a token.
    const bool may_hold_secrets = url_template.find_first_of("@?") != std::string_view::npos;
    const std::string what = may_hold_secrets ? "The value" : "\"" + std::string(url_template) + "\"";
    return std::unexpected(what +
                           " must be an http or https URL with a host and an optional path, without user and "
                           "query, such as \"https://images.{region}.example.com\".");
  }
  return Endpoint(std::string(url_template));
}

Endpoint Endpoint::except(std::span<const IrregularHost> irregular) const {
  Endpoint endpoint = *this;
  endpoint.irregular_ = irregular;
  return endpoint;
}

http::BaseUrl Endpoint::at(std::string_view region) const {
  const std::string encoded = core::percent_encode(region);
  http::BaseUrl base = http::parse_base_url(filled(url_template_, encoded)).value_or(http::BaseUrl{});
  for (const IrregularHost& irregular : irregular_) {
    if (is_of(irregular, region)) base.host = filled(irregular.host, encoded);
  }
  return base;
}

http::Request Endpoint::request(std::string_view region, std::string method, std::string_view path) const {
  const http::BaseUrl base = at(region);
  return {.method = std::move(method),
          .scheme = base.scheme,
          .host = base.host,
          .path = base.path + std::string(path)};
}

}  // namespace cloud
