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

namespace cloud {

/// Where keys can be besides the configuration. Tests give one of their own.
struct HostEnvironment {
  /// A variable of the environment; nothing if absent or empty.
  std::function<std::optional<std::string>(const char* name)> environment;
  /// The whole text of a file; nothing if it cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> read_file;

  /// The first of the variables that is set; empty if none is.
  [[nodiscard]] std::string first_of(std::initializer_list<const char*> variables) const;
  [[nodiscard]] std::string first_of(std::span<const char* const> variables) const;
  /// Whether the variable says `true`.
  [[nodiscard]] bool says_true(const char* variable) const;
  /// `~/` at the beginning becomes the home folder.
  [[nodiscard]] std::string expand(const std::string& path) const;
};

/// Keys and what was found beside them.
struct FoundCredentials {
  std::shared_ptr<CredentialsProvider> keys;
  std::shared_ptr<TokenSource> tokens;  ///< in place of keys, where the vendor has them
  std::string region;                   ///< that the place names, for want of another; may be empty
};

/// The error says which places were looked at, in order, or what is wrong with what was found.
using CredentialsResult = std::expected<FoundCredentials, std::string>;

/// Nothing: the place holds no keys, and the search goes on. An error ends it: somebody meant these keys.
using SourceResult = std::expected<std::optional<FoundCredentials>, std::string>;

/// Looks at one place after another and remembers what it did not find.
class CredentialsChain {
 public:
  explicit CredentialsChain(std::string_view display_name) : display_name_(display_name) {}

  /// Notes that a place holds nothing.
  void add(std::string place, std::string finding);

  /// "No credentials for … were found. Looked at, in this order: …"
  [[nodiscard]] std::string report() const;

 private:
  std::string display_name_;
  std::vector<std::string> lines_;
};

/// The pair as fixed keys. Nothing if all is empty; an error, naming the place, if a half is missing or if
/// they hold characters that no key has.
SourceResult key_pair(Credentials credentials, const std::string& place);

/// A place that can be asked for keys, by its name in reports.
struct ChainSource {
  std::string name;
  RefreshingCredentials::Fetch fetch;
};

/// Keys from the first place that gives some, asked when they are needed. The error adds what each answered
/// to the report.
std::shared_ptr<CredentialsProvider> first_that_answers(std::vector<ChainSource> asked,
                                                        CredentialsChain places, core::Clock& clock);

/// The profile of that name in a file as command line tools write it: `{"current": …, "profiles": [{"name":
/// …}]}`. An empty name means the current one. Null if there is none; the error says that the file is not
/// JSON.
std::expected<nlohmann::json, std::string> find_profile(const std::string& text, const std::string& path,
                                                        std::string name);

/// The pair that an environment holds; a token alone, left over from another session, counts for nothing.
SourceResult key_pair_of(const HostEnvironment& machine, const char* access_key, const char* secret_key,
                         const char* security_token);

/// The keys that an answer brought. An error, which does not show the answer, if a half of the pair is
/// missing.
Result<ExpiringCredentials> whole_keys(const ApiCall& call, http::Response response,
                                       ExpiringCredentials keys);

/// Looks for a profile in the text of the file at a path; an empty name means the usual profile.
using ProfileReader =
    std::function<SourceResult(const std::string& text, const std::string& path, const std::string& name)>;

/// The `profile` or `shared_credentials_file` of the configuration, which must be there; nothing if it names
/// neither.
SourceResult named_profile(const VendorSettings& settings, const HostEnvironment& machine,
                           const std::string& usual_file, const ProfileReader& read);

/// The end of temporary keys as clouds write it, fractions of seconds left out; nothing if it is written
/// otherwise.
std::optional<core::UtcTime> parse_expiry(std::string_view text);

/// An error that is a search's report.
Error no_keys(std::string report);

}  // namespace cloud
