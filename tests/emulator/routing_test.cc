#include "tests/emulator/routing.h"
#include "src/cloud/alicloud/signature.h"
#include "src/cloud/baiducloud/signature.h"
#include "src/cloud/huaweicloud/signature.h"
#include "src/core/random.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

/// Where a request goes, as `cloud region path`; empty if it goes to no cloud.
std::string route(const std::string& target, const std::string& host) {
  const auto request =
      find_cloud({.method = "GET", .target = target, .headers = {{.name = "Host", .value = host}}});
  if (!request) return "";
  return std::string(name_of(request->cloud)) + " " + request->region + " " + request->path;
}

}  // namespace

TEST_CASE("a path prefix determines cloud and region") {
  const std::string host = "127.0.0.1:80";
  CHECK(route("/huaweicloud/cn-north-4/v2/cloudimages?x=/y", host) ==
        "huaweicloud cn-north-4 /v2/cloudimages");
  CHECK(route("/alicloud/cn-hangzhou", host) == "alicloud cn-hangzhou /");
  CHECK(route("/alicloud/cn-hangzhou/?Action=X", host) == "alicloud cn-hangzhou /");
  CHECK(route("/baiducloud/bj/v2/image/a%20b", host) == "baiducloud bj /v2/image/a b");
  CHECK(route("/alicloud", host).empty());
  CHECK(route("/aws/us-east-1/", host).empty());
}

TEST_CASE("a vendor's host name determines cloud and region") {
  CHECK(route("/v2/cloudimages", "ims.cn-north-4.myhuaweicloud.com") ==
        "huaweicloud cn-north-4 /v2/cloudimages");
  CHECK(route("/v3/projects", "iam.cn-north-4.myhuaweicloud.com:443") ==
        "huaweicloud cn-north-4 /v3/projects");
  CHECK(route("/v3/projects", "IAM.myhuaweicloud.com") == "huaweicloud  /v3/projects");
  CHECK(route("/", "iam.eu-west-101.myhuaweicloud.eu") == "huaweicloud eu-west-101 /");
  CHECK(route("/?a", "ecs.cn-hangzhou.aliyuncs.com") == "alicloud cn-hangzhou /");
  CHECK(route("/", "ecs.aliyuncs.com") == "alicloud  /");
  CHECK(route("/", "ecs-cn-hangzhou.aliyuncs.com") == "alicloud  /");
  CHECK(route("/", "sts.cn-beijing.aliyuncs.com") == "alicloud cn-beijing /");
  CHECK(route("/v2/image", "bcc.bj.baidubce.com") == "baiducloud bj /v2/image");
  CHECK(route("/v2/region/describeRegions", "bcc.baidubce.com") == "baiducloud  /v2/region/describeRegions");
  CHECK(route("/", "oss.aliyuncs.com").empty());
}

TEST_CASE("a call to the root of any host that names an action is one of Alibaba's") {
  const std::string host = "127.0.0.1:80";
  CHECK(route("/?Format=JSON&Action=X", host) == "alicloud  /");
  CHECK(route("/?Reaction=X", host).empty());
  CHECK(route("/v2/image?Action=X", host).empty());
  CHECK(find_cloud({.method = "POST", .target = "/", .headers = {{.name = "x-acs-action", .value = "X"}}}));
  CHECK(find_cloud({.method = "POST", .target = "/", .headers = {}, .body = "Action=X&Format=JSON"}));
  CHECK_FALSE(find_cloud({.method = "POST", .target = "/", .headers = {}, .body = "{}"}));
}

TEST_CASE("an absolute target takes precedence over the Host header, and its host is not part of the path") {
  CHECK(route("http://bcc.gz.baidubce.com/v2/image?marker=a", "ecs.aliyuncs.com") ==
        "baiducloud gz /v2/image");
  CHECK(route("http://ecs.cn-hangzhou.aliyuncs.com?Action=X", "") == "alicloud cn-hangzhou /");
  CHECK(route("http://127.0.0.1:80/baiducloud/bj/v2/image", "127.0.0.1:80") == "baiducloud bj /v2/image");
}

TEST_CASE("clients of the real hosts are served through the emulator as their proxy") {
  const TestEmulator emulator;
  http::Request huawei = {.method = "GET",
                          .scheme = "http",
                          .host = "ims.cn-north-4.myhuaweicloud.com",
                          .path = "/v2/cloudimages"};
  cloud::huaweicloud::sign(huawei, emulator.credentials, emulator.clock.utc());
  CHECK(emulator.send_by_proxy(huawei).status == 200);
  http::Request baidu = {
      .method = "GET", .scheme = "http", .host = "bcc.bj.baidubce.com", .path = "/v2/image"};
  cloud::baiducloud::sign(baidu, emulator.credentials, emulator.clock.utc());
  CHECK(emulator.send_by_proxy(baidu).status == 200);
  http::Request alibaba = {.method = "POST",
                           .scheme = "http",
                           .host = "ecs.cn-hangzhou.aliyuncs.com",
                           .path = "/",
                           .headers = {{.name = "x-acs-action", .value = "DescribeRegions"},
                                       {.name = "x-acs-version", .value = "2014-05-26"}}};
  cloud::alicloud::sign(alibaba, emulator.credentials, emulator.clock.utc(), core::random_uuid());
  CHECK(emulator.send_by_proxy(alibaba).status == 200);
  const ClientResponse log = emulator.control("GET", "requests");
  CHECK(log.body["counts"].size() == 3);
}

TEST_CASE("the error for a request to no cloud says how to reach the clouds") {
  const TestEmulator emulator;
  const ClientResponse response =
      emulator.send({.method = "GET", .scheme = "http", .host = emulator.host(), .path = "/x"});
  CHECK(response.status == 404);
  CHECK(response.body["error"].get<std::string>().contains("/{cloud}/{region}/"));
}

}  // namespace emulator
