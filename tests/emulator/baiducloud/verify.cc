#include "tests/emulator/baiducloud/verify.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "src/cloud/baiducloud/signature.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/baiducloud/errors.h"
#include "tests/emulator/number_text.h"

namespace emulator::baiducloud {
namespace {

constexpr std::chrono::minutes kMaxSkew{30};
constexpr const char* kDatePattern = "%Y-%m-%dT%H:%M:%SZ";

/// The parts of `bce-auth-v1/{key}/{date}/{validity}/{signed headers}/{signature}`.
struct Claim {
  std::string access_key;
  std::string date_text;
  UtcTime date;
  std::chrono::seconds validity{0};
  std::optional<std::vector<std::string>> signed_headers;
  std::string signature;
};

/// Returns the header, or the query parameter that may replace it (baiducloud/API.md 2.6).
std::string authorization_of(const Request& request) {
  const std::string header = request.header("authorization");
  return header.empty() ? request.parameter("authorization") : header;
}

std::optional<Claim> read_claim(const std::string& authorization) {
  const std::vector<std::string> parts = core::split(authorization, '/');
  if (parts.size() != 6 || parts[0] != "bce-auth-v1" || parts[1].empty()) return std::nullopt;
  Claim claim = {.access_key = parts[1], .date_text = parts[2], .signature = parts[5]};
  const auto date = core::parse_utc(parts[2], kDatePattern);
  const auto validity = parse_number(parts[3]);
  const auto is_digit = [](char c) { return std::string_view("0123456789abcdef").contains(c); };
  const bool hexadecimal = parts[5].size() == 64 && std::ranges::all_of(parts[5], is_digit);
  if (!date || !validity || *validity == 0 || !hexadecimal) return std::nullopt;
  claim.date = *date;
  claim.validity = std::chrono::seconds(*validity);
  if (!parts[4].empty()) claim.signed_headers = core::split(parts[4], ';');
  return claim;
}

bool is_far(UtcTime date, UtcTime now) {
  return date < now - kMaxSkew || date > now + kMaxSkew;
}

std::optional<ApiError> check_date(const Request& request, const Claim& claim, UtcTime now) {
  if (claim.date + claim.validity < now || claim.date > now + kMaxSkew) {
    return api_error("RequestExpired", "The signature is not valid now, " + core::format_rfc3339(now) + ".");
  }
  const std::string text = request.header("x-bce-date");
  if (text.empty()) return std::nullopt;
  const auto date = core::parse_utc(text, kDatePattern);
  if (date && !is_far(*date, now)) return std::nullopt;
  return api_error("RequestExpired",
                   "x-bce-date is more than 30 minutes from " + core::format_rfc3339(now) + ".");
}

bool all_signed_are_present(const Request& request, const std::vector<std::string>& names) {
  const auto present = [&](const std::string& name) {
    return name == "host" || http::find_header(request.wire.headers, name).has_value();
  };
  return std::ranges::find(names, "host") != names.end() && std::ranges::all_of(names, present);
}

std::optional<ApiError> check_signature(const Request& request, const Claim& claim, const AccessKey& key) {
  if (claim.signed_headers && !all_signed_are_present(request, *claim.signed_headers)) {
    return api_error("SignatureDoesNotMatch", "The host must be signed, and every signed header be there.");
  }
  const auto expected = cloud::baiducloud::compute_signature(
      request.wire, claim.signed_headers, {.access_key = key.access_key, .secret_key = key.secret_key},
      claim.date_text, claim.validity);
  const std::string signature = core::split(expected.authorization, '/').back();
  if (equal_in_constant_time(claim.signature, signature)) return std::nullopt;
  return api_error("SignatureDoesNotMatch",
                   "The signature differs; the canonical request is [" + expected.canonical_request + "].");
}

std::optional<ApiError> check_token(const Request& request, const AccessKey& key, UtcTime now) {
  std::string token = request.header("x-bce-security-token");
  if (token.empty()) token = request.parameter("x-bce-security-token");
  if (key.security_token.empty() && token.empty()) return std::nullopt;
  const bool fits = !key.security_token.empty() && equal_in_constant_time(token, key.security_token);
  if (fits && (!key.expires || *key.expires > now)) return std::nullopt;
  return api_error("AccessDenied", "The session token is missing, expired or of another key.");
}

}  // namespace

Result<AccessKey> verify(const Request& request, const Environment& environment) {
  const std::string authorization = authorization_of(request);
  if (authorization.empty()) {
    return std::unexpected(api_error("AccessDenied", "The request carries no Authorization."));
  }
  const auto claim = read_claim(authorization);
  if (!claim) {
    return std::unexpected(api_error("InvalidHTTPAuthHeader", "The Authorization is not bce-auth-v1."));
  }
  const auto& keys = environment.world.data().access_keys;
  const auto key = keys.find(claim->access_key);
  if (key == keys.end() || !key->second.enabled) {
    return std::unexpected(api_error("InvalidAccessKeyId", "The access key is unknown."));
  }
  if (auto refused = check_date(request, *claim, environment.signing_time)) return std::unexpected(*refused);
  if (auto refused = check_signature(request, *claim, key->second)) return std::unexpected(*refused);
  if (auto refused = check_token(request, key->second, environment.signing_time))
    return std::unexpected(*refused);
  return key->second;
}

std::string claimed_access_key(const Request& request) {
  const std::vector<std::string> parts = core::split(authorization_of(request), '/');
  return parts.size() > 1 ? parts[1] : "";
}

}  // namespace emulator::baiducloud
