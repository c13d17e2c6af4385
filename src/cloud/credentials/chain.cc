#include "src/cloud/credentials/chain.h"

#include <algorithm>

#include "src/cloud/json.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud {
namespace {

/// Other characters would break the header that carries the key. The usual one is a line feed at the end.
bool is_header_safe(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string name_of(const KeyPairVariables& variables) {
  return std::string("the environment variables ") + variables.access_key + " and " + variables.secret_key;
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

void SearchReport::add(std::string source, std::string finding) {
  lines_.push_back("\n  " + std::to_string(lines_.size() + 1) + ". " + std::move(source) + ": " +
                   std::move(finding));
}

std::string SearchReport::report() const {
  const std::string action = recommended_.empty()
                                 ? "Set up one of these sources"
                                 : "Set " + recommended_ + ", or set up another of these sources";
  return "No credentials for " + display_name_ + " were found. " + action +
         ", which were searched in this order:" + core::join(lines_, "");
}

SourceResult key_pair(Credentials credentials, const std::string& source) {
  const bool has_key = !credentials.access_key.empty();
  const bool has_secret = !credentials.secret_key.empty();
  if (!has_key && !has_secret && credentials.security_token.empty()) return std::nullopt;
  if (!has_key || !has_secret) {
    const char* part = has_key ? "access key" : has_secret ? "secret key" : "security token";
    return std::unexpected("Incomplete credentials in " + source + ": only the " + part +
                           " is set. Set both the access key and the secret key, or neither.");
  }
  if (!is_header_safe(credentials.access_key) || !is_header_safe(credentials.secret_key) ||
      !is_header_safe(credentials.security_token)) {
    return std::unexpected("Invalid credentials in " + source +
                           ": they contain white space or another character that is not allowed. Check for a "
                           "line feed at the end.");
  }
  return FoundCredentials{.credentials = std::make_shared<StaticCredentials>(std::move(credentials), source)};
}

SourceResult key_pair_of(const HostEnvironment& host, const KeyPairVariables& variables) {
  Credentials credentials{.access_key = host.first_of({variables.access_key}),
                          .secret_key = host.first_of({variables.secret_key})};
  if (!credentials.access_key.empty()) credentials.security_token = host.first_of({variables.security_token});
  return key_pair(std::move(credentials), name_of(variables));
}

SourceResult first_key_pair(const HostEnvironment& host, std::span<const KeyPairVariables> variables,
                            SearchReport& searched) {
  if (!variables.empty()) searched.recommend(name_of(variables.front()));
  for (const KeyPairVariables& pair : variables) {
    auto found = key_pair_of(host, pair);
    if (!found || *found) return found;
    searched.add(name_of(pair), "not set");
  }
  return std::nullopt;
}

Result<ExpiringCredentials> require_key_pair(const ApiCall& call, http::Response response,
                                             ExpiringCredentials credentials) {
  if (!credentials.value.access_key.empty() && !credentials.value.secret_key.empty()) return credentials;
  response.body.clear();  // it may contain half a key pair
  return std::unexpected(unexpected_response(call, response, "The response contains no key pair"));
}

SourceResult named_profile(const VendorSettings& settings, const HostEnvironment& host,
                           const std::string& default_file, const ProfileReader& read) {
  const std::string profile = setting(settings, "profile");
  const std::string file = setting(settings, "shared_credentials_file");
  if (profile.empty() && file.empty()) return std::nullopt;
  const std::string path = host.expand(file.empty() ? default_file : file);
  const auto text = host.read_file(path);
  if (!text) return std::unexpected("The credentials file " + path + " " + text.error() + ".");
  auto found = read(*text, path, profile);
  if (found && !*found) {
    return std::unexpected("The credentials file " + path + " has no profile \"" + profile + "\".");
  }
  return found;
}

std::shared_ptr<CredentialsProvider> first_available(std::vector<ChainSource> sources, SearchReport searched,
                                                     const Dependencies& dependencies) {
  RefreshingCredentials::Fetch fetch = [sources = std::move(sources), searched = std::move(searched)](
                                           const core::Context& context) -> Result<ExpiringCredentials> {
    SearchReport report = searched;
    for (const ChainSource& source : sources) {
      auto credentials = source.fetch(context);
      if (credentials || credentials.error().kind == ErrorKind::cancelled) return credentials;
      report.add(source.name, describe(credentials.error()));
    }
    return std::unexpected(no_credentials(report.report()));
  };
  return std::make_shared<RefreshingCredentials>(std::move(fetch), dependencies.clock,
                                                 dependencies.policies.refresh);
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

Error no_credentials(std::string report) {
  return {.kind = ErrorKind::unauthenticated, .message = std::move(report)};
}

}  // namespace cloud
