#pragma once

#include <compare>
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

/// Properties of all copies on a cloud, known without an API call. Optional features are capabilities of its
/// `ImageCloud`.
struct Traits {
  DescriptionSupport description = DescriptionSupport::none;
  bool reports_source = false;   ///< an image names the image it was copied from
  bool stores_copy_key = false;  ///< an image carries the key of its copy
  /// The name of a copy must be unique in its region: the cloud refuses a duplicate, or the two could not be
  /// told apart.
  bool names_unique = false;
  bool tags_with_copy = false;  ///< a copy call sets tags; else they are set when the copy is finished
  bool reports_tags = false;    ///< the tags of an image can be read
  /// The number of running copies from which one listing costs less than a query for each; 0: never.
  std::size_t batch_threshold = 0;
  bool describes_in_source_region = false;  ///< describing a copy may be an API call to its source region

  /// Whether a copy can be told from other images that have its name.
  [[nodiscard]] bool identifies_copies() const { return stores_copy_key || reports_source; }
};

/// A copy that is to be started, or that was started and is searched for.
struct CopyRequest {
  CopySpec spec;
  std::string copy_key;      ///< identifies this copy in every run; stored on the image where the cloud can
  std::string client_token;  ///< the same for retries of one copy call, and never used for another

  bool operator==(const CopyRequest&) const = default;
};

/// `absent`: neither the copy nor its image exists. `unknown`: it exists, in a state that is not known.
enum class CopyState { absent, queued, copying, available, failed, unknown };

std::string_view to_string(CopyState state);
/// The state of a copy that exists. Returns nullopt for any other word.
std::optional<CopyState> parse_copy_state(std::string_view word);

/// Where images are. Listings, quotas and tags are of a region, and of a project where the cloud has them; so
/// the project is part of every copy.
struct RegionKey {
  std::string region;
  std::string project;  ///< empty: the region's own

  auto operator<=>(const RegionKey&) const = default;
};

/// Image IDs are unique in a region.
struct ImageKey {
  std::string region;
  std::string image_id;

  auto operator<=>(const ImageKey&) const = default;
};

/// Identifies a copy. `image_id` or `job_id` may be empty, but
/// not both. The destination is empty for an imported job.
struct CopyReference {
  std::string source_region;  ///< may be empty if only the image is known
  std::string source_image_id;
  std::string destination_region;
  std::string project_name;  ///< in the destination; empty: the region's own
  std::string name;
  std::string image_id;
  std::string job_id;
  CopyState last_state = CopyState::unknown;

  [[nodiscard]] RegionKey destination() const {
    return {.region = destination_region, .project = project_name};
  }
  [[nodiscard]] ImageKey image_key() const { return {.region = destination_region, .image_id = image_id}; }

  bool operator==(const CopyReference&) const = default;
};

struct Origin {
  std::string region;
  std::string image_id;

  bool operator==(const Origin&) const = default;
};

/// An image as its cloud reports it. What the cloud does not report is empty.
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
  std::string copy_key;       ///< of a copy
  /// Empty for the default one; nullopt if it is not reported.
  std::optional<std::string> resource_group_id;
  std::optional<Tags> tags;  ///< without those that the cloud set itself; nullopt if not reported
  Extras extras;             ///< what only one vendor's images report

  bool operator==(const Image&) const = default;
};

/// The status of a copy as its cloud reports it.
struct CopyStatus {
  CopyState state = CopyState::unknown;
  std::string image_id;    ///< empty until the cloud reports it
  std::string image_name;  ///< empty until the cloud reports it
  std::optional<int> progress_percent;
  std::string status_reason;   ///< as the cloud reports it; may be empty
  std::optional<Image> image;  ///< nullopt until the image is listed

  bool operator==(const CopyStatus&) const = default;
};

/// Selects images of the account's own.
struct ImageQuery {
  std::string region;
  std::string project_name;  ///< empty: the region's own
  std::string name;          ///< the exact name; empty for any

  bool operator==(const ImageQuery&) const = default;
};

/// `community`: published by another account.
enum class ImageOwner { account, other_account, community, cloud, market };

/// The source image of a copy, the account's own or not. `absent`: there is no such image, or the account
/// cannot read it.
struct SourceImage {
  CopyState state = CopyState::unknown;
  Image image;
  ImageOwner owner = ImageOwner::account;
  bool has_data_disks = false;  ///< a full-server image, or bound to snapshots of data disks

  bool operator==(const SourceImage&) const = default;
};

/// The number of images that an account has, and may have, in a region.
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
  bool with_snapshots = false;  ///< delete what the image is built on as well, where one call can do both
  bool force = false;           ///< delete the image even if instances use it, where the cloud supports that
  Extras image;                 ///< of the image, as listed last

  bool operator==(const DeleteOptions&) const = default;
};

struct TagChanges {
  Tags set;                         ///< new tags, and tags with new values
  std::vector<std::string> remove;  ///< keys of tags
  /// The present values of tags that are removed or get new values, as far as they are known. For clouds on
  /// which a tag is the pair of key and value.
  Tags former;

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

/// Capability: reading tags that listings do not contain, without those that the cloud sets itself.
class TagLookup {
 public:
  virtual Result<Tags> read_tags(const CopyReference& copy, const core::Context& context) = 0;

