#include "tests/acceptance/copies.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace acceptance {

using nlohmann::json;

namespace {

SampleCopy huaweicloud_in_region() {
  return {.title = "Huawei Cloud in one region",
          .cloud = "huaweicloud",
          .source_region = "cn-north-4",
          .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
          .unknown_image_id = "00000000-0000-4000-8000-000000000000",
          .destination_region = "cn-north-4",
          .arguments =
              "name = \"ims_encrypted_copy3\"\n  kms_key_id = \"bd66288c-9081-460a-8227-4cbd0c814cb4\"\n",
          .cancels = false,
          .destroy_may_wait = true,
          .reports_arguments = true,
          .listed_at_once = false,
          .copy_call = "CopyImageInRegion",
          .describe_call = "ShowJob",
          .delete_call = "GlanceDeleteImage"};
}

SampleCopy huaweicloud_across_regions() {
  return {.title = "Huawei Cloud across regions",
          .cloud = "huaweicloud",
          .source_region = "cn-north-4",
          .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
          .unknown_image_id = "00000000-0000-4000-8000-000000000000",
          .destination_region = "region-1",
          .required_arguments = "huaweicloud = { agency_name = \"ims_copy_image\" }\n",
          .arguments = "name = \"test-copy-1001-4\"\n",
          .cancels = false,
          .destroy_may_wait = true,
          .listed_at_once = false,
          .copy_call = "CopyImageCrossRegion",
          .describe_call = "ShowJob",
          .delete_call = "GlanceDeleteImage"};
}

SampleCopy alicloud_copy() {
  return {.title = "Alibaba Cloud",
          .cloud = "alicloud",
          .source_region = "cn-hangzhou",
          .source_image_id = "m-bp1example000000001",
          .unknown_image_id = "m-nosuch",
          .destination_region = "cn-shanghai",
          .arguments = "name = \"golden-copy\"\n  description = \"copied by a test\"\n",
          .cancels = true,
          .destroy_may_wait = true,
          .copy_call = "CopyImage",
          .describe_call = "DescribeImages",
          .cancel_call = "CancelCopyImage",
          .delete_call = "DeleteImage"};
}

SampleCopy baiducloud_copy() {
  return {.title = "Baidu AI Cloud",
          .cloud = "baiducloud",
          .source_region = "bj",
          .source_image_id = "m-nky7qeom",
          .unknown_image_id = "m-nosuch",
          .destination_region = "gz",
          .arguments = "name = \"golden-copy\"\n",
          .cancels = true,
          .reports_progress = false,
          .runs_in_parallel = false,
          .copy_call = "remoteCopy",
          .describe_call = "getImage",
          .cancel_call = "cancelRemoteCopy",
          .delete_call = "deleteImage"};
}

}  // namespace

const std::vector<SampleCopy>& sample_copies() {
  static const std::vector<SampleCopy> kCopies = {huaweicloud_in_region(), huaweicloud_across_regions(),
                                                  alicloud_copy(), baiducloud_copy()};
  return kCopies;
}

const cloud::Vendor& SampleCopy::vendor() const {
  return *cloud::find_vendor(cloud);
}

const SampleCopy& sample_copy(const std::string& title) {
  const auto found = std::ranges::find(sample_copies(), title, &SampleCopy::title);
  REQUIRE(found != sample_copies().end());
  return *found;
}

const SampleCopy& each_copy() {
  const auto index = GENERATE(range(std::size_t{0}, sample_copies().size()));
  return sample_copies().at(index);
}

const SampleCopy& each_copy(bool SampleCopy::* property) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < sample_copies().size(); ++i) {
    if (sample_copies()[i].*property) indices.push_back(i);
  }
  const auto index = GENERATE_REF(from_range(indices));
  return sample_copies().at(index);
}

json sample_seed(const std::string& copy_duration) {
  json images = json::array();
  for (const SampleCopy& copy : sample_copies()) {
    const bool listed = !images.empty() && images.back().at("id") == copy.source_image_id;
    if (listed) continue;
    images.push_back({{"cloud", copy.cloud},
                      {"region", copy.source_region},
                      {"id", copy.source_image_id},
                      {"name", "golden"},
                      {"size_gb", 40},
                      {"os_type", "linux"},
                      {"copy_duration", copy_duration}});
  }
  return {{"images", images},
          {"kms_keys",
           {{{"cloud", "huaweicloud"},
             {"region", "cn-north-4"},
             {"id", "bd66288c-9081-460a-8227-4cbd0c814cb4"},
             {"state", "enabled"}}}},
          {"agencies", {"ims_copy_image"}}};
}

std::string resource_block(const SampleCopy& copy, const std::string& more) {
  return "resource \"image_copy\" \"it\" {\n  cloud = \"" + copy.cloud + "\"\n  source_image_id = \"" +
         copy.source_image_id + "\"\n  source_region = \"" + copy.source_region +
         "\"\n  destination_region = \"" + copy.destination_region + "\"\n  " + copy.required_arguments +
         "  " + copy.arguments + "  " + more + "\n}\n";
}

json copies_in(Workspace& workspace, const SampleCopy& copy) {
  json found = json::array();
  for (const json& image : workspace.emulator().images(copy.cloud, copy.destination_region)) {
    if (image.at("id") != copy.source_image_id) found.push_back(image);
  }
  return found;
}

std::string import_id(const SampleCopy& copy, const json& image) {
  return copy.cloud + "/" + copy.destination_region + "/" + image.at("id").get<std::string>();
}

}  // namespace acceptance
