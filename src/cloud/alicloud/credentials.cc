#include "src/cloud/alicloud/credentials.h"

#include <algorithm>

#include "src/cloud/alicloud/sts.h"
#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/credentials/ini_file.h"
#include "src/cloud/json.h"

namespace cloud::alicloud {
namespace {

using nlohmann::json;

// alicloud/API.md 2.6.
constexpr const char* kCredentialsFile = "~/.alibabacloud/credentials";
constexpr const char* kSessionName = "terraform-provider-image";

/// How many profiles may refer to each other in a row. The vendor sets no limit (alicloud/API.md 2.6).
constexpr int kMaxProfileDepth = 5;

/// A word from a file in quotes; empty if it may be a secret that was pasted in the wrong line.
std::string shown(const std::string& word) {
  constexpr std::size_t kMax = 20;
  const bool harmless = word.size() <= kMax && std::ranges::all_of(word, [](char c) {
                          return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                        });
  return harmless ? " \"" + word + "\"" : "";
}

/// One search for credentials. Each `from_…` searches one source. The order is that of alicloud/API.md 2.8.
class CredentialsChain {
 public:
  CredentialsChain(const VendorSettings& settings, const HostEnvironment& host, Dependencies dependencies)
      : settings_(settings), host_(host), dependencies_(dependencies) {}

  CredentialsResult run() {
    for (const auto source :
         {&CredentialsChain::from_configuration, &CredentialsChain::from_named_profile,
          &CredentialsChain::from_environment, &CredentialsChain::from_oidc,
          &CredentialsChain::from_profile_file, &CredentialsChain::from_credentials_file}) {
      SourceResult found = (this->*source)();
      if (!found) return std::unexpected(std::move(found.error()));
      if (*found) return with_role(std::move(**found));
    }
    CredentialsResult found = from_instance_or_uri();
    return found ? with_role(std::move(*found)) : found;
  }

 private:
  [[nodiscard]] std::string set(std::string_view name) const { return setting(settings_, name); }

  SourceResult from_configuration() {
    const std::string source = "alicloud.access_key and alicloud.secret_key in the provider configuration";
    searched_.add(source, "not set");
    auto found = key_pair({.access_key = set("access_key"),
                           .secret_key = set("secret_key"),
                           .security_token = set("security_token")},
                          source);
    // The role in the environment does not apply to configured keys.
    ignores_environment_role_ = found && *found;
    return found;
  }

  /// A profile or file that the configuration names must exist.
  SourceResult from_named_profile() {
    return named_profile(settings_, host_, std::string(vendor().profile_file),
                         [this](const std::string& text, const std::string& path, const std::string& name) {
                           return from_text(text, path, name);
                         });
  }

  /// alicloud/API.md 2.5.
  SourceResult from_environment() { return first_key_pair(host_, vendor().key_pair_variables, searched_); }

  /// alicloud/API.md 2.5.
  SourceResult from_oidc() {
    const std::string provider = host_.first_of({"ALIBABA_CLOUD_OIDC_PROVIDER_ARN"});
    const std::string file = host_.first_of({"ALIBABA_CLOUD_OIDC_TOKEN_FILE"});
    const std::string role = role_arn();
    if (provider.empty() || file.empty() || role.empty()) {
      searched_.add("OIDC: ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE and " +
                        std::string(variable_of(vendor(), "assume_role.role_arn")),
                    "not all set");
      return std::nullopt;
    }
    return oidc(provider, file, {.arn = role, .session_name = session_name()});
  }

  SourceResult oidc(const std::string& provider, const std::string& file, const Role& role) {
    auto endpoint = sts_endpoint("");
    if (!endpoint) return std::unexpected(endpoint.error());
    ignores_environment_role_ = true;
    return temporary(
        assume_role_with_oidc(dependencies_, *endpoint, role, provider,
                              [read = host_.read_file, path = host_.expand(file)] { return read(path); }));
  }

  SourceResult from_profile_file() {
    const std::string path = host_.expand(std::string(vendor().profile_file));
    if (host_.says_true("ALIBABA_CLOUD_CLI_PROFILE_DISABLED")) {
      searched_.add(path, "disabled by ALIBABA_CLOUD_CLI_PROFILE_DISABLED");
      return std::nullopt;
    }
    auto found = from_file(path);
    if (found || !profile_name().empty()) return found;
    // The user did not select this profile, so the search continues.
    searched_.add(path, found.error());
    return std::nullopt;
  }

  SourceResult from_credentials_file() {
    const std::string named =
        host_.first_of({"ALIBABA_CLOUD_CREDENTIALS_FILE", "ALICLOUD_SHARED_CREDENTIALS_FILE"});
    return from_file(host_.expand(named.empty() ? kCredentialsFile : named));
  }

