#include "src/copy/provider_schema.h"

#include "schema/validate.h"
#include "src/cloud/endpoint.h"

namespace copy {
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

/// What every cloud has, in the words of that cloud.
std::vector<Attribute> common(const std::string& region_variables, const std::string& key_variables,
                              const std::string& service, const std::string& host) {
  return {
      text("region",
           "The region of source images where a resource names none. Default: " + region_variables + "."),
      text("access_key", "The access key id. Default: " + key_variables + ".", true),
      text("secret_key", "The secret that belongs to the access key.", true),
      text("security_token", "The session token of a temporary access key.", true),
      endpoint("endpoint",
               "The URL of " + service + ", with `{region}` where the region goes. Default: `" + host + "`."),
  };
}

Attribute alicloud() {
  return tf::nested_object("alicloud", Presence::optional, "Alibaba Cloud.",
                           common("`ALIBABA_CLOUD_REGION`",
                                  "`ALIBABA_CLOUD_ACCESS_KEY_ID` with "
                                  "`ALIBABA_CLOUD_ACCESS_KEY_SECRET`",
                                  "ECS", "https://ecs.{region}.aliyuncs.com"));
}

Attribute baiducloud() {
  return tf::nested_object(
      "baiducloud", Presence::optional, "Baidu AI Cloud.",
      common("`BAIDUCLOUD_REGION`", "`BAIDUCLOUD_ACCESS_KEY` with `BAIDUCLOUD_SECRET_KEY`", "BCC",
             "https://bcc.{region}.baidubce.com"));
}

Attribute huaweicloud() {
  std::vector<Attribute> attributes = common("`HW_REGION_NAME`", "`HW_ACCESS_KEY` with `HW_SECRET_KEY`",
                                             "IMS", "https://ims.{region}.myhuaweicloud.com");
  attributes.push_back(
      endpoint("iam_endpoint",
               "The URL of IAM, which tells project ids, with `{region}` where the region goes. "
               "Default: `https://iam.{region}.myhuaweicloud.com`."));
  return tf::nested_object("huaweicloud", Presence::optional, "Huawei Cloud.", std::move(attributes));
}

}  // namespace

tf::Schema provider_schema() {
  Attribute max_retries{.name = "max_retries",
                        .type = tf::Type::number(),
                        .presence = Presence::optional,
                        .description =
                            "How often a call that may be repeated is repeated after a failure that may "
                            "pass. Default: 5.",
                        .validators = {tf::validators::integer_between(0, 100)}};
  Attribute request_timeout =
      text("request_timeout", "How long one call to a cloud may take. Default: `60s`.");
  request_timeout.validators = {tf::validators::duration()};
  return {
      .version = 0,
      .description =
          "Copies machine images between regions on Alibaba Cloud, Baidu AI Cloud and Huawei Cloud.",
      .attributes = {alicloud(), baiducloud(), huaweicloud(), std::move(max_retries),
                     std::move(request_timeout),
                     text("proxy_url",
                          "The proxy for all calls. Default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`."),
                     text("ca_file",
                          "A file of certificates to trust, in PEM form. Default: `SSL_CERT_FILE`, else the "
                          "system's own.")},
  };
}

}  // namespace copy
