#include "src/cloud/huaweicloud/credentials.h"

#include "src/cloud/json.h"
#include "src/cloud/huaweicloud/iam.h"

namespace cloud {
namespace {

constexpr const char* kProfileFile = "~/.hcloud/config.json";

/// One search. Each `from_…` looks at one place.
class Search {
 public:
  Search(const KeySettings& settings, const Machine& machine, const Endpoint& iam, const std::string& region,
         Services services)
      : settings_(settings), machine_(machine), iam_(iam), region_(region), services_(services) {}

  KeySearch run() {
    for (const auto place :
         {&Search::from_named_profile, &Search::configured_token, &Search::configured_key_pair,
          &Search::configured_password, &Search::token_of_environment, &Search::key_pair_of_environment,
          &Search::password_of_environment, &Search::from_profile_file}) {
      PlaceResult found = (this->*place)();
      if (!found) return std::unexpected(std::move(found.error()));
      if (*found) return with_agency(std::move(**found));
    }
    KeySearch found = from_instance();
    return found ? with_agency(std::move(*found)) : found;
  }

 private:
  [[nodiscard]] std::string set(std::string_view name) const { return setting(settings_, name); }

  /// Configured, or else from the environment.
  [[nodiscard]] std::string set_or(std::string_view name,
                                   std::initializer_list<const char*> variables) const {
    const std::string configured = set(name);
    return configured.empty() ? machine_.first_of(variables) : configured;
  }

  /// A profile or file that the configuration names must be there, unless keys are configured as well.
  PlaceResult from_named_profile() {
    const bool has_keys =
        !set("access_key").empty() || !set("auth_token").empty() || !set("password").empty();
    if (has_keys) return std::nullopt;
    return named_profile(settings_, machine_, kProfileFile,
                         [this](const std::string& text, const std::string& path, const std::string& name) {
                           return from_profile(text, path, name);
                         });
  }

  PlaceResult configured_token() {
    places_.add("huaweicloud.auth_token in the provider configuration", "not set");
    // Keys work in every region, a token in one.
    return set("access_key").empty() ? fixed_token(set("auth_token")) : std::nullopt;
  }

  PlaceResult token_of_environment() {
    places_.add("the environment variable HW_AUTH_TOKEN", "not set");
    return fixed_token(machine_.first_of({"HW_AUTH_TOKEN"}));
  }

  static PlaceResult fixed_token(const std::string& token) {
    if (token.empty()) return std::nullopt;
    return FoundKeys{.tokens = std::make_shared<huaweicloud_iam::FixedToken>(token)};
  }

  PlaceResult configured_key_pair() {
    const std::string place =
        "huaweicloud.access_key and huaweicloud.secret_key in the provider configuration";
    places_.add(place, "not set");
    return key_pair({.access_key = set("access_key"),
                     .secret_key = set("secret_key"),
                     .security_token = set("security_token")},
                    place);
  }

  PlaceResult key_pair_of_environment() {
    places_.add("the environment variables HW_ACCESS_KEY and HW_SECRET_KEY", "not set");
    return key_pair_of(machine_, "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN");
  }

  /// What the configuration leaves out of a login may be in the environment.
  PlaceResult configured_password() {
    places_.add("huaweicloud.user_name, password and domain_name in the provider configuration", "not set");
    if (set("user_name").empty() && set("password").empty()) return std::nullopt;
    auto found = login({.name = set_or("user_name", {"HW_USER_NAME"}),
                        .password = set_or("password", {"HW_USER_PASSWORD"}),
                        .domain_name = set_or("domain_name", {"HW_DOMAIN_NAME"})});
    if (found && *found) return found;
    return std::unexpected(
        "A login in the provider configuration needs user_name, password and domain_name of huaweicloud. "
        "Set all three, or neither user_name nor password.");
  }

  PlaceResult password_of_environment() {
    places_.add("the environment variables HW_USER_NAME, HW_USER_PASSWORD and HW_DOMAIN_NAME", "not all set");
    return login({.name = machine_.first_of({"HW_USER_NAME"}),
                  .password = machine_.first_of({"HW_USER_PASSWORD"}),
                  .domain_name = set_or("domain_name", {"HW_DOMAIN_NAME"})});
  }

