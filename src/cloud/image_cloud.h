#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/copy_spec.h"
#include "src/cloud/error.h"
#include "src/cloud/extras.h"
#include "src/core/clock.h"

/// Machine images on one cloud, the same for all clouds. Knows nothing of Terraform.
namespace cloud {

struct Vendor;

using TagsById = std::map<std::string, Tags, std::less<>>;

/// What can be done with the description of an image that is the account's own.
enum class DescriptionSupport {
  none,         ///< copies have no description
  replaceable,  ///< can be changed, not removed
  removable,    ///< can be changed and removed
};

/// What holds for all copies on a cloud, known without a call. What else a cloud can do is a capability of
/// its `ImageCloud`.
struct Traits {
  DescriptionSupport description = DescriptionSupport::none;
  bool reports_source = false;   ///< an image names the one it was copied from
  bool stores_copy_key = false;  ///< an image carries the key that its copy was started with
  /// A new copy's name must be no other image's: the cloud refuses it, or could not tell the two apart.
  bool names_unique = false;
  bool tags_with_copy = false;    ///< a copy call takes tags; else they are set when the copy is finished
  bool tags_in_listings = false;  ///< listed images show their tags
  /// The number of running copies from which one listing costs less than a query for each; 0: never.
  std::size_t batch_threshold = 0;
  bool describes_in_source_region = false;  ///< to describe a copy may be a call to its source region
};

/// A copy that is to be started, or that was and is searched for.
struct CopyRequest {
  CopySpec spec;
  std::string copy_key;      ///< identifies this copy in every run; stored on the image where the cloud can
  std::string client_token;  ///< the same for repetitions of one call, never again for another

  bool operator==(const CopyRequest&) const = default;
};

/// `absent`: neither the copy nor its image exists. `unknown`: it exists, in a state that is not known.
enum class CopyState { absent, queued, copying, available, failed, unknown };

std::string_view to_string(CopyState state);
/// The state of a copy that exists, by its name.
std::optional<CopyState> parse_copy_state(std::string_view word);

/// Everything by which a copy can be found again. `image_id` or `job_id` may be empty, not both; the
/// destination is empty for a job of which nothing else is known.
struct CopyReference {
  std::string source_region;  ///< may be empty when only the image is known
  std::string source_image_id;
  std::string destination_region;
  std::string project_name;  ///< in the destination; empty: the region's own
  std::string name;
  std::string image_id;
  std::string job_id;
  CopyState last_state = CopyState::unknown;

  bool operator==(const CopyReference&) const = default;
};

struct Origin {
  std::string region;
  std::string image_id;

  bool operator==(const Origin&) const = default;
};

/// An image as its cloud shows it; what it does not tell is empty.
struct Image {
  std::string id;
  std::string name;
  std::string description;
  std::optional<std::int64_t> size_gb;
  std::string os_type;
  std::string os_name;
  std::string architecture;
  std::string created_at;  ///< RFC 3339, UTC
  std::vector<std::string> snapshot_ids;
  std::optional<bool> encrypted;
  std::string kms_key_id;
  std::optional<Origin> origin;
  std::string source_region;  ///< of a copy
  std::string copy_key;       ///< that the copy was started with
  /// Empty for the default one; nullopt if it is not reported.
  std::optional<std::string> resource_group_id;
  bool has_backup = false;   ///< of a full server, with a backup behind it
  std::optional<Tags> tags;  ///< without those that the cloud set itself; nullopt if not reported

  bool operator==(const Image&) const = default;
};

/// What a cloud reports of a copy.
struct CopyStatus {
  CopyState state = CopyState::unknown;
  std::string image_id;    ///< empty while the cloud does not tell
  std::string image_name;  ///< likewise
  std::optional<int> progress_percent;
  std::string status_reason;   ///< the cloud's own words, when it has some
  std::optional<Image> image;  ///< once it is listed

  bool operator==(const CopyStatus&) const = default;
};

/// Which of the account's own images.
struct ImageQuery {
  std::string region;
  std::string project_name;  ///< empty: the region's own
  std::string name;          ///< exactly; empty: any

  bool operator==(const ImageQuery&) const = default;
};

/// `community`: published by another account for everybody.
enum class ImageOwner { account, other_account, community, cloud, market };

/// An image that a copy may be made from, the account's own or not. `absent`: there is no such image, or none
/// that the account can see.
struct SourceImage {
  CopyState state = CopyState::unknown;
  Image image;
  ImageOwner owner = ImageOwner::account;
  bool has_data_disks = false;  ///< of a full server, or bound to snapshots of data disks
  Extras extras;                ///< what only one vendor's images report

  bool operator==(const SourceImage&) const = default;
};

/// How many images of its own an account may have in a region.
struct ImageQuota {
  std::int64_t used = 0;
  std::int64_t limit = 0;

  bool operator==(const ImageQuota&) const = default;
};

struct ImageChanges {
  std::optional<std::string> name;
  std::optional<std::string> description;

  [[nodiscard]] bool any() const { return name || description; }
};

struct DeleteOptions {
  bool with_backup = false;  ///< delete the backup behind the image, too, where there is one
  bool force = false;        ///< even if instances use the image, where the cloud can

  bool operator==(const DeleteOptions&) const = default;
};

struct TagChanges {
  Tags set;                         ///< new ones and new values
  std::vector<std::string> remove;  ///< keys

  [[nodiscard]] bool any() const { return !set.empty() || !remove.empty(); }
};

template <typename T>
using Result = std::expected<T, Error>;

/// Capability: changing an image in place.
class Editing {
 public:
  virtual Result<void> update_image(const CopyReference& copy, const ImageChanges& changes,
                                    const core::Context& context) = 0;

