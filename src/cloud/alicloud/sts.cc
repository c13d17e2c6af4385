#include "src/cloud/alicloud/sts.h"

#include <map>
#include <memory>

#include "src/cloud/alicloud/signature.h"
#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/credentials/chain.h"
#include "src/cloud/json.h"
#include "src/core/random.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud::alicloud {
namespace {

using nlohmann::json;
using Form = std::map<std::string, std::string>;

constexpr std::string_view kVersion = "2015-04-01";

/// How long a token of the metadata service is valid, in seconds (alicloud/API.md 2.4).
constexpr const char* kMetadataTokenLifetime = "21600";

Error read_error(const http::Response& response) {
  const json body = parse_json(response.body);
  Error error{.kind = ErrorKind::permission_denied,
              .code = text_at(body, "Code"),
              .message = text_at(body, "Message")};
  error.request_id = text_at(body, "RequestId");
  if (response.status >= 500) error.kind = ErrorKind::unavailable;
  if (response.status == 429 || error.code.find("Throttling") != std::string::npos) {
    error.kind = ErrorKind::throttled;
  }
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

/// Requests without a signature: to the metadata service, to a credentials URI, and `AssumeRoleWithOIDC`,
/// which the token signs (alicloud/API.md 2.4).
Dialect plain_dialect() {
  return {
      .vendor = vendor(),
      .authorize = [](http::Request&, const ApiCall&, const core::Context&) -> Result<void> { return {}; },
      .renew = [] { return false; },
      .read_error = read_error};
}

Result<ExpiringCredentials> read_credentials(const ApiCall& call, const http::Response& response,
                                             const json& object) {
  return require_key_pair(call, response,
                          {.value = {.access_key = text_at(object, "AccessKeyId"),
                                     .secret_key = text_at(object, "AccessKeySecret"),
                                     .security_token = text_at(object, "SecurityToken")},
                           .expires = parse_expiry(text_at(object, "Expiration"))});
}

ApiCall sts_call(const Endpoint& endpoint, std::string action) {
  return {.action = std::move(action), .request = endpoint.request("", "POST", "/")};
}

/// alicloud/API.md 2.4.
Form role_form(const Role& role) {
  Form form = {{"RoleArn", role.arn}, {"RoleSessionName", role.session_name}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) form[name] = value;
  };
  add("DurationSeconds", role.duration_seconds);
  add("Policy", role.policy);
  add("ExternalId", role.external_id);
  return form;
}

Result<ExpiringCredentials> call_sts(ApiClient& api, const ApiCall& call, const core::Context& context) {
  const auto response = api.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  return read_credentials(call, *response, member(body, "Credentials"));
}

/// In the words of a user: the metadata service responds with 404 if no role, or not this one, is attached.
Error without_role(Error error, const std::string& name) {
  if (error.http_status == 404)
    error.message = "This machine has no RAM role" + (name.empty() ? "" : " \"" + name + "\"") + " attached";
  return error;
}

/// The calls of the metadata service (alicloud/API.md 2.4).
class Metadata {
 public:
  Metadata(Dependencies dependencies, Endpoint endpoint)
      : clock_(dependencies.clock),
        policy_(dependencies.policies.metadata),
        endpoint_(std::move(endpoint)),
        api_(dependencies, plain_dialect()) {}

  Result<ExpiringCredentials> credentials(const InstanceRole& role, const core::Context& caller) {
    const core::Context context = caller.until(clock_.now() + policy_.timeout);
    const auto token = this->token(role, context);
    if (!token) return std::unexpected(token.error());
    std::string name = role.name;
    if (name.empty()) {
      const auto response = get("GetRoleName", "", *token, context);
      if (!response) return std::unexpected(without_role(response.error(), ""));
      name = core::trim(response->second.body);
    }
    const auto response = get("GetRoleCredentials", name, *token, context);
    if (!response) return std::unexpected(without_role(response.error(), name));
    const json body = parse_json(response->second.body);
    return read_credentials(response->first, response->second, body);
  }

 private:
  ApiCall call(std::string action, std::string method, const std::string& path) {
    ApiCall call{.action = std::move(action), .request = endpoint_.request("", std::move(method), path)};
    call.request.direct = true;
    return call;
  }

  /// Returns an empty token where the service has only the older mode, without tokens, and the role permits
  /// that (alicloud/API.md 2.4).
  Result<std::string> token(const InstanceRole& role, const core::Context& context) {
    ApiCall call = this->call("GetMetadataToken", "PUT", "/latest/api/token");
    call.request.headers = {
        {.name = "x-aliyun-ecs-metadata-token-ttl-seconds", .value = kMetadataTokenLifetime}};
    const auto response = api_.call(call, context);
    if (response) return std::string(core::trim(response->body));
    const bool is_refused = response.error().http_status >= 400 && response.error().http_status < 500;
    if (is_refused && !role.needs_token) return "";
    return std::unexpected(response.error());
  }

