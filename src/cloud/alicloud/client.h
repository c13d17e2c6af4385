#pragma once

#include <array>
#include <atomic>
#include <nlohmann/json.hpp>
#include <span>

#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/image_cloud.h"

namespace cloud::alicloud {

struct ClientConfig {
  std::shared_ptr<CredentialsProvider> credentials;
  Endpoint endpoint;
};

/// The default endpoint of ECS (alicloud/API.md 1).
inline constexpr std::string_view kEndpoint = "https://ecs.{region}.aliyuncs.com";

/// alicloud/API.md 1.2.
inline constexpr std::array kIrregularHosts = {
    IrregularHost{.region = "cn-shanghai-finance-1", .host = "ecs-cn-hangzhou.aliyuncs.com"},
    IrregularHost{.region = "cn-shenzhen-finance-1", .host = "ecs-cn-hangzhou.aliyuncs.com"},
    IrregularHost{.region = "cn-hangzhou-finance", .host = "ecs.aliyuncs.com"},
    IrregularHost{.region = "cn-north-2-gov-1", .host = "ecs.aliyuncs.com"},
};

/// Alibaba Cloud ECS (alicloud/API.md). CopyImage goes to the source region, every other call to the
/// destination.
class Client final : public ImageCloud,
                     private Editing,
                     private Inventory,
                     private Snapshots,
                     private Tagging {
 public:
  Client(ClientConfig config, Dependencies dependencies);

  [[nodiscard]] const Vendor& vendor() const override { return alicloud::vendor(); }
  Capabilities capabilities() override {
    return {.editing = this, .tagging = this, .snapshots = this, .inventory = this};
  }
  Result<CopyReference> start_copy(const CopyRequest& request, const core::Context& context) override;
  Result<CopyStatus> describe_copy(const CopyReference& copy, const core::Context& context) override;
  std::vector<Result<CopyStatus>> describe_copies(const std::vector<CopyReference>& copies,
                                                  const core::Context& context) override;
  Result<std::vector<CopyStatus>> list_images(const ImageQuery& query, const core::Context& context) override;
  Result<void> cancel_copy(const CopyReference& copy, const core::Context& context) override;
  Result<void> delete_image(const CopyReference& copy, const DeleteOptions& options,
                            const core::Context& context) override;

 private:
  Result<SourceImage> find_source(const std::string& region, const std::string& image_id,
                                  const core::Context& context) override;
  Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                const core::Context& context) override;
  Result<std::vector<std::string>> existing_snapshots(const CopyReference& copy,
                                                      const std::vector<std::string>& ids,
                                                      const core::Context& context) override;
  Result<void> delete_snapshot(const CopyReference& copy, const std::string& snapshot_id,
                               const core::Context& context) override;
  Result<void> update_image(const CopyReference& copy, const ImageChanges& changes,
                            const core::Context& context) override;
  Result<void> change_tags(const CopyReference& copy, const TagChanges& changes,
                           const core::Context& context) override;

  /// Leaves out the parameter `ImageId` if it is empty.
  [[nodiscard]] ApiCall rpc(std::string action, const std::string& region, const std::string& image_id,
                            std::vector<http::QueryParameter> parameters) const;

  /// The image as DescribeImages returns it; null if there is none. `owner`: if empty, anybody but the
  /// marketplace.
  Result<nlohmann::json> describe_image(const std::string& region, const std::string& image_id,
                                        const core::Context& context, std::string_view owner = "");

  /// The images of these copies that are listed, requested by a hundred IDs in each call.
  Result<std::vector<CopyStatus>> describe_images(std::span<const CopyReference> copies,
                                                  const core::Context& context);

  ClientConfig config_;
  ApiClient api_;
  std::atomic<bool> joins_ids_ = true;  // until a call shows that the cloud accepts only one ID
};

}  // namespace cloud::alicloud