 protected:
  ~Editing() = default;
};

/// Capability: setting tags on an image.
class Tagging {
 public:
  virtual Result<void> change_tags(const CopyReference& copy, const TagChanges& changes,
                                   const core::Context& context) = 0;

 protected:
  ~Tagging() = default;
};

/// Capability: reading tags that listings leave out. Tags that the cloud sets itself are left out.
class TagLookup {
 public:
  virtual Result<Tags> read_tags(const CopyReference& copy, const core::Context& context) = 0;

  /// The tags of many images of a region, by image id; an image that is missing may have tags all the same.
  /// `project_name`: empty for the region's own.
  virtual Result<TagsById> list_tags(const std::string& region, const std::string& project_name,
                                     const core::Context& context) = 0;

 protected:
  ~TagLookup() = default;
};

/// Capability: the snapshots that an image is built on outlive it, and are deleted by themselves.
class Snapshots {
 public:
  /// Which of these still exist in the copy's destination.
  virtual Result<std::vector<std::string>> existing_snapshots(const CopyReference& copy,
                                                              const std::vector<std::string>& ids,
                                                              const core::Context& context) = 0;

  /// Errors: `busy` while the image still counts as its user, `in_use`, `not_found` and those that any call
  /// has.
  virtual Result<void> delete_snapshot(const CopyReference& copy, const std::string& snapshot_id,
                                       const core::Context& context) = 0;

 protected:
  ~Snapshots() = default;
};

/// Capability: the cloud reports how many images an account may have.
class Quotas {
 public:
  /// `project_name`: empty for the region's own.
  virtual Result<ImageQuota> read_quota(const std::string& region, const std::string& project_name,
                                        const core::Context& context) = 0;

 protected:
  ~Quotas() = default;
};

/// Capability: what can be asked about an account before a copy is started.
class Inventory {
 public:
  virtual Result<SourceImage> find_source(const std::string& region, const std::string& image_id,
                                          const core::Context& context) = 0;

  /// The regions that the account has, queried at the endpoint of one of them.
  virtual Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                        const core::Context& context) = 0;

 protected:
  ~Inventory() = default;
};

/// Capability: regions are divided into projects, and credentials may reach only some of them. No calls.
class Projects {
 public:
  /// The project that copies to the region go to unless they name another.
  [[nodiscard]] virtual std::string default_project(const std::string& region) const = 0;

  /// The resource group that a copy will be in; empty: the default one.
  [[nodiscard]] virtual std::string effective_resource_group(const CopySpec& spec) const = 0;

  /// Why the credentials cannot copy from one region to the other, in a sentence; empty if they can.
  [[nodiscard]] virtual std::string unreachable_reason(const std::string& source,
                                                       const std::string& destination) const = 0;

 protected:
  ~Projects() = default;
};

/// One account on one cloud: starting, following and removing copies. Calls repeat themselves as far as that
/// is safe, within the context's deadline. Safe from any thread.
class ImageCloud {
 public:
  ImageCloud() = default;
  ImageCloud(const ImageCloud&) = delete;
  ImageCloud& operator=(const ImageCloud&) = delete;
  virtual ~ImageCloud() = default;

  [[nodiscard]] virtual const Vendor& vendor() const = 0;
  [[nodiscard]] const Traits& traits() const;

  /// Starts a copy; the answer holds the job id, the image id, or both.
  virtual Result<CopyReference> start_copy(const CopyRequest& request, const core::Context& context) = 0;

  virtual Result<CopyStatus> describe_copy(const CopyReference& copy, const core::Context& context) = 0;

  /// The same for several copies to one region and project, in their order, in as few calls as the cloud
  /// allows.
  virtual std::vector<Result<CopyStatus>> describe_copies(const std::vector<CopyReference>& copies,
                                                          const core::Context& context);

  /// All of the account's own images that match, in any order; each status has its image.
  virtual Result<std::vector<CopyStatus>> list_images(const ImageQuery& query,
                                                      const core::Context& context) = 0;

  /// Errors: `not_copying`, `cannot_cancel`, `not_found` and those that any call has.
  virtual Result<void> cancel_copy(const CopyReference& copy, const core::Context& context) = 0;

  /// Errors: `still_copying`, `in_use`, `not_found` and those that any call has.
  virtual Result<void> delete_image(const CopyReference& copy, const DeleteOptions& options,
                                    const core::Context& context) = 0;

  /// Capabilities: null where the cloud has none.
  virtual Editing* editing() { return nullptr; }
  virtual Tagging* tagging() { return nullptr; }
  virtual TagLookup* tag_lookup() { return nullptr; }
  virtual Snapshots* snapshots() { return nullptr; }
  virtual Quotas* quotas() { return nullptr; }
  virtual Inventory* inventory() { return nullptr; }
  [[nodiscard]] virtual const Projects* projects() const { return nullptr; }

  /// Whether the tags of an image can be read at all.
  [[nodiscard]] bool reports_tags() { return traits().tags_in_listings || tag_lookup() != nullptr; }

  /// The tags of an image that was just described; none where the cloud does not report tags.
  Result<Tags> tags_of(const CopyReference& copy, const Image& image, const core::Context& context);

  /// As `Projects` says; empty without that capability.
  [[nodiscard]] std::string default_project(const std::string& region) const;

  /// As `Projects` says; without that capability, what the spec asks for.
  [[nodiscard]] std::string effective_resource_group(const CopySpec& spec) const;

 protected:
  /// Takes each copy's status from a listing; describes those that it lacks, which may only be listed late.
  std::vector<Result<CopyStatus>> match_or_describe(const std::vector<CopyStatus>& listed,
                                                    std::span<const CopyReference> copies,
                                                    const core::Context& context);
};

}  // namespace cloud
