#include "src/provider/provider_schema.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "src/cloud/endpoint.h"
#include "src/copy/admission_queue.h"
#include "src/core/text.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/user_agent.h"
#include "tf/validate.h"

namespace provider {
namespace {

using tf::Attribute;
using tf::Presence;

Attribute text(std::string name, std::string description, bool sensitive = false) {
  return {.name = std::move(name),
          .presence = Presence::optional,
          .description = std::move(description),
          .sensitive = sensitive};
}

Attribute endpoint(std::string name, std::string description) {
  Attribute attribute = text(std::move(name), std::move(description));
  attribute.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    const auto url = value.text();
    if (!url) return std::nullopt;
    const auto parsed = cloud::Endpoint::parse(*url);
    return parsed ? std::nullopt : std::optional(parsed.error());
  }};
  return attribute;
}

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
  Attribute attribute =
      text("proxy_url",
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

/// Names and defaults in the words of one cloud's users.
struct Words {
  std::string region_variables;
  std::string key_variables;
  std::string service;
  std::string host;
  std::string profile_file;
};

/// What every cloud has.
std::vector<Attribute> common(const Words& words) {
  return {
      text("region", "The region of source images where a resource names none. Default: " +
                         words.region_variables + "."),
      text("access_key", "The access key id. Default: " + words.key_variables + ".", true),
      text("secret_key", "The secret that belongs to the access key.", true),
      text("security_token", "The session token of a temporary access key.", true),
      text("profile", "The profile in the credentials file. Default: the file's current one."),
      text("shared_credentials_file",
           "A credentials file as the vendor's command line tool writes it. Default: `" + words.profile_file +
               "`, which counts less than keys in the environment; a file or profile that is named here "
               "counts "
               "more."),
      endpoint("endpoint", "The URL of " + words.service +
                               ", with `{region}` where the region goes. Default: `" + words.host + "`."),
  };
}

Attribute role(std::string description, std::vector<Attribute> attributes) {
  return tf::nested_object("assume_role", Presence::optional, std::move(description), std::move(attributes));
}

/// A number of seconds in text, as the vendors' settings have it.
Attribute seconds(std::string name, int least, int most, std::string description) {
  Attribute attribute = text(std::move(name), std::move(description));
  attribute.validators = {[least, most](const tf::Value& value) -> std::optional<std::string> {
    const std::string digits = value.text().value_or("");
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    if (whole && number >= least && number <= most) return std::nullopt;
    return "The value must be a number of seconds from " + std::to_string(least) + " to " +
           std::to_string(most) + ", not \"" + core::shorten(digits, 40) + "\".";
  }};
  return attribute;
}

Attribute required(std::string name, std::string description) {
  Attribute attribute = text(std::move(name), std::move(description));
  attribute.presence = Presence::required;
  return attribute;
}

Attribute metadata_endpoint(const std::string& address) {
  return endpoint(
      "metadata_endpoint",
      "The URL of the metadata service, which gives the instance's own temporary keys where no others "
      "are found. Default: `" +
          address + "`.");
}

Attribute alicloud() {
  std::vector<Attribute> attributes =
      common({.region_variables = "`ALIBABA_CLOUD_REGION`",
              .key_variables = "`ALIBABA_CLOUD_ACCESS_KEY_ID` with `ALIBABA_CLOUD_ACCESS_KEY_SECRET`",
              .service = "ECS",
              .host = "https://ecs.{region}.aliyuncs.com",
              .profile_file = "~/.aliyun/config.json"});
  attributes.push_back(
      role("A RAM role to assume with the keys that were found.",
           {required("role_arn", "`acs:ram::{account}:role/{name}`."),
            text("session_name",
                 "The name of the session. Default: `ALIBABA_CLOUD_ROLE_SESSION_NAME`, else "
                 "`terraform-provider-image`."),
            seconds("session_duration", 900, 43200,
                    "For how many seconds keys are asked for, 900 to 43200. They are renewed as needed. "
                    "Default: as the service decides."),
            text("policy", "A policy, as JSON, that narrows the role down."),
            text("external_id", "The external id that the role asks for.")}));
  attributes.push_back(
      endpoint("sts_endpoint", "The URL of STS, which assumes roles. Default: `https://sts.aliyuncs.com`."));
  attributes.push_back(metadata_endpoint("http://100.100.100.200"));
  return tf::nested_object("alicloud", Presence::optional, "Alibaba Cloud.", std::move(attributes));
}

Attribute baiducloud() {
  std::vector<Attribute> attributes =
      common({.region_variables = "`BAIDUCLOUD_REGION`",
              .key_variables = "`BAIDUCLOUD_ACCESS_KEY` with `BAIDUCLOUD_SECRET_KEY`",
              .service = "BCC",
              .host = "https://bcc.{region}.baidubce.com",
              .profile_file = "~/.bce/config.json"});
  attributes.push_back(role("A role to assume with the keys that were found.",
                            {required("account_id", "The account that the role belongs to."),
                             required("role_name", "The name of the role."),
                             text("user_id", "The user on whose behalf the role is assumed."),
                             text("acl", "An access control list, as JSON, that narrows the role down.")}));
  attributes.push_back(endpoint(
      "sts_endpoint", "The URL of STS, which assumes roles. Default: `https://sts.bj.baidubce.com`."));
  return tf::nested_object("baiducloud", Presence::optional, "Baidu AI Cloud.", std::move(attributes));
}

Attribute huaweicloud() {
  std::vector<Attribute> attributes = common({.region_variables = "`HW_REGION_NAME`",
                                              .key_variables = "`HW_ACCESS_KEY` with `HW_SECRET_KEY`",
                                              .service = "IMS",
                                              .host = "https://ims.{region}.myhuaweicloud.com",
                                              .profile_file = "~/.hcloud/config.json"});
  std::vector<Attribute> own = {
      text("auth_token",
           "A ready-made IAM token. It is good for one project, so for copies inside one region only. "
           "Default: "
           "`HW_AUTH_TOKEN`.",
           true),
      text("user_name",
           "The IAM user to log in as, with `password` and `domain_name`. Default: `HW_USER_NAME`."),
      text("password", "The IAM user's password. Default: `HW_USER_PASSWORD`.", true),
      text("domain_name", "The name of the account. Default: `HW_DOMAIN_NAME`."),
      text("project_name",
           "The project to work in, in its own region. Default: `HW_PROJECT_NAME`, else the region's own."),
      text("project_id", "The id of that project. Default: `HW_PROJECT_ID`, else it is looked up."),
      text("enterprise_project_id",
           "The enterprise project of copies inside one region that name none. Default: "
           "`HW_ENTERPRISE_PROJECT_ID`."),
      role("An agency to assume with the credentials that were found.",
           {required("agency_name", "The name of the agency."),
            required("domain_name", "The account that delegates."),
            seconds("duration", 900, 86400,
                    "For how many seconds keys are asked for, 900 to 86400. They are renewed as needed. "
                    "Default: `86400`.")}),
      endpoint("iam_endpoint",
               "The URL of IAM, with `{region}` where the region goes. Default: `HW_AUTH_URL`, else "
               "`https://iam.{region}.myhuaweicloud.com`."),
      metadata_endpoint("http://169.254.169.254"),
  };
  attributes.insert(attributes.end(), std::make_move_iterator(own.begin()),
                    std::make_move_iterator(own.end()));
  return tf::nested_object("huaweicloud", Presence::optional, "Huawei Cloud.", std::move(attributes));
}

}  // namespace

tf::Schema provider_schema() {
  Attribute user_agent_suffix =
      text("user_agent_suffix",
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
  Attribute request_timeout =
      text("request_timeout",
           "How long one call to a cloud may take, as a duration such as `90s` or `2m`. Default: `60s`.");
  request_timeout.validators = {tf::validators::duration()};
  return {
      .version = 0,
      .description =
          "Copies machine images within and between regions on Alibaba Cloud, Baidu AI Cloud and Huawei "
          "Cloud. "
          "Creating an `image_copy` starts the copy, refreshing it reports the progress, and destroying it "
          "cancels a running copy or deletes the finished image.",
      .attributes = {alicloud(), baiducloud(), huaweicloud(), std::move(max_concurrent_copies),
                     std::move(max_retries), std::move(request_timeout),
                     tags_attribute("default_tags", "Tags of every copy, beneath its own `tags`."),
                     proxy_url(),
                     text("ca_file",
                          "A file of certificates to trust, in PEM form. Default: `SSL_CERT_FILE`, else the "
                          "system's own, and the folders in `SSL_CERT_DIR`."),
                     std::move(user_agent_suffix)},
  };
}

}  // namespace provider
