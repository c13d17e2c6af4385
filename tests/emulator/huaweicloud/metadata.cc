#include "tests/emulator/huaweicloud/metadata.h"

#include "src/core/time_text.h"

namespace emulator::huaweicloud {
namespace {

constexpr std::string_view kKeyPath = "/openstack/latest/securitykey";

}  // namespace

std::string metadata_action(const RawRequest& /*raw*/, const std::string& /*path*/) {
  return "GetInstanceKey";
}

http::Response reply_to_metadata_call(const RawRequest& /*raw*/, const std::string& path,
                                      Environment& environment) {
  if (path != kKeyPath || environment.switches.instance_role.empty()) return metadata_text(404, "not found");
  const UtcTime expires = environment.signing_time + kServerKeyLifetime;
  const AccessKey& key = environment.world.issue_key("", AccessKey().account, expires);
  return metadata_object({{"credential",
                           {{"access", key.access_key},
                            {"secret", key.secret_key},
                            {"securitytoken", key.security_token},
                            {"expires_at", core::format_utc(expires, "%Y-%m-%dT%H:%M:%S.000000Z")}}}});
}

}  // namespace emulator::huaweicloud
