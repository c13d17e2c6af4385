#include "tests/acceptance/copies.h"

#include "tests/support/catch.h"

namespace acceptance {

using nlohmann::json;

const std::vector<SampleCopy>& sample_copies() {
  static const std::vector<SampleCopy> kCopies = {
      {.title = "Huawei Cloud in one region",
       .cloud = "huaweicloud",
       .source_region = "cn-north-4",
       .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .destination_region = "cn-north-4",
       .arguments =
           "name = \"ims_encrypted_copy3\"\n  kms_key_id = \"bd66288c-9081-460a-8227-4cbd0c814cb4\"\n",
       .cancels = false,
       .copy_call = "CopyImageInRegion",
       .describe_call = "ShowJob",
       .delete_call = "GlanceDeleteImage"},
      {.title = "Huawei Cloud across regions",
       .cloud = "huaweicloud",
       .source_region = "cn-north-4",
       .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .destination_region = "region-1",
       .arguments = "name = \"test-copy-1001-4\"\n  huaweicloud = { agency_name = \"ims_copy_image\" }\n",
       .cancels = false,
       .copy_call = "CopyImageCrossRegion",
       .describe_call = "ShowJob",
       .delete_call = "GlanceDeleteImage"},
      {.title = "Alibaba Cloud",
       .cloud = "alicloud",
       .source_region = "cn-hangzhou",
       .source_image_id = "m-bp1example000000001",
       .destination_region = "cn-shanghai",
       .arguments = "name = \"golden-copy\"\n  description = \"copied by a test\"\n",
       .cancels = true,
       .copy_call = "CopyImage",
       .describe_call = "DescribeImages",
       .cancel_call = "CancelCopyImage",
       .delete_call = "DeleteImage"},
      {.title = "Baidu AI Cloud",
       .cloud = "baiducloud",
       .source_region = "bj",
       .source_image_id = "m-nky7qeom",
       .destination_region = "gz",
       .arguments = "name = \"golden-copy\"\n",
       .cancels = true,
       .copy_call = "remoteCopy",
       .describe_call = "getImage",
       .cancel_call = "cancelRemoteCopy",
       .delete_call = "deleteImage"},
  };
  return kCopies;
}

const SampleCopy& each_copy() {
  const auto index = GENERATE(range(std::size_t{0}, sample_copies().size()));
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
         "\"\n  destination_region = \"" + copy.destination_region + "\"\n  " + copy.arguments + "  " + more +
         "\n}\n";
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
