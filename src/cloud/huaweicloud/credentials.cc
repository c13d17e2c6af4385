#include "src/cloud/huaweicloud/credentials.h"

#include "src/cloud/huaweicloud/iam.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/json.h"

namespace cloud::huaweicloud {
namespace {

/// One search for credentials. Each member function searches one source (huaweicloud/API.md 2.5).
class CredentialsChain {
 public:
  CredentialsChain(const VendorSettings& settings, const HostEnvironment& host,
                   const Dependencies& dependencies)
      : settings_(settings),
        host_(host),
        iam_(iam_endpoint(settings, host)),
        region_(setting(settings, "region")),
        dependencies_(dependencies) {}

  CredentialsResult run() {
    for (const auto source :
         {&CredentialsChain::from_named_profile, &CredentialsChain::configured_token,
          &CredentialsChain::configured_key_pair, &CredentialsChain::configured_password,
          &CredentialsChain::token_of_environment, &CredentialsChain::key_pair_of_environment,
          &CredentialsChain::password_of_environment, &CredentialsChain::from_profile_file}) {
      SourceResult found = (this->*source)();
      if (!found) return std::unexpected(std::move(found.error()));
      if (*found) return with_agency(std::move(**found));
    }
    CredentialsResult found = from_instance();
    return found ? with_agency(std::move(*found)) : found;
  }

 private:
  [[nodiscard]] std::string set(std::string_view name) const { return setting(settings_, name); }

  /// The configured value, else that of the environment.
  [[nodiscard]] std::string set_or_environment(std::string_view name) const {
    return setting_or_environment(vendor(), settings_, name, host_);
  }

  [[nodiscard]] std::string of_environment(std::string_view name) const {
    return environment_setting(vendor(), name, host_);
  }

  /// A profile or file that the configuration names must exist, unless other credentials are configured as
  /// well.
  SourceResult from_named_profile() {
    const bool has_others =
        !set("access_key").empty() || !set("auth_token").empty() || !set("password").empty();
    if (has_others) return std::nullopt;
    return named_profile(settings_, host_, std::string(vendor().profile_file),
                         [this](const std::string& text, const std::string& path, const std::string& name) {
                           return from_profile(text, path, name);
                         });
  }

  SourceResult configured_token() {
    searched_.add("huaweicloud.auth_token in the provider configuration", "not set");
    // An access key works in every region, a token only in one (huaweicloud/API.md 2.2).
    return set("access_key").empty() ? fixed_token(set("auth_token")) : std::nullopt;
  }

  SourceResult token_of_environment() {
    searched_.add("the environment variable " + std::string(variable_of(vendor(), "auth_token")), "not set");
    return fixed_token(of_environment("auth_token"));
  }

  static SourceResult fixed_token(const std::string& token) {
    if (token.empty()) return std::nullopt;
    return FoundCredentials{.tokens = std::make_shared<FixedToken>(token)};
  }

  SourceResult configured_key_pair() {
    const std::string source =
        "huaweicloud.access_key and huaweicloud.secret_key in the provider configuration";
    searched_.add(source, "not set");
    return key_pair({.access_key = set("access_key"),
                     .secret_key = set("secret_key"),
                     .security_token = set("security_token")},
                    source);
  }

  SourceResult key_pair_of_environment() {
    return first_key_pair(host_, vendor().key_pair_variables, searched_);
  }

  /// A part of a configured login may come from the environment.
  SourceResult configured_password() {
    searched_.add("huaweicloud.user_name, password and domain_name in the provider configuration", "not set");
    if (set("user_name").empty() && set("password").empty()) return std::nullopt;
    auto found = login({.name = set_or_environment("user_name"),
                        .password = set_or_environment("password"),
                        .domain_name = set_or_environment("domain_name")});
    if (found && *found) return found;
    return std::unexpected(
        "Incomplete credentials in the provider configuration: a login requires user_name, password and "
        "domain_name of huaweicloud. Set all three, or remove user_name and password.");
  }

  SourceResult password_of_environment() {
    searched_.add("the environment variables HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME",
                  "not all set");
    return login({.name = of_environment("user_name"),
                  .password = of_environment("password"),
                  .domain_name = set_or_environment("domain_name")});
  }

  SourceResult login(const User& user) {
    if (user.name.empty() || user.password.empty() || user.domain_name.empty()) return std::nullopt;
    return FoundCredentials{.tokens = std::make_shared<PasswordTokens>(dependencies_, iam_, user)};
  }

