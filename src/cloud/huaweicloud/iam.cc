#include "src/cloud/huaweicloud/iam.h"

#include <charconv>

#include "src/cloud/credentials/chain.h"
#include "src/cloud/huaweicloud/errors.h"
#include "src/cloud/huaweicloud/signature.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::huaweicloud {
namespace {

using nlohmann::json;

constexpr std::string_view kContentType = "application/json;charset=utf8";

Dialect plain_dialect() {
  return {
      .vendor = vendor(),
      .authorize = [](http::Request&, const ApiCall&, const core::Context&) -> Result<void> { return {}; },
      .renew = [] { return false; },
      .read_error = read_error};
}

Result<ExpiringCredentials> read_credentials(const ApiCall& call, const http::Response& response) {
  const json body = parse_json(response.body);
  const json& credential = member(body, "credential");
  return require_key_pair(call, response,
                          {.value = {.access_key = text_at(credential, "access"),
                                     .secret_key = text_at(credential, "secret"),
                                     .security_token = text_at(credential, "securitytoken")},
                           .expires = parse_expiry(text_at(credential, "expires_at"))});
}

int duration_of(const Agency& agency) {
  int seconds = kMaxDuration;  // because a copy may take hours
  std::from_chars(agency.duration_seconds.data(),
                  agency.duration_seconds.data() + agency.duration_seconds.size(), seconds);
  return seconds;
}

}  // namespace

PasswordTokens::PasswordTokens(Dependencies dependencies, Endpoint endpoint, User user)
    : clock_(dependencies.clock),
      policy_(dependencies.policies.refresh),
      endpoint_(std::move(endpoint)),
      user_(std::move(user)),
      api_(dependencies, plain_dialect()) {}

Result<Token> PasswordTokens::token(const std::string& region, const std::string& project,
                                    const core::Context& context) {
  std::shared_ptr<Refreshing<Token>> token;
  {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<Refreshing<Token>>& known = tokens_[project];
    if (!known) {
      known = std::make_shared<Refreshing<Token>>(
          [this, region, project](const core::Context& caller) { return log_in(region, project, caller); },
          clock_, policy_);
    }
    token = known;
  }
  return token->get(context);
}

bool PasswordTokens::renew() {
  const std::scoped_lock lock(mutex_);
  for (const auto& [project, token] : tokens_) token->discard();
  return true;
}

// huaweicloud/API.md 2.2.
Result<Expiring<Token>> PasswordTokens::log_in(const std::string& region, const std::string& project,
                                               const core::Context& context) {
  ApiCall call{.action = "KeystoneCreateUserTokenByPassword",
               .region = region,
               .request = endpoint_.request(region, "POST", "/v3/auth/tokens")};
  call.request.query = {{.name = "nocatalog", .value = "true"}};
  const json user = {
      {"name", user_.name}, {"password", user_.password}, {"domain", {{"name", user_.domain_name}}}};
  set_json_body(call.request,
                {{"auth",
                  {{"identity", {{"methods", json::array({"password"})}, {"password", {{"user", user}}}}},
                   {"scope", {{"project", {{"name", project}}}}}}}},
                kContentType);
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  const json& reported = member(body, "token");
  Expiring<Token> token{.value = {.text = response->header("X-Subject-Token").value_or(""),
                                  .project_id = text_at(member(reported, "project"), "id")},
                        .expires = parse_expiry(text_at(reported, "expires_at"))};
  if (!token.value.text.empty()) return token;
  return std::unexpected(unexpected_response(call, *response, "The response contains no token"));
}

// huaweicloud/API.md 2.3.
RefreshingCredentials::Fetch assume_agency(Dependencies dependencies, const Endpoint& endpoint,
                                           const FoundCredentials& base, Agency agency) {
  core::Clock& clock = dependencies.clock;
  Dialect dialect = plain_dialect();
  dialect.authorize = [provider = base.credentials, tokens = base.tokens, &clock](
                          http::Request& request, const ApiCall& call,
                          const core::Context& context) -> Result<void> {
    if (tokens) {
      const auto token = tokens->token(call.region, call.region, context);
      if (!token) return std::unexpected(token.error());
      request.headers.push_back({.name = "X-Auth-Token", .value = token->text});
      return {};
    }
    const auto credentials = provider->get(context);
    if (!credentials) return std::unexpected(credentials.error());
    cloud::huaweicloud::sign(request, *credentials, clock.utc());
    return {};
  };
  ApiCall call{.action = "CreateTemporaryAccessKeyByAgency",
               .region = base.region,
               .request = endpoint.request(base.region, "POST", "/v3.0/OS-CREDENTIAL/securitytokens")};
  const json role = {{"agency_name", agency.name},
                     {"domain_name", agency.domain_name},
                     {"duration_seconds", duration_of(agency)}};
  set_json_body(
      call.request,
      {{"auth", {{"identity", {{"methods", json::array({"assume_role"})}, {"assume_role", role}}}}}},
      kContentType);
  auto api = std::make_shared<ApiClient>(dependencies, std::move(dialect));
  return [api, call = std::move(call)](const core::Context& context) -> Result<ExpiringCredentials> {
    const auto response = api->call(call, context);
    if (!response) return std::unexpected(response.error());
    return read_credentials(call, *response);
  };
}

RefreshingCredentials::Fetch instance_agency(Dependencies dependencies, const Endpoint& endpoint) {
  dependencies.policies.retry.max_retries = 1;
  core::Clock& clock = dependencies.clock;
  const std::chrono::milliseconds timeout = dependencies.policies.metadata.timeout;
  auto api = std::make_shared<ApiClient>(dependencies, plain_dialect());
  // huaweicloud/API.md 2.5.
  ApiCall call{.action = "GetSecurityKey",
               .request = endpoint.request("", "GET", "/openstack/latest/securitykey")};
  call.request.direct = true;
  return [api, &clock, timeout,
          call = std::move(call)](const core::Context& context) -> Result<ExpiringCredentials> {
    auto response = api->call(call, context.until(clock.now() + timeout));
    if (!response) {
      if (response.error().http_status == 404)
        response.error().message = "This machine has no agency attached";
      return std::unexpected(std::move(response.error()));
    }
    return read_credentials(call, *response);
  };
}

}  // namespace cloud::huaweicloud
