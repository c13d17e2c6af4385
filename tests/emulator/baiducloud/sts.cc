#include <optional>

#include "src/core/time_text.h"
#include "tests/emulator/baiducloud/actions.h"
#include "tests/emulator/baiducloud/errors.h"
#include "tests/emulator/number_text.h"

namespace emulator::baiducloud {
namespace {

Result<Json> issue(Context& context, int max_seconds, std::optional<int> default_seconds) {
  const std::string text = context.request.parameter("durationSeconds");
  const auto seconds = text.empty() ? default_seconds : parse_number(text);
  if (!seconds || *seconds < 1 || *seconds > max_seconds) {
    return std::unexpected(api_error("BadRequest", "durationSeconds is not a possible lifetime."));
  }
  const UtcTime now = context.environment.signing_time;
  const AccessKey& key =
      context.world.issue_key("", context.key.account, now + std::chrono::seconds(*seconds));
  return Json{{"accessKeyId", key.access_key},
              {"secretAccessKey", key.secret_key},
              {"sessionToken", key.security_token},
              {"createTime", core::format_rfc3339(now)},
              {"expiration", core::format_rfc3339(*key.expires)},
              {"userId", key.account}};
}

}  // namespace

Result<Json> get_session_token(Context& context) {
  return issue(context, 129600, 43200);
}

Result<Json> assume_role(Context& context) {
  const std::string role = context.request.parameter("roleName");
  if (context.request.parameter("accountId").empty() || !context.world.data().roles.contains(role)) {
    return std::unexpected(api_error("AccessDenied", "The role " + role + " cannot be assumed."));
  }
  return issue(context, 7200, 7200);
}

}  // namespace emulator::baiducloud
