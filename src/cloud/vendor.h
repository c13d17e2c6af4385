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

/// All that a vendor of images is to the code above it. What differs between vendors is here or in a folder
/// of the vendor's own.
struct Vendor {
  std::string_view name;          ///< as configurations write it
  std::string_view display_name;  ///< as people write it
  Traits traits;
  bool has_jobs = false;         ///< a running copy is known by a job, and can be imported by its id
  bool deletes_in_use = false;   ///< can be told to delete an image that instances use
  bool reports_tags = false;     ///< its clients say `reports_tags`
  bool keeps_snapshots = false;  ///< its clients have `Snapshots`
  bool encrypts_by_key = false;  ///< encrypts with a named key only: not encrypted is the same as not set

  std::string_view endpoint;          ///< URL of the image service, with `{region}` where the region goes
  std::string_view example_image_id;  ///< `region/image_id`, for texts
  std::span<const char* const> region_variables;  ///< environment variables of the default region

  SecretNames secrets;                     ///< what its requests carry that must never be shown
  std::string_view request_id_header;      ///< of every answer
  std::string_view request_id_member;      ///< of every answer's JSON body; empty: none
  std::string_view retry_after_ms_header;  ///< beside `Retry-After`; empty: none

  /// Looks for credentials in the order of the vendor's own tools. `region` among the settings is the default
  /// one, wherever it was found.
  CredentialsResult (*find_credentials)(const VendorSettings& settings, const HostEnvironment& machine,
                                        const Dependencies& services);

  /// A client that calls with these credentials.
  std::unique_ptr<ImageCloud> (*make_client)(const VendorSettings& settings, const FoundCredentials& found,
                                             const HostEnvironment& machine, const Dependencies& services);

  /// Adds what the vendor forbids of a copy, as far as that is known without asking it.
  void (*check_copy)(const CopySpec& spec, CopyStage stage, std::vector<Violation>& violations);

  /// Adds what the vendor forbids of a source image.
  void (*check_source)(SourceRules& rules);
};

/// The vendor's credentials, and the default region: that of the settings, of the environment or else of the
/// place that holds the credentials.
CredentialsResult find_credentials(const Vendor& vendor, VendorSettings settings,
                                   const HostEnvironment& machine, const Dependencies& services);

}  // namespace cloud
