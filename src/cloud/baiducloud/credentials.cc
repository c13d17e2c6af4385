#include "src/cloud/baiducloud/credentials.h"

#include "src/cloud/baiducloud/errors.h"
#include "src/cloud/baiducloud/signature.h"
#include "src/cloud/baiducloud/vendor.h"
#include "src/cloud/credentials/signing.h"
#include "src/cloud/json.h"

namespace cloud::baiducloud {
namespace {

using nlohmann::json;

/// baiducloud/API.md 2.11.
SourceResult from_profile(const std::string& text, const std::string& path, const std::string& name) {
  const auto profile = find_profile(text, path, name);
  if (!profile) return std::unexpected(profile.error());
  if (profile->is_null()) return std::nullopt;
  const std::string source = "the profile \"" + text_at(*profile, "name") + "\" of " + path;
  const std::string mode = text_at(*profile, "mode");
  if (!mode.empty() && mode != "AK" && mode != "StsToken") {
    return std::unexpected("The mode \"" + mode + "\" of " + source +
                           " is not supported. It must be AK or StsToken.");
  }
  auto found = key_pair({.access_key = text_at(*profile, "access_key_id"),
                         .secret_key = text_at(*profile, "secret_access_key"),
                         .security_token = text_at(*profile, "security_token")},
                        source);
  if (found && !*found) return std::unexpected("There is no key pair in " + source + ".");
  if (found) (*found)->region = text_at(*profile, "region");
  return found;
}

CredentialsResult find_base_credentials(const VendorSettings& settings, const HostEnvironment& host) {
  SearchReport searched(vendor().display_name);
  const std::string source = "baiducloud.access_key and baiducloud.secret_key in the provider configuration";
  auto found = key_pair({.access_key = setting(settings, "access_key"),
                         .secret_key = setting(settings, "secret_key"),
                         .security_token = setting(settings, "security_token")},
                        source);
  searched.add(source, "not set");
  if (found && !*found)
    found = named_profile(settings, host, std::string(vendor().profile_file), from_profile);
  if (found && !*found) found = first_key_pair(host, vendor().key_pair_variables, searched);
  if (found && !*found) {
    const std::string path = host.expand(std::string(vendor().profile_file));
    const auto text = host.read_file(path);
    if (text) found = from_profile(*text, path, "");
    searched.add(path, text ? "has no current profile" : text.error());
  }
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(searched.report());
  return std::move(**found);
}

/// baiducloud/API.md 2.5.
RefreshingCredentials::Fetch assume_role(const VendorSettings& settings, const Endpoint& endpoint,
                                         const std::shared_ptr<CredentialsProvider>& base,
                                         const Dependencies& dependencies) {
  ApiCall call{.action = "AssumeRole", .request = endpoint.request("", "POST", "/v1/credential")};
  call.request.query = {{.name = "assumeRole", .value = std::nullopt},
                        {.name = "accountId", .value = setting(settings, "assume_role.account_id")},
                        {.name = "roleName", .value = setting(settings, "assume_role.role_name")}};
  if (const std::string user = setting(settings, "assume_role.user_id"); !user.empty()) {
    call.request.query.push_back({.name = "userId", .value = user});
  }
  call.request.body = setting(settings, "assume_role.acl");
  core::Clock& clock = dependencies.clock;
  auto api = std::make_shared<ApiClient>(
      dependencies, signing_dialect(
                        vendor(), base,
                        [&clock](http::Request& request, const Credentials& credentials) {
                          cloud::baiducloud::sign(request, credentials, clock.utc());
                        },
                        read_error));
  return [api, call = std::move(call)](const core::Context& context) -> Result<ExpiringCredentials> {
    const auto response = api->call(call, context);
    if (!response) return std::unexpected(response.error());
    const json body = parse_json(response->body);
    return require_key_pair(call, *response,
                            {.value = {.access_key = text_at(body, "accessKeyId"),
                                       .secret_key = text_at(body, "secretAccessKey"),
                                       .security_token = text_at(body, "sessionToken")},
                             .expires = parse_expiry(text_at(body, "expiration"))});
  };
}

}  // namespace

CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies) {
  auto found = find_base_credentials(settings, host);
  if (!found || setting(settings, "assume_role.role_name").empty()) return found;
  const std::string configured = setting(settings, "sts_endpoint");
  auto endpoint = Endpoint::parse(configured.empty() ? kStsEndpoint : configured);
  if (!endpoint) return std::unexpected(endpoint.error());
  found->credentials = std::make_shared<RefreshingCredentials>(
      assume_role(settings, *endpoint, found->credentials, dependencies), dependencies.clock,
      dependencies.policies.refresh, "the assumed role " + setting(settings, "assume_role.role_name"));
  return found;
}

}  // namespace cloud::baiducloud
