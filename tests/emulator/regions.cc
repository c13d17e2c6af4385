#include "tests/emulator/regions.h"

#include <array>

namespace emulator {
namespace {

constexpr std::array kAlicloudRegions = {"cn-hangzhou",
                                         "cn-shanghai",
                                         "cn-beijing",
                                         "cn-shenzhen",
                                         "cn-qingdao",
                                         "cn-zhangjiakou",
                                         "cn-huhehaote",
                                         "cn-wulanchabu",
                                         "cn-chengdu",
                                         "cn-heyuan",
                                         "cn-guangzhou",
                                         "cn-nanjing",
                                         "cn-fuzhou",
                                         "cn-zhongwei",
                                         "cn-wuhan-lr",
                                         "cn-hongkong",
                                         "ap-southeast-1",
                                         "ap-southeast-3",
                                         "ap-southeast-5",
                                         "ap-southeast-6",
                                         "ap-southeast-7",
                                         "ap-southeast-8",
                                         "ap-northeast-1",
                                         "ap-northeast-2",
                                         "eu-central-1",
                                         "eu-west-1",
                                         "us-west-1",
                                         "us-east-1",
                                         "us-southeast-1",
                                         "na-south-1",
                                         "me-east-1",
                                         "me-central-1",
                                         "rus-west-1",
                                         "cn-hangzhou-finance",
                                         "cn-shanghai-finance-1",
                                         "cn-shenzhen-finance-1",
                                         "cn-shenzhen-finance",
                                         "cn-beijing-finance-1",
                                         "cn-north-2-gov-1",
                                         "cn-beijing-finance-1-pub",
                                         "eu-west-2",
                                         "cn-shanghai-finance-1-pub",
                                         "cn-zhengzhou-jva",
                                         "cn-heyuan-acdr-1"};

constexpr std::array kBaiducloudRegions = {"bj", "bd", "gz", "su", "hkg", "fwh", "fsh", "sin", "cd", "yq"};

/// `region-1` is the destination in the vendor's example of a copy.
constexpr std::array kHuaweicloudRegions = {
    "cn-north-1",     "cn-north-2",     "cn-north-4",     "cn-north-9",      "cn-north-11",
    "cn-north-12",    "cn-east-2",      "cn-east-3",      "cn-east-4",       "cn-east-5",
    "cn-south-1",     "cn-south-2",     "cn-south-4",     "cn-southwest-2",  "cn-southwest-3",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",  "ap-southeast-5",
    "eu-west-0",      "eu-west-101",    "tr-west-1",      "me-east-1",       "ae-ad-1",
    "af-south-1",     "af-north-1",     "ru-moscow-1",    "la-south-2",      "la-north-2",
    "na-mexico-1",    "sa-brazil-1",    "region-1",       "my-kualalumpur-1"};

}  // namespace

std::set<std::string> listed_regions(Cloud cloud) {
  switch (cloud) {
    case Cloud::alicloud: return {kAlicloudRegions.begin(), kAlicloudRegions.end()};
    case Cloud::baiducloud: return {kBaiducloudRegions.begin(), kBaiducloudRegions.end()};
    case Cloud::huaweicloud: return {kHuaweicloudRegions.begin(), kHuaweicloudRegions.end()};
  }
  return {};
}

}  // namespace emulator
