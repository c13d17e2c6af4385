#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/chain.h"
#include "src/cloud/image_cloud.h"
#include "src/cloud/redaction.h"
#include "src/cloud/settings.h"

namespace cloud {

enum class CopyStage;
struct Violation;
class SourceRules;

/// The environment variables of one setting. The older one is read if the other is not set.
struct SettingVariables {
  std::string_view setting;
  const char* variable;
  const char* older_variable = nullptr;
};

/// Everything that the code above needs to know of a vendor. What differs between vendors is here or in the
/// vendor's own folder.
struct Vendor {
  std::string_view name;          ///< in configurations
  std::string_view display_name;  ///< in messages and documentation
  Traits traits;
  bool has_jobs = false;         ///< a running copy is identified by a job, and can be imported by its ID
  bool deletes_in_use = false;   ///< can delete an image that instances use
  bool keeps_snapshots = false;  ///< its clients have the capability `Snapshots`
  /// How many copies run at once from one source region unless configured otherwise. A larger number leads to
  /// refusals where it is the vendor's own limit.
  int max_running_copies = 0;
  bool encrypts_by_key =
      false;  ///< encrypts with a named key only, so `encrypted = false` is the same as not set

  std::string_view endpoint;          ///< URL of the image service, with `{region}` as the placeholder
  std::string_view example_image_id;  ///< `region/image_id`, for messages
  std::string_view service;           ///< the vendor's name of the image service
  std::string_view profile_file;      ///< of the vendor's command line tool; `~/` is the home directory
  std::span<const char* const> region_variables;  ///< environment variables of the default region
  /// Environment variables of an access key. The first ones found are used.
  std::span<const KeyPairVariables> key_pair_variables;
  std::span<const SettingVariables> setting_variables;

  SecretNames secrets;                     ///< parts of its requests that must never be shown
  std::string_view request_id_header;      ///< of every response
  std::string_view request_id_member;      ///< of every response's JSON body; may be empty
  std::string_view retry_after_ms_header;  ///< besides `Retry-After`; may be empty

  /// Searches for credentials in the order of the vendor's own tools. The setting `region` is the default
  /// region, whether it was configured or found in the environment.
  CredentialsResult (*find_credentials)(const VendorSettings& settings, const HostEnvironment& host,
                                        const Dependencies& dependencies);

  /// Makes a client that uses these credentials.
  std::unique_ptr<ImageCloud> (*make_client)(const VendorSettings& settings, const FoundCredentials& found,
                                             const HostEnvironment& host, const Dependencies& dependencies);

  /// Adds the violations of the vendor's rules on copies that can be found without an API call.
  void (*check_copy)(const CopySpec& spec, CopyStage stage, std::vector<Violation>& violations);

  /// Adds the violations of the vendor's rules on source images.
  void (*check_source)(SourceRules& rules);
};

/// The environment variable of a setting; empty if it has none.
std::string_view variable_of(const Vendor& vendor, std::string_view setting);

/// The value of a setting in the environment; may be empty.
std::string environment_setting(const Vendor& vendor, std::string_view name, const HostEnvironment& host);

/// The configured setting, else that of the environment.
std::string setting_or_environment(const Vendor& vendor, const VendorSettings& settings,
                                   std::string_view name, const HostEnvironment& host);

/// Searches for the vendor's credentials. The default region is that of the settings, else of the
/// environment, else of the source of the credentials.
CredentialsResult find_credentials(const Vendor& vendor, VendorSettings settings, const HostEnvironment& host,
                                   const Dependencies& dependencies);

}  // namespace cloud
