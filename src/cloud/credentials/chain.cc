#include "src/cloud/credentials/chain.h"

#include <algorithm>

#include "src/cloud/json.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud {
namespace {

/// Such a character would break the header that carries the key; a line feed at the end is the usual one.
bool is_possible_key(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string HostEnvironment::first_of(std::initializer_list<const char*> variables) const {
  return first_of(std::span(variables.begin(), variables.size()));
}

std::string HostEnvironment::first_of(std::span<const char* const> variables) const {
  for (const char* variable : variables) {
    if (auto value = environment(variable)) return *value;
  }
  return "";
}

bool HostEnvironment::says_true(const char* variable) const {
  return core::to_lower(environment(variable).value_or("")) == "true";
}

std::string HostEnvironment::expand(const std::string& path) const {
  if (!path.starts_with("~/")) return path;
  return environment("HOME").value_or("") + path.substr(1);
}

void CredentialsChain::add(std::string place, std::string finding) {
  lines_.push_back("\n  " + std::to_string(lines_.size() + 1) + ". " + std::move(place) + ": " +
                   std::move(finding));
}

std::string CredentialsChain::report() const {
  return "No credentials for " + display_name_ +
         " were found. Looked at, in this order:" + core::join(lines_, "") +
         "\n\nPut credentials into one of these places.";
}

SourceResult key_pair(Credentials credentials, const std::string& place) {
  const bool has_key = !credentials.access_key.empty();
  const bool has_secret = !credentials.secret_key.empty();
  if (!has_key && !has_secret && credentials.security_token.empty()) return std::nullopt;
  if (!has_key || !has_secret) {
    const char* half = has_key ? "access key" : has_secret ? "secret" : "security token";
    return std::unexpected("Of the keys in " + place + " only the " + half +
                           " is there. Set access key and secret, or nothing.");
  }
  if (!is_possible_key(credentials.access_key) || !is_possible_key(credentials.secret_key) ||
      !is_possible_key(credentials.security_token)) {
    return std::unexpected("The keys in " + place +
                           " hold white space or another character that no key has. Look for a line feed "
                           "at the end of one.");
  }
  return FoundCredentials{.keys = std::make_shared<StaticCredentials>(std::move(credentials))};
}

SourceResult key_pair_of(const HostEnvironment& machine, const char* access_key, const char* secret_key,
                         const char* security_token) {
  Credentials credentials{.access_key = machine.first_of({access_key}),
                          .secret_key = machine.first_of({secret_key})};
  if (!credentials.access_key.empty()) credentials.security_token = machine.first_of({security_token});
  return key_pair(std::move(credentials),
                  std::string("the environment variables ") + access_key + " and " + secret_key);
}

Result<ExpiringCredentials> whole_keys(const ApiCall& call, http::Response response,
                                       ExpiringCredentials keys) {
  if (!keys.value.access_key.empty() && !keys.value.secret_key.empty()) return keys;
  response.body.clear();  // half a key pair may stand in it
  return std::unexpected(unexpected_answer(call, response, "the answer holds no key pair"));
}

SourceResult named_profile(const VendorSettings& settings, const HostEnvironment& machine,
                           const std::string& usual_file, const ProfileReader& read) {
  const std::string profile = setting(settings, "profile");
  const std::string file = setting(settings, "shared_credentials_file");
  if (profile.empty() && file.empty()) return std::nullopt;
  const std::string path = machine.expand(file.empty() ? usual_file : file);
  const auto text = machine.read_file(path);
  if (!text) return std::unexpected("The credentials file " + path + " cannot be read.");
  auto found = read(*text, path, profile);
  if (found && !*found) {
    return std::unexpected("The credentials file " + path + " has no profile \"" + profile + "\".");
  }
  return found;
}

std::shared_ptr<CredentialsProvider> first_that_answers(std::vector<ChainSource> asked,
                                                        CredentialsChain places, core::Clock& clock) {
  RefreshingCredentials::Fetch fetch = [asked = std::move(asked), places = std::move(places)](
                                           const core::Context& context) -> Result<ExpiringCredentials> {
    CredentialsChain findings = places;
    for (const ChainSource& place : asked) {
      auto keys = place.fetch(context);
      if (keys || keys.error().kind == ErrorKind::cancelled) return keys;
      findings.add(place.name, describe(keys.error()));
    }
    return std::unexpected(no_keys(findings.report()));
  };
  return std::make_shared<RefreshingCredentials>(std::move(fetch), clock);
}

std::expected<nlohmann::json, std::string> find_profile(const std::string& text, const std::string& path,
                                                        std::string name) {
  const nlohmann::json file = parse_json(text);
  if (!file.is_object()) return std::unexpected("The file " + path + " is not valid JSON.");
  if (name.empty()) name = text_at(file, "current");
  for (const nlohmann::json& profile : list_at(file, "profiles")) {
    if (text_at(profile, "name") == name) return profile;
  }
  return nullptr;
}

std::optional<core::UtcTime> parse_expiry(std::string_view text) {
  std::string seconds(text.substr(0, text.find('.')));
  if (!seconds.ends_with('Z')) seconds += 'Z';
  return core::parse_utc(seconds, "%Y-%m-%dT%H:%M:%SZ");
}

Error no_keys(std::string report) {
  return {.kind = ErrorKind::unauthenticated, .message = std::move(report)};
}

}  // namespace cloud
