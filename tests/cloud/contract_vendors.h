#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/vendors.h"
#include "tests/cloud/emulator_transport.h"

namespace fakes {

/// What the contract suites need to know of a vendor in addition to the table.
struct ContractVendor {
  const cloud::Vendor* vendor = nullptr;
  bool cancels = true;
  bool repeats_copy_calls = false;  ///< a client token makes a repeated call the same copy
  cloud::CopyRequest request;       ///< of an image whose copies take 100 seconds
  std::string failing_image;        ///< in the same region; its copies fail
  std::string unknown_image;
  std::string other_project;  ///< in the destination region, besides its own; empty without `Projects`
  std::string copy_action;    ///< the emulator's name of the copy call
  /// Switches of the emulator with which a search by tags leaves out images without tags; null if there are
  /// none.
  nlohmann::json untagged_left_out;
  nlohmann::json switches =
      nlohmann::json::object();                    ///< of the emulator, for concurrent copies of one image
  nlohmann::json seed = nlohmann::json::object();  ///< what the emulator holds before the first call

  [[nodiscard]] std::string name() const { return std::string(vendor->name); }
};

/// The source images of an emulated vendor, and what copies of them need.
inline nlohmann::json source_seed(const ContractVendor& setting) {
  nlohmann::json source = {{"cloud", setting.name()},
                           {"region", setting.request.spec.source_region.value()},
                           {"id", setting.request.spec.source_image_id.value()},
                           {"size_gb", 40},
                           {"copy_duration", "100s"}};
  nlohmann::json failing = source;
  failing["id"] = setting.failing_image;
  failing["outcome"] = "fail";
  nlohmann::json seed = {{"images", {source, failing}}, {"agencies", {"ims_copy_image"}}};
  if (!setting.other_project.empty()) {
    const std::string& region = setting.request.spec.destination_region.value();
    seed["projects"] = {{{"region", region}, {"name", setting.other_project}}};
  }
  return seed;
}

/// The vendors that the emulator emulates.
inline std::vector<ContractVendor> contract_vendors() {
  using cloud::VendorId;
  std::vector<ContractVendor> all = {
      {.vendor = &cloud::vendor(VendorId::alicloud),
       .repeats_copy_calls = true,
       .request = {.spec = {.source_region = "cn-hangzhou",
                            .source_image_id = "m-bp1source",
                            .destination_region = "cn-shanghai",
                            .name = "copy",
                            .description = "described"},
                   .client_token = "token-1"},
       .failing_image = "m-bp1failing",
       .unknown_image = "m-unknown",
       .copy_action = "CopyImage"},
      {.vendor = &cloud::vendor(VendorId::baiducloud),
       .request = {.spec = {.source_region = "bj",
                            .source_image_id = "m-nky7qeom",
                            .destination_region = "gz",
                            .name = "copy"}},
       .failing_image = "m-nky7fail",
       .unknown_image = "m-unknown",
       .copy_action = "remoteCopy",
       .switches = {{"baiducloud_source_busy", false}}},
      {.vendor = &cloud::vendor(VendorId::huaweicloud),
       .cancels = false,
       .request = {.spec = {.source_region = "cn-north-4",
                            .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
                            .destination_region = "cn-south-1",
                            .name = "copy",
                            .description = "described",
                            .extras = cloud::Extras(
                                cloud::huaweicloud::CopyExtras{.agency_name = "ims_copy_image"})}},
       .failing_image = "11111111-dc36-4aec-80f5-ef9d8009428f",
       .unknown_image = "00000000-0000-4000-8000-000000000000",
       .other_project = "cn-south-1_sub",
       .copy_action = "CopyImageCrossRegion",
       .untagged_left_out = {{"huaweicloud_search_untagged", false}}},
  };
  for (ContractVendor& setting : all) setting.seed = source_seed(setting);
  return all;
}

/// The one of that name.
inline ContractVendor contract_vendor(const std::string& name) {
  const std::vector<ContractVendor> all = contract_vendors();
  return *std::ranges::find(all, name, &ContractVendor::name);
}

}  // namespace fakes
