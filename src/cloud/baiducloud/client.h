#pragma once

#include <nlohmann/json.hpp>

#include "src/cloud/api_client.h"
#include "src/cloud/baiducloud/vendor.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/image_cloud.h"

namespace cloud::baiducloud {

struct ClientConfig {
  std::shared_ptr<CredentialsProvider> credentials;
  Endpoint endpoint;
};

/// The default endpoint of BCC (baiducloud/API.md 1.1).
inline constexpr std::string_view kEndpoint = "https://bcc.{region}.baidubce.com";

/// Baidu AI Cloud BCC (baiducloud/API.md). remoteCopy goes to the source region, every other call to the
/// destination.
class Client final : public ImageCloud, private Editing, private Inventory, private Tagging {
 public:
  Client(ClientConfig config, Dependencies dependencies);

  [[nodiscard]] const Vendor& vendor() const override { return baiducloud::vendor(); }
  Capabilities capabilities() override { return {.editing = this, .tagging = this, .inventory = this}; }
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
  Result<void> update_image(const CopyReference& copy, const ImageChanges& changes,
                            const core::Context& context) override;
  Result<void> change_tags(const CopyReference& copy, const TagChanges& changes,
                           const core::Context& context) override;

  /// The image as the cloud returns it; null if there is none.
  Result<nlohmann::json> get_image(const std::string& region, const std::string& image_id,
                                   const core::Context& context);

  [[nodiscard]] ApiCall image_call(std::string action, const std::string& region, std::string method,
                                   const std::string& image_id) const;

  ClientConfig config_;
  ApiClient api_;
};

}  // namespace cloud::baiducloud