  /// The tags of many images of a region, by image ID. An image that is missing may have tags all the same.
  /// `project_name`: empty for the region's own.
  virtual Result<TagsById> list_tags(const std::string& region, const std::string& project_name,
                                     const core::Context& context) = 0;

 protected:
  ~TagLookup() = default;
};

/// Capability: the snapshots that an image is built on remain when it is deleted, and are deleted by calls of
/// their own.
class Snapshots {
 public:
  /// Which of these still exist in the copy's destination.
  virtual Result<std::vector<std::string>> existing_snapshots(const CopyReference& copy,
                                                              const std::vector<std::string>& ids,
                                                              const core::Context& context) = 0;

  /// Errors: `busy` while the cloud still counts the deleted image as a user, `in_use`, `not_found` and those
  /// of any call.
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

/// Capability: querying an account before a copy is started.
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

/// Capability: regions are divided into projects, and credentials may be valid for only some of them. Makes
/// no API calls.
class Projects {
 public:
  /// The project of copies to the region that name none.
  [[nodiscard]] virtual std::string default_project(const std::string& region) const = 0;

  /// The resource group of a copy; empty for the default one.
  [[nodiscard]] virtual std::string effective_resource_group(const CopySpec& spec) const = 0;

  /// Why the credentials cannot copy from one region to the other, in a sentence; empty if they can.
  [[nodiscard]] virtual std::string unreachable_reason(const std::string& source,
                                                       const std::string& destination) const = 0;

 protected:
  ~Projects() = default;
};

/// What a cloud can do besides copying. Null: it cannot.
struct Capabilities {
  Editing* editing = nullptr;
  Tagging* tagging = nullptr;
  TagLookup* tag_lookup = nullptr;
  Snapshots* snapshots = nullptr;
  Quotas* quotas = nullptr;
  Inventory* inventory = nullptr;
  const Projects* projects = nullptr;
};

/// One account on one cloud: starts, describes and removes copies. Calls are retried where that is safe,
/// within the context's deadline. Safe to use from any thread.
class ImageCloud {
 public:
  ImageCloud() = default;
  ImageCloud(const ImageCloud&) = delete;
  ImageCloud& operator=(const ImageCloud&) = delete;
  virtual ~ImageCloud() = default;

  [[nodiscard]] virtual const Vendor& vendor() const = 0;
  [[nodiscard]] const Traits& traits() const;

  /// Starts a copy. The result has the job ID, the image ID, or both.
  virtual Result<CopyReference> start_copy(const CopyRequest& request, const core::Context& context) = 0;

  virtual Result<CopyStatus> describe_copy(const CopyReference& copy, const core::Context& context) = 0;

  /// Describes several copies to one region and project, in their order, with as few API calls as the cloud
  /// allows.
  virtual std::vector<Result<CopyStatus>> describe_copies(const std::vector<CopyReference>& copies,
                                                          const core::Context& context) = 0;

  /// All of the account's own images that match, in any order. Each status has its image.
  virtual Result<std::vector<CopyStatus>> list_images(const ImageQuery& query,
                                                      const core::Context& context) = 0;

  /// Errors: `not_copying`, `cannot_cancel`, `not_found` and those of any call.
  virtual Result<void> cancel_copy(const CopyReference& copy, const core::Context& context) = 0;

  /// Errors: `still_copying`, `in_use`, `not_found` and those of any call.
  virtual Result<void> delete_image(const CopyReference& copy, const DeleteOptions& options,
                                    const core::Context& context) = 0;

  /// What this cloud can do besides. The objects live as long as this one.
  virtual Capabilities capabilities() = 0;

  [[nodiscard]] Editing* editing() { return capabilities().editing; }
  [[nodiscard]] Tagging* tagging() { return capabilities().tagging; }
  [[nodiscard]] TagLookup* tag_lookup() { return capabilities().tag_lookup; }
  [[nodiscard]] Snapshots* snapshots() { return capabilities().snapshots; }
  [[nodiscard]] Quotas* quotas() { return capabilities().quotas; }
  [[nodiscard]] Inventory* inventory() { return capabilities().inventory; }
  [[nodiscard]] const Projects* projects() { return capabilities().projects; }

  /// Whether the tags of an image can be read at all.
  [[nodiscard]] bool reports_tags() const { return traits().reports_tags; }

  /// The tags of an image that was just described; empty where the cloud does not report tags.
  Result<Tags> tags_of(const CopyReference& copy, const Image& image, const core::Context& context);

  /// `Projects::default_project`; empty without that capability.
  [[nodiscard]] std::string default_project(const std::string& region);

  /// As `Projects` says; without that capability, what the spec says.
  [[nodiscard]] std::string effective_resource_group(const CopySpec& spec);

 protected:
  std::vector<Result<CopyStatus>> describe_each(std::span<const CopyReference> copies,
                                                const core::Context& context) {
    return match_or_describe({}, copies, context);
  }

  /// Takes the status of each copy from a listing, and describes those that the listing lacks: they may be
  /// listed later.
  std::vector<Result<CopyStatus>> match_or_describe(const std::vector<CopyStatus>& listed,
                                                    std::span<const CopyReference> copies,
                                                    const core::Context& context);
};

}  // namespace cloud
