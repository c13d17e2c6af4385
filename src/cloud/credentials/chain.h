#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/credentials/token_source.h"
#include "src/cloud/settings.h"
#include "src/core/file.h"

namespace cloud {

/// Environment variables and files of this machine, in which credentials are searched. Tests inject their
/// own.
struct HostEnvironment {
  /// Returns an environment variable, or nullopt if it is not set or empty.
  std::function<std::optional<std::string>(const char* name)> environment;
  std::function<core::FileResult(const std::string& path)> read_file;

  /// The first of the variables that is set; empty if none is.
  [[nodiscard]] std::string first_of(std::initializer_list<const char*> variables) const;
  [[nodiscard]] std::string first_of(std::span<const char* const> variables) const;
  /// Whether the value of the variable is `true`.
  [[nodiscard]] bool says_true(const char* variable) const;
  /// Replaces `~/` at the beginning by the home directory.
  [[nodiscard]] std::string expand(const std::string& path) const;
};

/// The environment variables of one access key.
struct KeyPairVariables {
  const char* access_key;
  const char* secret_key;
  const char* security_token;
};

/// Credentials, and the region that was found with them.
struct FoundCredentials {
  std::shared_ptr<CredentialsProvider> credentials;
  std::shared_ptr<TokenSource> tokens;  ///< instead of an access key, where the vendor has them
  std::string region;                   ///< the default region that the source names; may be empty
};

/// The error names the sources that were searched, in order, or says what is wrong with the credentials
/// found.
using CredentialsResult = std::expected<FoundCredentials, std::string>;

/// Nullopt: the source has no credentials, and the search continues. An error ends the search, because the
/// user meant this source.
using SourceResult = std::expected<std::optional<FoundCredentials>, std::string>;

/// Remembers which sources were searched without success.
class SearchReport {
 public:
  explicit SearchReport(std::string_view display_name) : display_name_(display_name) {}

  /// Notes why a source has no credentials.
  void add(std::string source, std::string finding);

  /// Notes the source that is the simplest to set up. The report begins with it.
  void recommend(std::string source) { recommended_ = std::move(source); }

  /// "No credentials for … were found. Set … These sources were searched, in this order: …"
  [[nodiscard]] std::string report() const;

 private:
  std::string display_name_;
  std::string recommended_;  // may be empty
  std::vector<std::string> lines_;
};

/// Returns the pair as static credentials, or nullopt if all members are empty. Returns an error that names
/// the source if half of the pair is missing, or if a key contains invalid characters.
SourceResult key_pair(Credentials credentials, const std::string& source);

/// A source that is queried when credentials are needed. `name`: for `SearchReport`.
struct ChainSource {
  std::string name;
  RefreshingCredentials::Fetch fetch;
};

/// Gets credentials from the first of the sources that has some, when they are needed. The error is the
/// report of `searched` with the errors of these sources added.
std::shared_ptr<CredentialsProvider> first_available(std::vector<ChainSource> sources, SearchReport searched,
                                                     const Dependencies& dependencies);

/// Finds the profile of that name in a file of a command line tool: `{"current": …, "profiles": [{"name":
/// …}]}`. An empty name means the current profile. Returns null if there is none, and an error if the file is
/// not JSON.
std::expected<nlohmann::json, std::string> find_profile(const std::string& text, const std::string& path,
                                                        std::string name);

/// Reads the pair from environment variables. A security token alone, left over from another session, is
/// ignored.
SourceResult key_pair_of(const HostEnvironment& host, const KeyPairVariables& variables);

/// Reads the first pair of environment variables that is set. Recommends the first one to those who have
/// none.
SourceResult first_key_pair(const HostEnvironment& host, std::span<const KeyPairVariables> variables,
                            SearchReport& searched);

/// Returns the credentials that a response contains, or an error, which does not show the response, if half
/// of the pair is missing.
Result<ExpiringCredentials> require_key_pair(const ApiCall& call, http::Response response,
                                             ExpiringCredentials credentials);

/// Reads a profile from the text of the file at `path`. An empty name means the default profile.
using ProfileReader =
    std::function<SourceResult(const std::string& text, const std::string& path, const std::string& name)>;

/// Reads the `profile` or `shared_credentials_file` of the configuration, which must exist. Returns nullopt
/// if neither is configured.
SourceResult named_profile(const VendorSettings& settings, const HostEnvironment& host,
                           const std::string& default_file, const ProfileReader& read);

/// Parses the expiry of temporary credentials, without fractions of seconds. Returns nullopt for another
/// format.
std::optional<core::UtcTime> parse_expiry(std::string_view text);

/// The error of a search without result.
Error no_credentials(std::string report);

}  // namespace cloud
