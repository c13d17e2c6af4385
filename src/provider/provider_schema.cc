#include "src/provider/provider_schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "src/http/curl_transport.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/user_agent.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendors.h"
#include "tf/validate.h"

namespace provider {
namespace {

using tf::Attribute;
using tf::Presence;

/// Whether a host without a port, or with a valid one.
bool has_valid_port(const std::string& host) {
  const std::size_t colon = host.rfind(':');
  // None, or the end of an IPv6 address.
  if (colon == std::string::npos || host.find(']', colon) != std::string::npos) return true;
  const std::string digits = host.substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() && end == digits.data() + digits.size() && port > 0 && port <= 65535;
}

/// Accepts the proxy URLs that libcurl accepts.
Attribute proxy_url() {
  Attribute attribute =
      optional_text("proxy_url",
                    "The URL of a proxy for all API calls, with user and password if the proxy requires "
                    "them. The scheme must be `http`, `https`, `socks4`, `socks4a`, `socks5` or `socks5h`. "
                    "Can also be set with the `HTTPS_PROXY` and `HTTP_PROXY` environment variables. Hosts in "
                    "the `NO_PROXY` environment variable are called directly in any case.",
                    true);
  attribute.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    static constexpr std::array<std::string_view, 6> kSchemes = {"http",    "https",  "socks4",
                                                                 "socks4a", "socks5", "socks5h"};
    const std::string url = value.text().value_or("");
    const std::size_t end = url.find("://");
    const std::string scheme = end == std::string::npos ? "http" : core::to_lower(url.substr(0, end));
    std::string host = end == std::string::npos ? url : url.substr(end + 3);
    if (host.ends_with('/')) host.pop_back();
    const bool known = std::ranges::find(kSchemes, scheme) != kSchemes.end();
    if (known && !host.empty() && host.find_first_of(" \t\r\n/") == std::string::npos &&
        has_valid_port(host.substr(host.rfind('@') + 1))) {
      return std::nullopt;
    }
    // Not shown, because it may contain a password.
    return "The value must be the URL of a proxy, such as \"http://proxy.example.com:3128\", with the "
           "scheme " +
           core::enumerate({kSchemes.begin(), kSchemes.end()}, "or") + ".";
  }};
  return attribute;
}

Attribute user_agent_suffix() {
  Attribute attribute = optional_text(
      "user_agent_suffix",
      "Text to append to the `User-Agent` header of each API call, for example the name of a pipeline, so "
      "that its calls can be found in a cloud's audit log. The value of the `TF_APPEND_USER_AGENT` "
      "environment variable is appended after it. Must have 1 to 256 printable ASCII characters.");
  attribute.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    if (is_user_agent_text(value.text().value_or(""))) return std::nullopt;
    return "The value must have 1 to 256 printable ASCII characters, and must not be blank.";
  }};
  return attribute;
}

/// `default_text`: a sentence.
Attribute optional_count(std::string name, int min, int max, std::string description,
                         const std::string& default_text) {
  description +=
      " Must be between " + std::to_string(min) + " and " + std::to_string(max) + ". " + default_text;
  return {.name = std::move(name),
          .type = tf::Type::number(),
          .presence = Presence::optional,
          .description = std::move(description),
          .validators = {tf::validators::integer_between(min, max)}};
}

Attribute request_timeout() {
  Attribute attribute = optional_text(
      "request_timeout", "The timeout of one API call, as a duration such as `90s` or `2m`. Defaults to `" +
                             core::format_duration(http::CurlOptions().request_timeout) + "`.");
  attribute.validators = {tf::validators::duration()};
  return attribute;
}

/// One number, or one for each cloud.
std::string default_of_max_concurrent_copies() {
  std::map<int, std::vector<std::string>> clouds;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    clouds[vendor->max_running_copies].emplace_back(vendor->display_name);
  }
  std::vector<std::string> defaults;
  for (const auto& [number, names] : clouds) {
    std::string text = "`" + std::to_string(number) + "`";
    if (clouds.size() > 1) text += " on " + core::enumerate(names, "and");
    defaults.push_back(std::move(text));
  }
  return "Defaults to " + core::enumerate(defaults, "and") + ".";
}

/// What concerns all clouds.
std::vector<Attribute> common_attributes() {
  return {optional_count(
              "max_concurrent_copies", 1, 10000,
              "The maximum number of copies that run at the same time from one source region of a cloud, "
              "including copies of other runs where the cloud reports them. Further copies wait in a queue, "
              "within their `timeouts`.",
              default_of_max_concurrent_copies()),
          optional_count("max_retries", 0, 100,
                         "The maximum number of retries of an API call that fails temporarily.",
                         "Defaults to `" + std::to_string(cloud::RetryPolicy().max_retries) + "`."),
          request_timeout(),
          tags_attribute("default_tags",
                         "Tags to set on every copy. A tag with the same key in the `tags` of a resource "
                         "takes precedence."),
          proxy_url(),
          optional_text("ca_file",
                        "The path of a PEM file with the only certificates to trust. Can also be set with "
                        "the `SSL_CERT_FILE` environment variable. Defaults to the certificates of the "
                        "system and of the directories in the `SSL_CERT_DIR` environment variable."),
          user_agent_suffix()};
}

}  // namespace

tf::Schema provider_schema() {
  tf::Schema schema{
      .version = 0,
      .description =
          "Copies machine images within and between regions on " +
          cloud::display_names([](const cloud::Vendor&) { return true; }) +
          ". Creating an `image_copy` starts the copy, refreshing it reports the progress, and "
          "destroying it deletes the image, or cancels the copy while it runs, where the cloud can cancel.",
      .attributes = {}};
  for (const VendorSchema* vendor : vendor_schemas()) schema.attributes.push_back(vendor->provider_object());
  for (Attribute& attribute : common_attributes()) schema.attributes.push_back(std::move(attribute));
  return schema;
}

}  // namespace provider