  SourceResult from_file(const std::string& path) {
    const auto text = host_.read_file(path);
    if (!text) {
      searched_.add(path, text.error());
      return std::nullopt;
    }
    auto found = from_text(*text, path, profile_name());
    if (found && !*found) searched_.add(path, "does not contain the profile");
    return found;
  }

  [[nodiscard]] std::string profile_name() const {
    return host_.first_of({"ALIBABA_CLOUD_PROFILE", "ALICLOUD_PROFILE"});
  }

  /// The command line tool writes JSON; the older clients read an INI file (alicloud/API.md 2.6).
  SourceResult from_text(const std::string& text, const std::string& path, const std::string& profile) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && text[first] == '{') {
      return from_profile(text, path, profile, 1);
    }
    const auto sections = parse_ini(text);
    if (!sections) {
      return std::unexpected("The file " + path +
                             " is neither JSON nor a valid INI file: " + sections.error() + ".");
    }
    return from_section(*sections, path, profile.empty() ? "default" : profile);
  }

  SourceResult from_profile(const std::string& text, const std::string& path, const std::string& name,
                            int depth) {
    if (depth > kMaxProfileDepth) {
      return std::unexpected("The source_profile of a profile in " + path + " refers back to that profile.");
    }
    const auto profile = find_profile(text, path, name);
    if (!profile) return std::unexpected(profile.error());
    if (profile->is_null()) return std::nullopt;
    auto found = from_mode(text, path, *profile, depth);
    if (found && *found && (*found)->region.empty()) (*found)->region = text_at(*profile, "region_id");
    return found;
  }

  SourceResult from_mode(const std::string& text, const std::string& path, const json& profile, int depth) {
    const std::string source = "the profile \"" + text_at(profile, "name") + "\" of " + path;
    const std::string mode = text_at(profile, "mode");
    const Credentials pair{.access_key = text_at(profile, "access_key_id"),
                           .secret_key = text_at(profile, "access_key_secret"),
                           .security_token = mode == "StsToken" ? text_at(profile, "sts_token") : ""};
    const Role role{.arn = text_at(profile, "ram_role_arn"),
                    .session_name = named_session(text_at(profile, "ram_session_name")),
                    .duration_seconds = text_at(profile, "expired_seconds")};
    if (mode.empty() || mode == "AK" || mode == "StsToken") return required_pair(pair, source);
    if (mode == "EcsRamRole") return instance(text_at(profile, "ram_role_name"));
    if (mode == "OIDC") {
      return oidc(text_at(profile, "oidc_provider_arn"), text_at(profile, "oidc_token_file"), role);
    }
    if (mode == "RamRoleArn")
      return assumed(required_pair(pair, source), role, text_at(profile, "sts_region"));
    if (mode == "ChainableRamRoleArn") {
      auto base = from_profile(text, path, text_at(profile, "source_profile"), depth + 1);
      if (base && !*base) return std::unexpected("The source_profile of " + source + " does not exist.");
      return assumed(std::move(base), role, text_at(profile, "sts_region"));
    }
    return std::unexpected(
        "The mode" + shown(mode) + " of " + source +
        " is not supported. It must be AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole or OIDC.");
  }

  SourceResult from_section(const IniSections& sections, const std::string& path, const std::string& name) {
    const auto section = sections.find(name);
    if (section == sections.end()) return std::nullopt;
    const auto value = [&](const char* key) {
      const auto found = section->second.find(key);
      return found == section->second.end() ? "" : found->second;
    };
    const std::string source = "the section \"" + name + "\" of " + path;
    const std::string type = value("type");
    const Credentials pair{.access_key = value("access_key_id"), .secret_key = value("access_key_secret")};
    if (type.empty() || type == "access_key") return required_pair(pair, source);
    if (type == "ecs_ram_role") return instance(value("role_name"));
    if (type == "ram_role_arn") {
      return assumed(required_pair(pair, source),
                     {.arn = value("role_arn"),
                      .session_name = named_session(value("role_session_name")),
                      .policy = value("policy")},
                     "");
    }
    return std::unexpected("The type" + shown(type) + " of " + source +
                           " is not supported. It must be access_key, ram_role_arn or ecs_ram_role.");
  }

  static SourceResult required_pair(const Credentials& pair, const std::string& source) {
    auto found = key_pair(pair, source);
    if (found && !*found) return std::unexpected("There is no key pair in " + source + ".");
    return found;
  }

  SourceResult assumed(SourceResult base, const Role& role, const std::string& region) {
    if (!base || !*base) return base;
    auto endpoint = sts_endpoint(region);
    if (!endpoint) return std::unexpected(endpoint.error());
    (*base)->credentials = std::make_shared<RefreshingCredentials>(
        assume_role(dependencies_, *endpoint, (*base)->credentials, role), dependencies_.clock,
        dependencies_.policies.refresh, "the assumed role " + role.arn);
    return base;
  }

