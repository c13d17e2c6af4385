#pragma once

#include <string>

#include "src/cloud/huaweicloud/ims_api.h"
#include "src/cloud/image_cloud.h"

namespace cloud::huaweicloud {

/// The tags of images (huaweicloud/API.md 3.8).
class TagClient final : public TagLookup, public Tagging {
 public:
  explicit TagClient(ImsApi& ims) : ims_(ims) {}

  Result<Tags> read_tags(const CopyReference& copy, const core::Context& context) override;
  Result<TagsById> list_tags(const std::string& region, const std::string& project_name,
                             const core::Context& context) override;
  Result<void> change_tags(const CopyReference& copy, const TagChanges& changes,
                           const core::Context& context) override;

 private:
  /// A call on the tags of an image, whose path contains the project ID.
  Result<ApiCall> tag_call(std::string action, std::string method, const CopyReference& copy,
                           const core::Context& context);

  ImsApi& ims_;
};

}  // namespace cloud::huaweicloud