  PlaceResult login(const huaweicloud_iam::User& user) {
    if (user.name.empty() || user.password.empty() || user.domain_name.empty()) return std::nullopt;
    return FoundKeys{.tokens = std::make_shared<huaweicloud_iam::PasswordTokens>(services_, iam_, user)};
  }

  PlaceResult from_profile_file() {
    const std::string named = machine_.first_of({"HW_SHARED_CONFIG_FILE"});
    const std::string path = machine_.expand(named.empty() ? kProfileFile : named);
    const auto text = machine_.read_file(path);
    if (!text) {
      places_.add(path, "not there, or not readable");
      return std::nullopt;
    }
    auto found = from_profile(*text, path, machine_.first_of({"HW_PROFILE"}));
    if (found && !*found) places_.add(path, "has no such profile");
    return found;
  }

  PlaceResult from_profile(const std::string& text, const std::string& path, const std::string& name) {
    const auto profile = find_profile(text, path, name);
    if (!profile) return std::unexpected(profile.error());
    if (profile->is_null()) return std::nullopt;
    const std::string place = "the profile \"" + text_at(*profile, "name") + "\" of " + path;
    const nlohmann::json file = parse_json(text);
    if (boolean_at(file, "authEncrypt").value_or(false)) {
      return std::unexpected("The keys in " + path +
                             " are encrypted. Run \"hcloud configure set --cli-auth-encrypt=false\" and "
                             "configure the profile again.");
    }
    auto found = key_pair({.access_key = text_at(*profile, "accessKeyId"),
                           .secret_key = text_at(*profile, "secretAccessKey"),
                           .security_token = text_at(*profile, "securityToken")},
                          place);
    if (found && !*found) return std::unexpected("There is no key pair in " + place + ".");
    if (!found) return found;
    (*found)->region = text_at(*profile, "region");
    const huaweicloud_iam::Agency agency{.name = text_at(*profile, "agencyName"),
                                         .domain_name = text_at(*profile, "agencyDomainName")};
    return agency.name.empty() ? std::move(**found) : assumed(**found, agency);
  }

  /// Asked only when keys are needed: its address is nobody's on most machines.
  KeySearch from_instance() {
    const std::string place = "the instance's agency";
    if (machine_.says_true("HW_ECS_METADATA_DISABLED")) {
      places_.add(place, "switched off by HW_ECS_METADATA_DISABLED");
      return std::unexpected(places_.report());
    }
    const std::string configured = set("metadata_endpoint");
    const auto endpoint =
        Endpoint::parse(configured.empty() ? huaweicloud_iam::kMetadataEndpoint : configured);
    if (!endpoint) return std::unexpected(endpoint.error());
    std::vector<AskedPlace> asked = {
        {.name = place, .fetch = huaweicloud_iam::instance_agency(services_, *endpoint)}};
    return FoundKeys{.keys = first_that_answers(std::move(asked), places_, services_.clock)};
  }

  KeySearch with_agency(FoundKeys found) {
    const huaweicloud_iam::Agency agency{
        .name = set_or("assume_role.agency_name", {"HW_ASSUME_ROLE_AGENCY_NAME"}),
        .domain_name = set_or("assume_role.domain_name", {"HW_ASSUME_ROLE_DOMAIN_NAME"}),
        .duration_seconds = set_or("assume_role.duration", {"HW_ASSUME_ROLE_DURATION"})};
    if (agency.name.empty()) return found;
    return assumed(found, agency);
  }

  FoundKeys assumed(const FoundKeys& found, const huaweicloud_iam::Agency& agency) {
    const std::string region = region_.empty() ? found.region : region_;
    return {.keys = std::make_shared<TemporaryKeys>(
                huaweicloud_iam::assume_agency(services_, iam_, region, found.keys, found.tokens, agency),
                services_.clock),
            .region = found.region};
  }

  const KeySettings& settings_;
  const Machine& machine_;
  const Endpoint& iam_;
  const std::string& region_;
  Services services_;
  PlaceList places_{"Huawei Cloud"};
};

}  // namespace

KeySearch find_huaweicloud_keys(const KeySettings& settings, const Machine& machine, const Endpoint& iam,
                                const std::string& region, Services services) {
  return Search(settings, machine, iam, region, services).run();
}

}  // namespace cloud
