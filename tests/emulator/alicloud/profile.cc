#include "tests/emulator/alicloud/profile.h"

#include <array>
#include <numeric>

#include "tests/emulator/alicloud/ids.h"
#include "tests/emulator/alicloud/metadata.h"
#include "tests/emulator/alicloud/routes.h"
#include "tests/emulator/alicloud/snapshots.h"

namespace emulator::alicloud {
namespace {

/// alicloud/API.md 1.1.
constexpr std::array<std::string_view, 44> kRegions = {"cn-hangzhou",
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

/// Calls go to the path `/` and name their action (alicloud/API.md 1). The endpoint of the vendor's clients
/// can only be a host.
bool names_action(const RawRequest& request) {
  if (path_of(request) != "/") return false;
  if (http::find_header(request.headers, "x-acs-action")) return true;
  const auto has_action = [](const std::string& text) {
    return text.starts_with("Action=") || text.find("&Action=") != std::string::npos;
  };
  return has_action(query_of(request)) || has_action(request.body);
}

void complete_seeded(Image& image, const std::string& /*project*/, World& world,
                     const emulator::Switches& switches) {
  make_snapshots(world, image, {}, switches);
}

std::optional<RunningLimit> limit_of(const Copy& copy, const emulator::Switches& switches) {
  const std::string& region = switches.alicloud.queue_by_source ? copy.source.region : copy.target.region;
  return RunningLimit{.group = copy.account + "/" + region, .max_running = switches.alicloud.running_copies};
}

}  // namespace

const Profile& profile() {
  static const Profile kProfile = {
      .name = "alicloud",
      .new_service = [] -> std::unique_ptr<Service> { return std::make_unique<Alicloud>(); },
      .switches = [](emulator::Switches& switches) { return switch_entries(switches.alicloud); },
      .regions = kRegions,
      .domains = {{.suffix = ".aliyuncs.com",
                   .services = {"ecs", "ecs-vpc", "ecs-cn-hangzhou", "sts", "sts-vpc"}}},
      .recognizes = names_action,
      .metadata =
          MetadataService{
              .address = "100.100.100.200", .action = metadata_action, .reply = reply_to_metadata_call},
      .status_words = {{.name = "CreateFailed", .state = ImageState::failed},
                       {.name = "UnAvailable", .state = ImageState::unavailable}},
      .new_image_id = new_image_id,
      .complete_seeded = complete_seeded,
      .limit_of = limit_of,
  };
  return kProfile;
}

}  // namespace emulator::alicloud