  SourceResult instance(const std::string& role_name) {
    auto endpoint = metadata_endpoint();
    if (!endpoint) return std::unexpected(endpoint.error());
    return temporary(alicloud::instance_role(dependencies_, *endpoint, role_named(role_name)));
  }

  [[nodiscard]] InstanceRole role_named(std::string name) const {
    return {.name = std::move(name), .needs_token = host_.says_true("ALIBABA_CLOUD_IMDSV1_DISABLED")};
  }

  SourceResult temporary(RefreshingCredentials::Fetch fetch) {
    return FoundCredentials{.credentials = std::make_shared<RefreshingCredentials>(
                                std::move(fetch), dependencies_.clock, dependencies_.policies.refresh)};
  }

  /// These sources are queried only when credentials are needed: most machines have no metadata service.
  CredentialsResult from_instance_or_uri() {
    std::vector<ChainSource> sources;
    if (host_.says_true("ALIBABA_CLOUD_ECS_METADATA_DISABLED")) {
      searched_.add("the RAM role of the instance", "disabled by ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    } else {
      auto endpoint = metadata_endpoint();
      if (!endpoint) return std::unexpected(endpoint.error());
      const std::string name = host_.first_of({"ALIBABA_CLOUD_ECS_METADATA", "ALICLOUD_ECS_ROLE_NAME"});
      sources.push_back({.name = "the RAM role of the instance",
                         .fetch = alicloud::instance_role(dependencies_, *endpoint, role_named(name))});
    }
    const std::string uri = host_.first_of({"ALIBABA_CLOUD_CREDENTIALS_URI", "ALICLOUD_CREDENTIALS_URI"});
    const std::string uri_source = "the URI in ALIBABA_CLOUD_CREDENTIALS_URI";
    if (!uri.empty()) {
      auto fetch = from_uri(dependencies_, uri);
      if (!fetch) return std::unexpected("ALIBABA_CLOUD_CREDENTIALS_URI must be " + fetch.error() + ".");
      sources.push_back({.name = uri_source, .fetch = std::move(*fetch)});
    } else if (sources.empty()) {
      searched_.add(uri_source, "not set");
    } else {
      sources.push_back(
          {.name = uri_source, .fetch = [](const core::Context&) -> Result<ExpiringCredentials> {
             return std::unexpected(Error{.kind = ErrorKind::permission_denied, .message = "not set"});
           }});
    }
    if (sources.empty()) return std::unexpected(searched_.report());
    return FoundCredentials{.credentials = first_available(std::move(sources), searched_, dependencies_)};
  }

  /// Returns the credentials found, or those of the role to assume with them.
  CredentialsResult with_role(FoundCredentials found) {
    const std::string configured = set("assume_role.role_arn");
    const Role role{.arn = configured.empty() && !ignores_environment_role_ ? role_arn() : configured,
                    .session_name = named_session(set("assume_role.session_name")),
                    .duration_seconds = set("assume_role.session_duration"),
                    .policy = set("assume_role.policy"),
                    .external_id = set("assume_role.external_id")};
    if (role.arn.empty()) return found;
    auto assumed_keys = assumed(std::move(found), role, "");
    if (!assumed_keys) return std::unexpected(assumed_keys.error());
    return std::move(**assumed_keys);
  }

  [[nodiscard]] std::string role_arn() const {
    return environment_setting(vendor(), "assume_role.role_arn", host_);
  }

  [[nodiscard]] std::string session_name() const {
    const std::string name = environment_setting(vendor(), "assume_role.session_name", host_);
    return name.empty() ? kSessionName : name;
  }

  [[nodiscard]] std::string named_session(const std::string& name) const {
    return name.empty() ? session_name() : name;
  }

  /// alicloud/API.md 1.2.
  [[nodiscard]] std::expected<Endpoint, std::string> sts_endpoint(std::string region) const {
    if (const std::string configured = set("sts_endpoint"); !configured.empty()) {
      return Endpoint::parse(configured);
    }
    if (region.empty()) region = host_.first_of({"ALIBABA_CLOUD_STS_REGION"});
    if (region.empty()) return Endpoint::parse(kStsEndpoint);
    const bool private_network = host_.says_true("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED");
    return Endpoint::parse((private_network ? "https://sts-vpc." : "https://sts.") + region +
                           ".aliyuncs.com");
  }

  [[nodiscard]] std::expected<Endpoint, std::string> metadata_endpoint() const {
    const std::string configured = set("metadata_endpoint");
    return Endpoint::parse(configured.empty() ? kMetadataEndpoint : configured);
  }

  const VendorSettings& settings_;
  const HostEnvironment& host_;
  Dependencies dependencies_;
  SearchReport searched_{vendor().display_name};
  bool ignores_environment_role_ = false;
};

}  // namespace

CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies) {
  return CredentialsChain(settings, host, dependencies).run();
}

}  // namespace cloud::alicloud
