#include "tests/emulator/alicloud/metadata.h"

#include "src/core/time_text.h"

namespace emulator::alicloud {
namespace {

constexpr std::string_view kToken = "emulator-metadata-token-01";
constexpr std::string_view kTokenPath = "/latest/api/token";
constexpr std::string_view kRolePath = "/latest/meta-data/ram/security-credentials/";

}  // namespace

std::string metadata_action(const RawRequest& raw, const std::string& path) {
  if (raw.method == "PUT") return "GetMetadataToken";
  return path == kRolePath ? "GetRoleName" : "GetInstanceKey";
}

http::Response reply_to_metadata_call(const RawRequest& raw, const std::string& path,
                                      Environment& environment) {
  const std::string& role = environment.switches.instance_role;
  if (path == kTokenPath) {
    const bool requests_token =
        raw.method == "PUT" && http::find_header(raw.headers, "x-aliyun-ecs-metadata-token-ttl-seconds");
    return requests_token ? metadata_text(200, std::string(kToken)) : metadata_text(400, "bad request");
  }
  const auto token = http::find_header(raw.headers, "x-aliyun-ecs-metadata-token");
  if (token ? *token != kToken : environment.switches.alicloud.metadata_needs_token)
    return metadata_text(403, "forbidden");
  if (!path.starts_with(kRolePath) || role.empty()) return metadata_text(404, "not found");
  const std::string name = path.substr(kRolePath.size());
  if (name.empty()) return metadata_text(200, role);
  if (name != role) return metadata_text(404, "not found");
  const UtcTime expires = environment.signing_time + kServerKeyLifetime;
  const AccessKey& key = environment.world.issue_key("STS.", AccessKey().account, expires);
  return metadata_object({{"Code", "Success"},
                          {"AccessKeyId", key.access_key},
                          {"AccessKeySecret", key.secret_key},
                          {"SecurityToken", key.security_token},
                          {"Expiration", core::format_rfc3339(expires)}});
}

}  // namespace emulator::alicloud
