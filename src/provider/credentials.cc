#include "src/provider/credentials.h"

#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/huaweicloud/client.h"
#include "src/cloud/alicloud/credentials.h"
#include "src/cloud/baiducloud/credentials.h"
#include "src/cloud/huaweicloud/credentials.h"

namespace copy {
namespace {

using cloud::KeySettings;

void add_settings(KeySettings& settings, const std::string& prefix, const tf::Value& block) {
  const auto* attributes = block.as_attributes();
  if (attributes == nullptr) return;
  for (const auto& [name, value] : *attributes) {
    const auto text = value.text();
    if (text && !text->empty()) settings.emplace(prefix + name, *text);
    add_settings(settings, prefix + name + ".", value);
  }
}

/// Each vendor's own names, the newest first (references alibaba-ecs 2.5, baidu-bcc 2.10,
/// huaweicloud-ims 5.4).
std::string region_of(std::string_view cloud, const cloud::Machine& machine) {
  if (cloud == cloud::alicloud_traits().name) {
    return machine.first_of({"ALIBABA_CLOUD_REGION", "ALICLOUD_REGION"});
  }
  if (cloud == cloud::baiducloud_traits().name) return machine.first_of({"BAIDUCLOUD_REGION", "BCE_REGION"});
  return machine.first_of({"HW_REGION_NAME"});
}

}  // namespace

cloud::KeySearch find_credentials(std::string_view cloud, const tf::Value& block,
                                  const cloud::Machine& machine, const cloud::Services& services) {
  KeySettings settings;
  add_settings(settings, "", block);
  std::string region = cloud::setting(settings, "region");
  if (region.empty()) region = region_of(cloud, machine);
  cloud::KeySearch found;
  if (cloud == cloud::alicloud_traits().name) {
    found = cloud::find_alicloud_keys(settings, machine, services);
  } else if (cloud == cloud::baiducloud_traits().name) {
    found = cloud::find_baiducloud_keys(settings, machine, services);
  } else {
    found = cloud::find_huaweicloud_keys(settings, machine, iam_endpoint(block, machine), region, services);
  }
  if (found && !region.empty()) found->region = region;
  return found;
}

cloud::Endpoint iam_endpoint(const tf::Value& block, const cloud::Machine& machine) {
  std::string url = block["iam_endpoint"].text().value_or("");
  if (url.empty()) url = machine.first_of({"HW_AUTH_URL"});
  if (url.ends_with('/')) url.pop_back();
  if (url.ends_with("/v3")) url.resize(url.size() - 3);
  const auto configured = cloud::Endpoint::parse(url);
  return configured ? *configured : *cloud::Endpoint::parse(cloud::kHuaweicloudIamEndpoint);
}

}  // namespace copy
