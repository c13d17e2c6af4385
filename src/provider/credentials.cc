#include "src/provider/credentials.h"

#include "src/cloud/alicloud/client.h"
#include "src/cloud/alicloud/credentials.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/baiducloud/credentials.h"
#include "src/cloud/huaweicloud/client.h"
#include "src/cloud/huaweicloud/credentials.h"

namespace provider {
namespace {

using cloud::CredentialsSettings;

void add_settings(CredentialsSettings& settings, const std::string& prefix, const tf::Value& block) {
  const auto* attributes = block.as_attributes();
  if (attributes == nullptr) return;
  for (const auto& [name, value] : *attributes) {
    const auto text = value.text();
    if (text && !text->empty()) settings.emplace(prefix + name, *text);
    add_settings(settings, prefix + name + ".", value);
  }
}

/// Each vendor's own names, the newest first (alicloud/API.md 2.5, baiducloud/API.md 2.10,
/// huaweicloud/API.md 5.4).
std::string region_of(std::string_view cloud, const cloud::HostEnvironment& machine) {
  if (cloud == cloud::alicloud::traits().name) {
    return machine.first_of({"ALIBABA_CLOUD_REGION", "ALICLOUD_REGION"});
  }
  if (cloud == cloud::baiducloud::traits().name) return machine.first_of({"BAIDUCLOUD_REGION", "BCE_REGION"});
  return machine.first_of({"HW_REGION_NAME"});
}

}  // namespace

cloud::CredentialsResult find_credentials(std::string_view cloud, const tf::Value& block,
                                          const cloud::HostEnvironment& machine,
                                          const cloud::Dependencies& services) {
  CredentialsSettings settings;
  add_settings(settings, "", block);
  std::string region = cloud::setting(settings, "region");
  if (region.empty()) region = region_of(cloud, machine);
  cloud::CredentialsResult found;
  if (cloud == cloud::alicloud::traits().name) {
    found = cloud::alicloud::find_credentials(settings, machine, services);
  } else if (cloud == cloud::baiducloud::traits().name) {
    found = cloud::baiducloud::find_credentials(settings, machine, services);
  } else {
    found = cloud::huaweicloud::find_credentials(settings, machine, iam_endpoint(block, machine), region,
                                                 services);
  }
  if (found && !region.empty()) found->region = region;
  return found;
}

cloud::Endpoint iam_endpoint(const tf::Value& block, const cloud::HostEnvironment& machine) {
  std::string url = block["iam_endpoint"].text().value_or("");
  if (url.empty()) url = machine.first_of({"HW_AUTH_URL"});
  if (url.ends_with('/')) url.pop_back();
  if (url.ends_with("/v3")) url.resize(url.size() - 3);
  const auto configured = cloud::Endpoint::parse(url);
  return configured ? *configured : *cloud::Endpoint::parse(cloud::huaweicloud::kIamEndpoint);
}

}  // namespace provider
