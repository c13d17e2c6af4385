#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/credentials/token_source.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/image_cloud.h"

namespace cloud::huaweicloud {

struct ClientConfig {
  std::shared_ptr<CredentialsProvider> keys;
  std::shared_ptr<TokenSource> tokens;  ///< instead of keys
  Endpoint endpoint;                    ///< IMS
  Endpoint iam_endpoint;                ///< IAM, for finding project IDs
  std::string region;                   ///< the region of the configured project; may be empty
  std::string project_name;             ///< empty for the region's own
  std::string project_id;               ///< if empty, read from IAM
  std::string enterprise_project_id;    ///< the default for copies within a region
};

/// The default endpoint of IMS (huaweicloud/API.md 1.1).
inline constexpr std::string_view kEndpoint = "https://ims.{region}.myhuaweicloud.com";

class Listing;

/// Huawei Cloud IMS (huaweicloud/API.md). The copy and its job belong to the source region, the new
/// image to the destination.
class Client final : public ImageCloud,
                     private Editing,
                     private Inventory,
                     private Projects,
                     private Quotas,
                     private TagLookup,
                     private Tagging {
 public:
  Client(ClientConfig config, Dependencies services);

  [[nodiscard]] const Vendor& vendor() const override { return huaweicloud::vendor(); }
  Editing* editing() override { return this; }
  Inventory* inventory() override { return this; }
  [[nodiscard]] const Projects* projects() const override { return this; }
  Quotas* quotas() override { return this; }
  TagLookup* tag_lookup() override { return this; }
  Tagging* tagging() override { return this; }
  Result<CopyReference> start_copy(const CopyRequest& request, const core::Context& context) override;
  Result<CopyStatus> describe_copy(const CopyReference& copy, const core::Context& context) override;
  std::vector<Result<CopyStatus>> describe_copies(const std::vector<CopyReference>& copies,
                                                  const core::Context& context) override;
  Result<std::vector<CopyStatus>> list_images(const ImageQuery& query, const core::Context& context) override;
  /// Always `cannot_cancel`: there is no such call (huaweicloud/API.md 3.11).
  Result<void> cancel_copy(const CopyReference& copy, const core::Context& context) override;
  Result<void> delete_image(const CopyReference& copy, const DeleteOptions& options,
                            const core::Context& context) override;

 private:
  [[nodiscard]] std::string default_project(const std::string& region) const override;
  [[nodiscard]] std::string unreachable_reason(const std::string& source,
                                               const std::string& destination) const override;
  [[nodiscard]] std::string effective_resource_group(const CopySpec& spec) const override;
  Result<SourceImage> find_source(const std::string& region, const std::string& image_id,
                                  const core::Context& context) override;
  Result<ImageQuota> read_quota(const std::string& region, const std::string& project_name,
                                const core::Context& context) override;
  Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                const core::Context& context) override;
  Result<void> update_image(const CopyReference& copy, const ImageChanges& changes,
                            const core::Context& context) override;
  Result<Tags> read_tags(const CopyReference& copy, const core::Context& context) override;
  Result<TagsById> list_tags(const std::string& region, const std::string& project_name,
                             const core::Context& context) override;
  Result<void> change_tags(const CopyReference& copy, const TagChanges& changes,
                           const core::Context& context) override;

  [[nodiscard]] ApiCall ims(std::string action, const std::string& region, std::string method,
                            std::string_view path, const std::string& image_id) const;

  /// Makes a call in a project. An empty name means the configured project, else the region's own.
  Result<http::Response> call_in_project(ApiCall call, const std::string& project_name,
                                         const core::Context& context);

  /// Makes a call on the tags of an image, whose path contains the project ID.
  Result<ApiCall> tag_call(std::string action, std::string method, const CopyReference& copy,
                           const core::Context& context);

  [[nodiscard]] nlohmann::json copy_body(const CopySpec& spec) const;

  /// The ID of the project of that name in the region. Read once.
  Result<std::string> project_id(const std::string& region, const std::string& name,
                                 const core::Context& context);

  /// `listing`: a new listing of the copy's destination, or null.
  Result<CopyStatus> describe_copy(const CopyReference& copy, const Listing* listing,
                                   const core::Context& context);
  Result<CopyStatus> describe_job(const CopyReference& copy, const Listing* listing,
                                  const core::Context& context);
  /// The image in a listing by its ID; null if there is none.
  Result<nlohmann::json> list_image(const CopyReference& copy, const core::Context& context);
  Result<CopyStatus> describe_image(const CopyReference& copy, const core::Context& context);
  /// The status of a failed job, with the failed image that it may have left.
  CopyStatus with_failed_image(const CopyReference& copy, CopyStatus view, const core::Context& context);

  /// Finds the image of the copy by its name and origin. Returns an error if several images match.
  Result<CopyStatus> find_by_origin(const CopyReference& copy, const core::Context& context);
  /// All private images in a project of a region. `until_empty`: read on until a page is empty; else an
  /// incomplete page is the last one.
  Result<std::vector<CopyStatus>> list_private(const ImageQuery& query, bool until_empty,
                                               const core::Context& context);
  /// The page that begins behind the image `marker`; the first one if that is empty.
  Result<std::vector<nlohmann::json>> list_page(const ImageQuery& query, const std::string& marker,
                                                const core::Context& context);
  /// The images in the copy's destination that the query matches.
  Result<std::vector<nlohmann::json>> list(const CopyReference& copy, std::vector<http::QueryParameter> query,
                                           const core::Context& context);

  ClientConfig config_;
  ApiClient api_;
  std::mutex mutex_;
  std::map<std::string, std::string> project_ids_;  // by region and name
  std::atomic<std::size_t> described_together_ = 0;
};

}  // namespace cloud::huaweicloud
