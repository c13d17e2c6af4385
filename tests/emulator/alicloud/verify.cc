#include "tests/emulator/alicloud/verify.h"

#include <algorithm>
#include <array>
#include <optional>

#include "src/cloud/alicloud/signature.h"
#include "src/core/digest.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/alicloud/errors.h"

namespace emulator::alicloud {
namespace {

constexpr std::chrono::minutes kMaxSkew{15};

/// The signature data of a call, for both signature versions.
struct Claim {
  std::string access_key;
  std::string date;
  std::string nonce;
  std::string security_token;
  std::string signature;
  std::string signed_headers;  ///< V3 only
};

std::string field(std::string_view authorization, std::string_view name) {
  const std::size_t start = authorization.find(name);
  if (start == std::string_view::npos) return "";
  authorization.remove_prefix(start + name.size());
  return std::string(core::trim(authorization.substr(0, authorization.find(','))));
}

Claim read_claim(const Call& call) {
  if (!call.v3) {
    return {.access_key = call.get("AccessKeyId"),
            .date = call.get("Timestamp"),
            .nonce = call.get("SignatureNonce"),
            .security_token = call.get("SecurityToken"),
            .signature = call.get("Signature")};
  }
  const std::string authorization = call.request.header("authorization");
  return {.access_key = field(authorization, "Credential="),
          .date = call.request.header("x-acs-date"),
          .nonce = call.request.header("x-acs-signature-nonce"),
          .security_token = call.request.header("x-acs-security-token"),
          .signature = field(authorization, ",Signature="),
          .signed_headers = field(authorization, "SignedHeaders=")};
}

std::optional<ApiError> check_presence(const Call& call, const Claim& claim) {
  if (call.v3) {
    for (const char* name :
         {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}) {
      if (call.request.header(name).empty()) return missing(name);
    }
    if (claim.access_key.empty() || claim.signature.empty() || claim.signed_headers.empty()) {
      return api_error("IncompleteSignature", "The Authorization header lacks a part.");
    }
    return std::nullopt;
  }
  for (const char* name : {"Action", "Version", "AccessKeyId", "SignatureMethod", "SignatureVersion",
                           "SignatureNonce", "Timestamp", "Signature"}) {
    if (call.get(name).empty()) return missing(name);
  }
  if (call.get("SignatureMethod") != "HMAC-SHA1" || call.get("SignatureVersion") != "1.0") {
    return api_error("InvalidSignatureMethod", "The signature must be HMAC-SHA1, version 1.0.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_date(const Claim& claim, UtcTime now) {
  const auto date = core::parse_utc(claim.date, "%Y-%m-%dT%H:%M:%SZ");
  if (!date) return api_error("InvalidTimeStamp.Format", "The time must look like 2026-03-14T09:26:53Z.");
  if (*date < now - kMaxSkew || *date > now + kMaxSkew) {
    return api_error("InvalidTimeStamp.Expired", "The time " + claim.date +
                                                     " is more than 15 minutes from the server's, " +
                                                     core::format_rfc3339(now) + ".");
  }
  return std::nullopt;
}

std::optional<ApiError> check_token(const AccessKey& key, const Claim& claim, UtcTime now) {
  if (key.security_token.empty()) {
    if (claim.security_token.empty()) return std::nullopt;
    return api_error("InvalidSecurityToken.MismatchWithAccessKey", "The access key has no security token.");
  }
  if (claim.security_token.empty()) {
    return api_error("MissingSecurityToken", "A temporary access key needs its security token.");
  }
  if (!equal_in_constant_time(claim.security_token, key.security_token)) {
    return api_error("InvalidSecurityToken.MismatchWithAccessKey",
                     "The security token does not belong to the access key.");
  }
  if (key.expires && *key.expires <= now) {
    return api_error("InvalidSecurityToken.Expired", "The security token has expired.");
  }
  return std::nullopt;
}

/// Returns the headers that V3 must sign: the host, and those of `x-acs-*` and the content type that are
/// present.
std::vector<std::string> names_to_sign(const http::Request& request) {
  std::vector<std::string> names = {"host"};
  for (const http::Header& header : request.headers) {
    const std::string name = core::to_lower(header.name);
    if (name.starts_with("x-acs-") || name == "content-type") names.push_back(name);
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

std::optional<ApiError> check_v3(const Call& call, const Claim& claim, const AccessKey& key) {
  const http::Request& wire = call.request.wire;
  if (call.request.header("x-acs-content-sha256") != core::sha256_hex(wire.body)) {
    return api_error("SignatureDoesNotMatch", "x-acs-content-sha256 is not the hash of the body.");
  }
  const std::string names = core::join(names_to_sign(wire), ";");
  if (claim.signed_headers != names) {
    return api_error("SignatureDoesNotMatch", "SignedHeaders must be \"" + names + "\".");
  }
  const cloud::Signature expected =
      cloud::alicloud::compute_signature(wire, {.access_key = key.access_key, .secret_key = key.secret_key});
  const std::string signature = field(expected.authorization, ",Signature=");
  if (equal_in_constant_time(claim.signature, signature)) return std::nullopt;
  return api_error("SignatureDoesNotMatch", "The signature differs. server string to sign is:[" +
                                                expected.string_to_sign + "] server canonical request is:[" +
                                                expected.canonical_request + "]");
}

std::optional<ApiError> check_v1(const Call& call, const Claim& claim, const AccessKey& key) {
  const cloud::Signature expected =
      cloud::alicloud::compute_signature_v1(call.request.wire.method, call.parameters, key.secret_key);
  if (equal_in_constant_time(claim.signature, expected.authorization)) return std::nullopt;
  return api_error("SignatureDoesNotMatch",
                   "The signature differs. server string to sign is:" + expected.string_to_sign);
}

}  // namespace

bool Nonces::use(const std::string& nonce, UtcTime now) {
  if (now >= next_purge_) {
    std::erase_if(used_, [&](const auto& entry) { return entry.second < now - 2 * kMaxSkew; });
    next_purge_ = now + std::chrono::minutes(1);
  }
  return used_.emplace(nonce, now).second;
}

Result<AccessKey> verify(const Call& call, const Environment& environment, Nonces& nonces) {
  const http::Request& wire = call.request.wire;
  if ((wire.method != "GET" && wire.method != "POST") || call.request.path != "/") {
    return std::unexpected(api_error("UnsupportedHTTPMethod", "Use GET or POST on the path /."));
  }
  const Claim claim = read_claim(call);
  if (auto refused = check_presence(call, claim)) return std::unexpected(*refused);
  const auto& keys = environment.world.data().access_keys;
  const auto key = keys.find(claim.access_key);
  if (key == keys.end()) {
    return std::unexpected(api_error("InvalidAccessKeyId.NotFound", "The access key is unknown."));
  }
  if (!key->second.enabled) {
    return std::unexpected(api_error("InvalidAccessKeyId.Inactive", "The access key is disabled."));
  }
  if (auto refused = check_date(claim, environment.signing_time)) return std::unexpected(*refused);
  if (auto refused = check_token(key->second, claim, environment.signing_time))
    return std::unexpected(*refused);
  if (auto refused = call.v3 ? check_v3(call, claim, key->second) : check_v1(call, claim, key->second)) {
    return std::unexpected(*refused);
  }
  if (!nonces.use(claim.access_key + "/" + claim.nonce, environment.signing_time)) {
    return std::unexpected(api_error("SignatureNonceUsed", "The nonce was used before."));
  }
  return key->second;
}

std::string claimed_access_key(const Call& call) {
  return read_claim(call).access_key;
}

}  // namespace emulator::alicloud
