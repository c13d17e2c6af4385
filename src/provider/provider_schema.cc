#include "src/provider/provider_schema.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "src/copy/admission_queue.h"
#include "src/core/text.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/user_agent.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendors.h"
#include "tf/validate.h"

namespace provider {
namespace {

using tf::Attribute;
using tf::Presence;

/// Whether a host that may be followed by a port can be connected to.
bool has_possible_port(const std::string& host) {
  const std::size_t colon = host.rfind(':');
  // None, or the end of an IPv6 address.
  if (colon == std::string::npos || host.find(']', colon) != std::string::npos) return true;
  const std::string digits = host.substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc() && end == digits.data() + digits.size() && port > 0 && port <= 65535;
}

/// What libcurl takes for a proxy.
Attribute proxy_url() {
  Attribute attribute = optional_text(
      "proxy_url",
      "The proxy for all calls: `http://`, `https://`, `socks4://`, `socks4a://`, "
      "`socks5://` or `socks5h://`, with user and password if it asks for them. Default: "
      "`HTTPS_PROXY` and `HTTP_PROXY`. Hosts that `NO_PROXY` names are called directly in any case.",
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
        has_possible_port(host.substr(host.rfind('@') + 1))) {
      return std::nullopt;
    }
    // The value itself may hold a password.
    return R"(This is not the URL of a proxy, such as "http://proxy.example.com:3128".)";
  }};
  return attribute;
}

}  // namespace

tf::Schema provider_schema() {
  Attribute user_agent_suffix = optional_text(
      "user_agent_suffix",
      "What calls to the clouds add to their `User-Agent`, behind the versions of Terraform and of this "
      "provider: for example the name of a pipeline, to find its calls in a cloud's audit log. What the "
      "environment variable `TF_APPEND_USER_AGENT` holds comes after it. 1 to 256 printable ASCII "
      "characters.");
  user_agent_suffix.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    if (is_user_agent_text(value.text().value_or(""))) return std::nullopt;
    return "The value must have 1 to 256 printable ASCII characters, and not blanks only.";
  }};
  Attribute max_retries{.name = "max_retries",
                        .type = tf::Type::number(),
                        .presence = Presence::optional,
                        .description =
                            "How often a call that may be repeated is repeated after a failure that may "
                            "pass, 0 to 100 times. Default: 5.",
                        .validators = {tf::validators::integer_between(0, 100)}};
  Attribute max_concurrent_copies{
      .name = "max_concurrent_copies",
      .type = tf::Type::number(),
      .presence = Presence::optional,
      .description =
          "How many copies may run at once from one source region of a cloud, counted together "
          "with those of other runs that the cloud shows. The rest wait their turn, within their "
          "`timeouts`. 1 to 10000. Default: " +
          std::to_string(copy::kDefaultConcurrentCopies) + ", the clouds' own quota.",
      .validators = {tf::validators::integer_between(1, 10000)}};
  Attribute request_timeout = optional_text(
      "request_timeout",
      "How long one call to a cloud may take, as a duration such as `90s` or `2m`. Default: `60s`.");
  request_timeout.validators = {tf::validators::duration()};
  tf::Schema schema{
      .version = 0,
      .description =
          "Copies machine images within and between regions on " +
          cloud::display_names([](const cloud::Vendor&) { return true; }) +
          ". Creating an `image_copy` starts the copy, refreshing it reports the progress, and destroying it "
          "cancels a running copy or deletes the finished image.",
      .attributes = {}};
  for (const VendorSchema* vendor : vendor_schemas()) schema.attributes.push_back(vendor->provider_object());
  for (Attribute& attribute : std::vector{
           std::move(max_concurrent_copies), std::move(max_retries), std::move(request_timeout),
           tags_attribute("default_tags", "Tags of every copy, beneath its own `tags`."), proxy_url(),
           optional_text("ca_file",
                         "A file of certificates to trust, in PEM form. Default: `SSL_CERT_FILE`, else the "
                         "system's own, and the folders in `SSL_CERT_DIR`."),
           std::move(user_agent_suffix)}) {
    schema.attributes.push_back(std::move(attribute));
  }
  return schema;
}

}  // namespace provider
