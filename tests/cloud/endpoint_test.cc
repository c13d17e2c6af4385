#include "src/cloud/endpoint.h"

#include <string>
#include <vector>

#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/huaweicloud/client_config.h"
#include "src/cloud/huaweicloud/iam.h"
#include "src/cloud/settings.h"
#include "tests/support/catch.h"

using cloud::Endpoint;
using cloud::IrregularHost;

TEST_CASE("each region has the host of the vendors' own clients") {
  struct Row {
    std::string_view url;
    std::span<const IrregularHost> irregular;
    std::string region;
    std::string host;
  };
  const std::string_view ecs = cloud::alicloud::kEndpoint;
  const std::string_view ims = cloud::huaweicloud::kEndpoint;
  const std::string_view iam = cloud::huaweicloud::kIamEndpoint;
  const auto& ecs_hosts = cloud::alicloud::kIrregularHosts;
  const auto& ims_hosts = cloud::huaweicloud::kIrregularHosts;
  const auto& iam_hosts = cloud::huaweicloud::kIrregularIamHosts;
  const std::vector<Row> rows = {
      {ecs, ecs_hosts, "cn-hangzhou", "ecs.cn-hangzhou.aliyuncs.com"},
      {ecs, ecs_hosts, "cn-shanghai-finance-1", "ecs-cn-hangzhou.aliyuncs.com"},
      {ecs, ecs_hosts, "cn-shanghai-finance-1-pub", "ecs.cn-shanghai-finance-1-pub.aliyuncs.com"},
      {ecs, ecs_hosts, "cn-hangzhou-finance", "ecs.aliyuncs.com"},
      {ecs, ecs_hosts, "cn-north-2-gov-1", "ecs.aliyuncs.com"},
      {ims, ims_hosts, "cn-north-4", "ims.cn-north-4.myhuaweicloud.com"},
      {ims, ims_hosts, "eu-west-101", "ims.eu-west-101.myhuaweicloud.eu"},
      {ims, ims_hosts, "eu-west-0", "ims.eu-west-0.myhuaweicloud.com"},
      {iam, iam_hosts, "cn-north-4", "iam.cn-north-4.myhuaweicloud.com"},
      {iam, iam_hosts, "eu-west-101", "iam.eu-west-101.myhuaweicloud.eu"},
      {iam, iam_hosts, "ap-southeast-5", "iam.myhuaweicloud.com"},
      {iam, iam_hosts, "cn-north-11", "iam.myhuaweicloud.com"},
      {cloud::baiducloud::kEndpoint, {}, "gz", "bcc.gz.baidubce.com"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url, row.region);
    CHECK(cloud::endpoint_setting({}, "endpoint", row.url, row.irregular).at(row.region).host == row.host);
  }
}

TEST_CASE("a configured endpoint has no exceptions") {
  const Endpoint endpoint =
      cloud::endpoint_setting({{"endpoint", "https://proxy.example/{region}"}}, "endpoint",
                              cloud::alicloud::kEndpoint, cloud::alicloud::kIrregularHosts);
  CHECK(endpoint.at("cn-hangzhou-finance").host == "proxy.example");
}
