#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::sample_copy;
using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

/// The number of queries of all kinds.
int query_calls(Workspace& workspace, const std::string& cloud) {
  int count = 0;
  for (const char* action : {"DescribeImages", "DescribeRegions", "getImage", "listImages", "describeRegions",
                             "ListImages", "ShowImageQuota", "KeystoneListProjects", "KeystoneListRegions"}) {
    count += workspace.emulator().calls(cloud, action);
  }
  return count;
}

/// Thirty copies of one image into one region.
std::string thirty(const SampleCopy& copy) {
  SampleCopy each = copy;
  each.arguments.clear();
  return resource_block(each, "name = \"copy-${count.index}\"\n  count = 30");
}

}  // namespace

TEST_CASE("planning thirty copies of one image makes each query once") {
  const SampleCopy& copy = acceptance::each_copy();
  if (copy.source_region == copy.destination_region) return;
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(thirty(copy));
  workspace.must({"init"});
  workspace.must({"plan", "-parallelism=30"});
  CHECK(query_calls(workspace, copy.cloud) <= 3);
  CHECK(query_calls(workspace, copy.cloud) >= 2);
}

TEST_CASE("an account without permission to list gets warnings, and its copies") {
  const SampleCopy& copy = acceptance::each_copy();
  if (copy.source_region == copy.destination_region) return;
  CAPTURE(copy.title);
  json seed = acceptance::sample_seed("1s");
  seed["accounts"] = {{{"access_key", acceptance::kAccessKey},
                       {"account", "emulator"},
                       {"secret_key", acceptance::kSecretKey},
                       {"permissions",
                        {{"allow", {"*"}},
                         {"deny",
                          {"DescribeImages", "DescribeRegions", "getImage", "listImages", "describeRegions",
                           "ListImages", "ShowImageQuota", "KeystoneListRegions"}}}}}};
  Workspace workspace(seed);
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  const auto plan = workspace.run({"plan"});
  CAPTURE(plan.text);
  CHECK(plan.exit_code == 0);
  CHECK(plan.says("Plan Check Skipped"));
  CHECK(plan.says("1 to add"));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.emulator().images(copy.cloud, copy.destination_region).size() == 1);
}

TEST_CASE("what the source image forbids is reported while planning, before any copy is started") {
  json seed = acceptance::sample_seed("1s");
  seed["images"].push_back({{"cloud", "huaweicloud"},
                            {"region", "cn-north-4"},
                            {"id", "00000000-0000-4000-8000-000000000009"},
                            {"kind", "iso"}});
  seed["images"].push_back(
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-package"}, {"kind", "package"}});
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-shared"}, {"kind", "shared"}});
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-shanghai"}, {"id", "m-other"}, {"name", "golden-copy"}});
  seed["switches"] = {{"huaweicloud_image_quota", 0}};
  Workspace workspace(seed);
  const auto plan = [&](SampleCopy copy, const std::string& source) {
    copy.source_image_id = source;
    workspace.configure(resource_block(copy));
    workspace.must({"init"});
    return workspace.run({"plan"});
  };
  CHECK(plan(sample_copy("Huawei Cloud in one region"), "00000000-0000-4000-8000-000000000009")
            .says("ISO Image Not Supported"));
  const SampleCopy& beyond_quota = sample_copy("Huawei Cloud across regions");
  CHECK(plan(beyond_quota, beyond_quota.source_image_id).says("Image Quota Exceeded"));
  const auto shared = plan(sample_copy("Alibaba Cloud"), "m-shared");
  CHECK(shared.says("Shared Image Not Supported"));
  CHECK(shared.says("Name Taken"));
  CHECK(shared.exit_code == 1);
  CHECK(plan(sample_copy("Baidu AI Cloud"), "m-package").says("Image With Data Disks Not Supported"));
  for (const SampleCopy& copy : acceptance::sample_copies()) {
    CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 0);
  }
}