  SourceResult from_profile_file() {
    const std::string named = host_.first_of({"HW_SHARED_CONFIG_FILE"});
    const std::string path = host_.expand(named.empty() ? std::string(vendor().profile_file) : named);
    const auto text = host_.read_file(path);
    if (!text) {
      searched_.add(path, text.error());
      return std::nullopt;
    }
    auto found = from_profile(*text, path, host_.first_of({"HW_PROFILE"}));
    if (found && !*found) searched_.add(path, "does not contain the profile");
    return found;
  }

  SourceResult from_profile(const std::string& text, const std::string& path, const std::string& name) {
    const auto profile = find_profile(text, path, name);
    if (!profile) return std::unexpected(profile.error());
    if (profile->is_null()) return std::nullopt;
    const std::string source = "the profile \"" + text_at(*profile, "name") + "\" of " + path;
    const nlohmann::json file = parse_json(text);
    if (boolean_at(file, "authEncrypt").value_or(false)) {
      return std::unexpected("The credentials in " + path +
                             " are encrypted. Run \"hcloud configure set --cli-auth-encrypt=false\" and "
                             "configure the profile again.");
    }
    auto found = key_pair({.access_key = text_at(*profile, "accessKeyId"),
                           .secret_key = text_at(*profile, "secretAccessKey"),
                           .security_token = text_at(*profile, "securityToken")},
                          source);
    if (found && !*found) return std::unexpected("There is no key pair in " + source + ".");
    if (!found) return found;
    (*found)->region = text_at(*profile, "region");
    const Agency agency{.name = text_at(*profile, "agencyName"),
                        .domain_name = text_at(*profile, "agencyDomainName")};
    return agency.name.empty() ? std::move(**found) : assumed(**found, agency);
  }

  /// Queried only when credentials are needed: most machines have no metadata service. The vendor has no
  /// variable that turns it off, so `HW_ECS_METADATA_DISABLED` is this provider's own.
  CredentialsResult from_instance() {
    const std::string source = "the agency of the instance";
    if (host_.says_true("HW_ECS_METADATA_DISABLED")) {
      searched_.add(source, "disabled by HW_ECS_METADATA_DISABLED");
      return std::unexpected(searched_.report());
    }
    const std::string configured = set("metadata_endpoint");
    const auto endpoint = Endpoint::parse(configured.empty() ? kMetadataEndpoint : configured);
    if (!endpoint) return std::unexpected(endpoint.error());
    std::vector<ChainSource> sources = {{.name = source, .fetch = instance_agency(dependencies_, *endpoint)}};
    return FoundCredentials{.credentials = first_available(std::move(sources), searched_, dependencies_)};
  }

  /// huaweicloud/API.md 2.3.
  CredentialsResult with_agency(FoundCredentials found) {
    const Agency agency{.name = set_or_environment("assume_role.agency_name"),
                        .domain_name = set_or_environment("assume_role.domain_name"),
                        .duration_seconds = set_or_environment("assume_role.duration")};
    if (agency.name.empty()) return found;
    return assumed(found, agency);
  }

  FoundCredentials assumed(const FoundCredentials& found, const Agency& agency) {
    FoundCredentials base = found;
    if (!region_.empty()) base.region = region_;
    return {.credentials = std::make_shared<RefreshingCredentials>(
                assume_agency(dependencies_, iam_, base, agency), dependencies_.clock,
                dependencies_.policies.refresh, "the assumed agency " + agency.name),
            .region = found.region};
  }

  const VendorSettings& settings_;
  const HostEnvironment& host_;
  const Endpoint iam_;
  const std::string region_;
  Dependencies dependencies_;
  SearchReport searched_{vendor().display_name};
};

}  // namespace

CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies) {
  return CredentialsChain(settings, host, dependencies).run();
}

Endpoint iam_endpoint(const VendorSettings& settings, const HostEnvironment& host) {
  std::string url = setting_or_environment(vendor(), settings, "iam_endpoint", host);
  if (url.ends_with('/')) url.pop_back();
  if (url.ends_with("/v3")) url.resize(url.size() - 3);
  const auto configured = Endpoint::parse(url);
  return configured ? *configured : Endpoint::parse(kIamEndpoint)->except(kIrregularIamHosts);
}

}  // namespace cloud::huaweicloud
