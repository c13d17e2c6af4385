#pragma once

#include <atomic>
#include <nlohmann/json.hpp>

#include "src/cloud/api_client.h"
#include "src/cloud/huaweicloud/client_config.h"
#include "src/cloud/huaweicloud/ims_api.h"
#include "src/cloud/huaweicloud/tag_client.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/image_cloud.h"

namespace cloud::huaweicloud {

class Listing;

/// Huawei Cloud IMS (huaweicloud/API.md). The copy and its job belong to the source region, the new
/// image to the destination.
class Client final : public ImageCloud, private Editing, private Inventory, private Projects, private Quotas {
 public:
  Client(ClientConfig config, Dependencies dependencies);

  [[nodiscard]] const Vendor& vendor() const override { return huaweicloud::vendor(); }
  Capabilities capabilities() override {
    return {.editing = this,
            .tagging = &tags_,
            .tag_lookup = &tags_,
            .quotas = this,
            .inventory = this,
            .projects = this};
  }
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

  [[nodiscard]] nlohmann::json copy_body(const CopySpec& spec) const;

  /// `listing`: a new listing of the copy's destination, or null.
  Result<CopyStatus> describe_copy(const CopyReference& copy, const Listing* listing,
                                   const core::Context& context);
  Result<CopyStatus> describe_job(const CopyReference& copy, const Listing* listing,
                                  const core::Context& context);
  /// The image in a listing by its ID; null if there is none.
  Result<nlohmann::json> list_image(const CopyReference& copy, const core::Context& context);
  Result<CopyStatus> describe_image(const CopyReference& copy, const core::Context& context);
  /// The status of a failed job, with the failed image that it may have left.
  CopyStatus with_failed_image(const CopyReference& copy, CopyStatus status, const core::Context& context);

  /// Finds the image of the copy by its name and origin. Returns an error if several images match.
  Result<CopyStatus> find_by_origin(const CopyReference& copy, const core::Context& context);
  /// All images that a project of a region owns. `until_empty`: read on until a page is empty; else an
  /// incomplete page is the last one.
  Result<std::vector<CopyStatus>> list_own(const ImageQuery& query, bool until_empty,
                                           const core::Context& context);
  /// The condition for listing the images that a project owns. `project_name`: empty for the default one.
  Result<http::QueryParameter> own_images(const std::string& region, const std::string& project_name,
                                          const core::Context& context);
  /// The page that begins behind the image `marker`; the first one if that is empty.
  Result<std::vector<nlohmann::json>> list_page(const ImageQuery& query, const std::string& marker,
                                                const core::Context& context);
  /// The images in the copy's destination that the query matches.
  Result<std::vector<nlohmann::json>> list(const CopyReference& copy, std::vector<http::QueryParameter> query,
                                           const core::Context& context);

  ClientConfig config_;
  ApiClient api_;
  ImsApi ims_;
  TagClient tags_;
  std::atomic<std::size_t> described_together_ = 0;
};

}  // namespace cloud::huaweicloud