  Result<std::pair<ApiCall, http::Response>> get(std::string action, const std::string& name,
                                                 const std::string& token, const core::Context& context) {
    ApiCall call = this->call(std::move(action), "GET", "/latest/meta-data/ram/security-credentials/" + name);
    if (!token.empty()) {
      call.request.headers = {{.name = "x-aliyun-ecs-metadata-token", .value = token}};
    }
    auto response = api_.call(call, context);
    if (!response) return std::unexpected(response.error());
    return std::pair(std::move(call), std::move(*response));
  }

  core::Clock& clock_;
  const MetadataPolicy policy_;
  Endpoint endpoint_;
  ApiClient api_;
};

}  // namespace

RefreshingCredentials::Fetch assume_role(Dependencies dependencies, const Endpoint& endpoint,
                                         const std::shared_ptr<CredentialsProvider>& base, const Role& role) {
  core::Clock& clock = dependencies.clock;
  Dialect dialect = plain_dialect();
  dialect.authorize = [base, form = role_form(role), &clock](http::Request& request, const ApiCall& call,
                                                             const core::Context& context) -> Result<void> {
    const auto credentials = base->get(context);
    if (!credentials) return std::unexpected(credentials.error());
    cloud::alicloud::sign_v1(request, {.action = call.action, .version = kVersion, .form = form},
                             *credentials, clock.utc(), core::random_uuid());
    return {};
  };
  auto api = std::make_shared<ApiClient>(dependencies, std::move(dialect));
  return [api, call = sts_call(endpoint, "AssumeRole")](const core::Context& context) {
    return call_sts(*api, call, context);
  };
}

RefreshingCredentials::Fetch assume_role_with_oidc(Dependencies dependencies, Endpoint endpoint,
                                                   const Role& role, std::string provider_arn,
                                                   std::function<core::FileResult()> read_token) {
  core::Clock& clock = dependencies.clock;
  auto api = std::make_shared<ApiClient>(dependencies, plain_dialect());
  Form form = role_form(role);
  form["OIDCProviderArn"] = std::move(provider_arn);
  return [api, &clock, endpoint = std::move(endpoint), form = std::move(form),
          read_token = std::move(read_token)](const core::Context& context) -> Result<ExpiringCredentials> {
    const auto token = read_token();
    if (!token) {
      return std::unexpected(no_credentials("The file with the OIDC token " + token.error() + "."));
    }
    ApiCall call = sts_call(endpoint, "AssumeRoleWithOIDC");
    call.request.query = {{.name = "Action", .value = call.action},
                          {.name = "Version", .value = std::string(kVersion)},
                          {.name = "Format", .value = "JSON"},
                          {.name = "Timestamp", .value = core::format_rfc3339(clock.utc())},
                          {.name = "SignatureNonce", .value = core::random_uuid()}};
    Form filled = form;
    filled["OIDCToken"] = core::trim(*token);
    http::set_form_body(call.request, filled);
    return call_sts(*api, call, context);
  };
}

RefreshingCredentials::Fetch instance_role(Dependencies dependencies, Endpoint endpoint, InstanceRole role) {
  dependencies.policies.retry.max_retries = 1;
  auto metadata = std::make_shared<Metadata>(dependencies, std::move(endpoint));
  return [metadata, role = std::move(role)](const core::Context& context) {
    return metadata->credentials(role, context);
  };
}

std::expected<RefreshingCredentials::Fetch, std::string> from_uri(Dependencies dependencies,
                                                                  const std::string& uri) {
  // The query may contain a secret.
  const std::size_t mark = uri.find('?');
  const auto endpoint = Endpoint::parse(uri.substr(0, mark));
  if (!endpoint) return std::unexpected("an http or https URL");
  http::Request request = endpoint->request("", "GET", "");
  if (mark != std::string::npos) {
    for (const std::string& item : core::split(uri.substr(mark + 1), '&')) {
      const std::size_t equals = item.find('=');
      http::QueryParameter parameter{.name = core::percent_decode(item.substr(0, equals)),
                                     .value = std::nullopt};
      if (equals != std::string::npos) parameter.value = core::percent_decode(item.substr(equals + 1));
      request.query.push_back(std::move(parameter));
    }
  }
  auto api = std::make_shared<ApiClient>(dependencies, plain_dialect());
  return [api, request = std::move(request)](const core::Context& context) -> Result<ExpiringCredentials> {
    const ApiCall call{.action = "GetCredentials", .request = request};
    const auto response = api->call(call, context);
    if (!response) return std::unexpected(response.error());
    return read_credentials(call, *response, parse_json(response->body));
  };
}

}  // namespace cloud::alicloud
