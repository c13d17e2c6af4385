#include "tests/emulator/huaweicloud/verify.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "src/cloud/huaweicloud/signature.h"
#include "src/core/digest.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/projects.h"

namespace emulator::huaweicloud {
namespace {

constexpr std::string_view kAlgorithm = "SDK-HMAC-SHA256 ";
constexpr std::chrono::minutes kMaxSkew{15};
constexpr std::chrono::minutes kLockTime{5};
constexpr int kFailuresBeforeLock = 5;

struct Claim {
  std::string access_key;
  std::vector<std::string> signed_headers;
  std::string signature;
  std::string date_text;
  UtcTime date;
};

std::string field(std::string_view authorization, std::string_view name) {
  const std::size_t start = authorization.find(name);
  if (start == std::string_view::npos) return "";
  authorization.remove_prefix(start + name.size());
  return std::string(core::trim(authorization.substr(0, authorization.find(','))));
}

Result<Claim> read_claim(const Request& request) {
  const std::string authorization = request.header("authorization");
  const std::string names = field(authorization, "SignedHeaders=");
  Claim claim = {.access_key = field(authorization, "Access="),
                 .signed_headers = core::split(names, ';'),
                 .signature = field(authorization, "Signature="),
                 .date_text = request.header("x-sdk-date")};
  const bool complete = authorization.starts_with(kAlgorithm) && !claim.access_key.empty() &&
                        !names.empty() && !claim.signature.empty();
  if (!complete) return std::unexpected(authentication_refusal("the Authorization header is malformed"));
  const auto date = core::parse_utc(claim.date_text, "%Y%m%dT%H%M%SZ");
  const bool date_signed =
      std::ranges::find(claim.signed_headers, "x-sdk-date") != claim.signed_headers.end();
  if (!date || !date_signed) {
    return std::unexpected(authentication_refusal("X-Sdk-Date is missing, malformed or not signed"));
  }
  claim.date = *date;
  return claim;
}

bool fits(const Request& request, const Claim& claim, const AccessKey& key,
          cloud::huaweicloud::QueryOrder order) {
  const cloud::Signature expected = cloud::huaweicloud::compute_signature(
      request.wire, claim.signed_headers, {.access_key = key.access_key, .secret_key = key.secret_key},
      claim.date_text, order);
  return equal_in_constant_time(claim.signature, field(expected.authorization, "Signature="));
}

std::optional<ApiError> check_body_hash(const Request& request) {
  const std::string hash = request.header("x-sdk-content-sha256");
  if (hash.empty() || hash == "UNSIGNED-PAYLOAD" || hash == core::sha256_hex(request.wire.body)) {
    return std::nullopt;
  }
  return authentication_refusal("verify aksk signature fail: X-Sdk-Content-Sha256 is not the body's hash");
}

std::optional<ApiError> check_signature(const Request& request, const Claim& claim, const AccessKey& key) {
  for (const std::string& name : claim.signed_headers) {
    if (name != "host" && !http::find_header(request.wire.headers, name)) {
      return authentication_refusal("the signed header " + name + " is missing");
    }
  }
  if (auto refused = check_body_hash(request)) return refused;
  if (fits(request, claim, key, cloud::huaweicloud::QueryOrder::decoded) ||
      fits(request, claim, key, cloud::huaweicloud::QueryOrder::encoded)) {
    return std::nullopt;
  }
  const cloud::Signature expected = cloud::huaweicloud::compute_signature(
      request.wire, claim.signed_headers, {.access_key = key.access_key}, claim.date_text);
  return authentication_refusal("verify aksk signature fail,canonicalRequest:" +
                                core::replace_all(expected.canonical_request, "\n", "|"));
}

std::optional<ApiError> check_security_token(const Request& request, const AccessKey& key, UtcTime now) {
  const std::string token = request.header("x-security-token");
  if (key.security_token.empty() && token.empty()) return std::nullopt;
  if (key.security_token.empty() || !equal_in_constant_time(token, key.security_token)) {
    return authentication_refusal("the security token does not belong to the access key");
  }
  if (key.expires && *key.expires <= now) {
    return authentication_refusal("token expires, expires_at:" + core::format_rfc3339(*key.expires));
  }
  return std::nullopt;
}

Result<Caller> verify_signature(const Request& request, const Environment& environment, KeyLocks& locks) {
  const auto claim = read_claim(request);
  if (!claim) return std::unexpected(claim.error());
  const auto& keys = environment.world.data().access_keys;
  const auto key = keys.find(claim->access_key);
  if (key == keys.end() || !key->second.enabled) {
    return std::unexpected(
        authentication_refusal("Get secretKey failed,ak:" + claim->access_key + ",err:ak not exist"));
  }
  const bool locking = environment.switches.huaweicloud.lock_keys;
  if (locking && locks.is_locked(claim->access_key, environment.signing_time)) {
    return std::unexpected(authentication_refusal("AK access failed to reach the limit,forbidden"));
  }
  if (claim->date < environment.signing_time - kMaxSkew ||
      claim->date > environment.signing_time + kMaxSkew) {
    return std::unexpected(authentication_refusal(
        "calc aksk signature fail:signature expired, signature time:" + claim->date_text +
        ",server time:" + core::format_basic(environment.signing_time)));
  }
  const auto refused = check_signature(request, *claim, key->second);
  if (locking) locks.note(claim->access_key, refused.has_value(), environment.signing_time);
  if (refused) return std::unexpected(*refused);
  if (auto wrong = check_security_token(request, key->second, environment.signing_time)) {
    return std::unexpected(*wrong);
  }
  return Caller{.key = key->second};
}

Result<Caller> verify_token(const Request& request, const Environment& environment) {
  const auto& tokens = environment.world.data().iam_tokens;
  const auto token = tokens.find(request.header("x-auth-token"));
  if (token == tokens.end()) return std::unexpected(authentication_refusal("decrypt token fail"));
  if (token->second.expires <= environment.signing_time) {
    return std::unexpected(
        authentication_refusal("token expires, expires_at:" + core::format_rfc3339(token->second.expires)));
  }
  return Caller{.key = {.account = token->second.account}, .project_id = token->second.project_id};
}

}  // namespace

bool KeyLocks::is_locked(const std::string& access_key, UtcTime now) const {
  const auto state = states_.find(access_key);
  return state != states_.end() && state->second.locked_until > now;
}

void KeyLocks::note(const std::string& access_key, bool failed, UtcTime now) {
  State& state = states_[access_key];
  state.failures = failed ? state.failures + 1 : 0;
  if (state.failures <= kFailuresBeforeLock) return;
  state = {.failures = 0, .locked_until = now + kLockTime};
}

Result<Caller> verify(const Request& request, const Environment& environment, KeyLocks& locks) {
  if (!request.header("authorization").empty()) return verify_signature(request, environment, locks);
  if (!request.header("x-auth-token").empty()) return verify_token(request, environment);
  return std::unexpected(authentication_refusal("x-auth-token not found"));
}

Result<std::string> find_scope(const Request& request, const Caller& caller, const World& world,
                               const std::string& path_project) {
  const std::string& account = caller.key.account;
  std::string id = caller.project_id;
  if (id.empty()) id = request.header("x-project-id");
  if (id.empty()) id = path_project;
  if (id.empty()) id = request.region;
  const auto project = find_project(world, account, id);
  if (!project || project->region != request.region) {
    return std::unexpected(ims_refusal("0030", "The project " + id + " is not one of this region."));
  }
  if (!path_project.empty() && path_project != project->id) {
    return std::unexpected(ims_refusal("0067", "The project id in the path is wrong."));
  }
  return project->id;
}

std::string claimed_access_key(const Request& request) {
  return field(request.header("authorization"), "Access=");
}

}  // namespace emulator::huaweicloud
