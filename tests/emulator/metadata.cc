#include "tests/emulator/metadata.h"

#include "src/core/text.h"
#include "src/core/time_text.h"

namespace emulator {
namespace {

using nlohmann::json;

constexpr std::chrono::hours kLifetime{1};
constexpr std::string_view kToken = "emulator-metadata-token-01";
constexpr std::string_view kTokenPath = "/latest/api/token";
constexpr std::string_view kRolePath = "/latest/meta-data/ram/security-credentials/";
constexpr std::string_view kKeyPath = "/openstack/latest/securitykey";

http::Response text(int status, std::string body) {
  return {.status = status,
          .headers = {{.name = "Content-Type", .value = "text/plain"}},
          .body = std::move(body)};
}

http::Response object(const json& body) {
  return {
      .status = 200, .headers = {{.name = "Content-Type", .value = "application/json"}}, .body = body.dump()};
}

http::Response alicloud_metadata(const RawRequest& raw, const std::string& path, Environment& environment) {
  const std::string& role = environment.switches.instance_role;
  if (path == kTokenPath) {
    const bool requests_token =
        raw.method == "PUT" && http::find_header(raw.headers, "x-aliyun-ecs-metadata-token-ttl-seconds");
    return requests_token ? text(200, std::string(kToken)) : text(400, "bad request");
  }
  const auto token = http::find_header(raw.headers, "x-aliyun-ecs-metadata-token");
  if (token ? *token != kToken : environment.switches.alicloud_metadata_needs_token)
    return text(403, "forbidden");
  if (!path.starts_with(kRolePath) || role.empty()) return text(404, "not found");
  const std::string name = path.substr(kRolePath.size());
  if (name.empty()) return text(200, role);
  if (name != role) return text(404, "not found");
  const UtcTime expires = environment.signing_time + kLifetime;
  const AccessKey& key = environment.world.issue_key("STS.", AccessKey().account, expires);
  return object({{"Code", "Success"},
                 {"AccessKeyId", key.access_key},
                 {"AccessKeySecret", key.secret_key},
                 {"SecurityToken", key.security_token},
                 {"Expiration", core::format_rfc3339(expires)}});
}

http::Response huaweicloud_metadata(const std::string& path, Environment& environment) {
  if (path != kKeyPath || environment.switches.instance_role.empty()) return text(404, "not found");
  const UtcTime expires = environment.signing_time + kLifetime;
  const AccessKey& key = environment.world.issue_key("", AccessKey().account, expires);
  return object({{"credential",
                  {{"access", key.access_key},
                   {"secret", key.secret_key},
                   {"securitytoken", key.security_token},
                   {"expires_at", core::format_utc(expires, "%Y-%m-%dT%H:%M:%S.000000Z")}}}});
}

}  // namespace

std::optional<MetadataRequest> find_metadata(const RawRequest& request) {
  const std::string path = path_of(request);
  const std::string host = http::find_header(request.headers, "Host").value_or("");
  if (host == "100.100.100.200") return MetadataRequest{.cloud = Cloud::alicloud, .path = path};
  if (host == "169.254.169.254") return MetadataRequest{.cloud = Cloud::huaweicloud, .path = path};
  for (const Cloud cloud : {Cloud::alicloud, Cloud::huaweicloud}) {
    const std::string prefix = "/" + std::string(name_of(cloud)) + "/metadata";
    if (path.starts_with(prefix + "/"))
      return MetadataRequest{.cloud = cloud, .path = path.substr(prefix.size())};
  }
  return std::nullopt;
}

std::string metadata_action(const RawRequest& raw, const MetadataRequest& request) {
  if (raw.method == "PUT") return "GetMetadataToken";
  return request.path == kRolePath ? "GetRoleName" : "GetInstanceKey";
}

http::Response reply_to_metadata_call(const RawRequest& raw, const MetadataRequest& request,
                                      Environment& environment) {
  return request.cloud == Cloud::alicloud ? alicloud_metadata(raw, request.path, environment)
                                          : huaweicloud_metadata(request.path, environment);
}

}  // namespace emulator
