#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/rules.h"

namespace emulator::alicloud {
namespace {

/// Returns the name in `acs:ram::{account}:role/{name}`; empty for other text.
std::string role_name(const std::string& arn) {
  const std::size_t slash = arn.find(":role/");
  if (!arn.starts_with("acs:ram::") || slash == std::string::npos) return "";
  return arn.substr(slash + std::string_view(":role/").size());
}

/// Issues a temporary key of the account, so that the role has access to the account's images.
Result<Json> issue(Context& context, const std::string& account) {
  const Call& call = context.call;
  for (const char* name : {"RoleArn", "RoleSessionName"}) {
    if (call.get(name).empty()) return std::unexpected(missing(name));
  }
  const std::string role = role_name(call.get("RoleArn"));
  if (role.empty()) return std::unexpected(api_error("InvalidParameter.RoleArn", "RoleArn is malformed."));
  if (!context.world.data().roles.contains(role)) {
    return std::unexpected(api_error("EntityNotExist.Role", "There is no role " + role + "."));
  }
  const auto seconds = read_number(call, "DurationSeconds", 900, 43200, 3600);
  if (!seconds) return std::unexpected(seconds.error());
  const UtcTime expires = context.environment.signing_time + std::chrono::seconds(*seconds);
  const AccessKey& key = context.world.issue_key("STS.", account, expires);
  const Json credentials = {{"AccessKeyId", key.access_key},
                            {"AccessKeySecret", key.secret_key},
                            {"SecurityToken", key.security_token},
                            {"Expiration", core::format_rfc3339(expires)}};
  const Json user = {{"Arn", call.get("RoleArn") + "/" + call.get("RoleSessionName")},
                     {"AssumedRoleId", role + ":" + call.get("RoleSessionName")}};
  return Json{{"AssumedRoleUser", user}, {"Credentials", credentials}};
}

}  // namespace

Result<Json> assume_role(Context& context) {
  return issue(context, context.key.account);
}

Result<Json> assume_role_with_oidc(Context& context) {
  for (const char* name : {"OIDCProviderArn", "OIDCToken"}) {
    if (context.call.get(name).empty()) return std::unexpected(missing(name));
  }
  return issue(context, AccessKey().account);
}

Result<Json> get_caller_identity(Context& context) {
  return Json{{"AccountId", context.key.account},
              {"Arn", "acs:ram::" + context.key.account + ":user/" + context.key.access_key},
              {"IdentityType", context.key.security_token.empty() ? "RAMUser" : "AssumedRoleUser"},
              {"UserId", context.key.access_key}};
}

}  // namespace emulator::alicloud
