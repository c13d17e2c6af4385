#include "tests/emulator/huaweicloud/profile.h"

#include <array>

#include "src/core/random.h"
#include "tests/emulator/huaweicloud/metadata.h"
#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/huaweicloud/routes.h"

namespace emulator::huaweicloud {
namespace {

/// huaweicloud/API.md 1.2. `region-1` is the destination in the vendor's example of a copy.
constexpr std::array<std::string_view, 34> kRegions = {
    "cn-north-1",     "cn-north-2",     "cn-north-4",     "cn-north-9",      "cn-north-11",
    "cn-north-12",    "cn-east-2",      "cn-east-3",      "cn-east-4",       "cn-east-5",
    "cn-south-1",     "cn-south-2",     "cn-south-4",     "cn-southwest-2",  "cn-southwest-3",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",  "ap-southeast-5",
    "eu-west-0",      "eu-west-101",    "tr-west-1",      "me-east-1",       "ae-ad-1",
    "af-south-1",     "af-north-1",     "ru-moscow-1",    "la-south-2",      "la-north-2",
    "na-mexico-1",    "sa-brazil-1",    "region-1",       "my-kualalumpur-1"};

constexpr std::array<std::string_view, 2> kServices = {"ims", "iam"};

void complete_seeded(Image& image, const std::string& project, World& /*world*/,
                     const emulator::Switches& /*switches*/) {
  image.project_id = project_id_of(image.account, project.empty() ? image.key.region : project);
  // Only the key shows in replies that an image is encrypted.
  if (image.encrypted && image.kms_key_id.empty()) image.kms_key_id = core::random_uuid();
}

}  // namespace

const Profile& profile() {
  static const Profile kProfile = {
      .name = "huaweicloud",
      .new_service = [] -> std::unique_ptr<Service> { return std::make_unique<Huaweicloud>(); },
      .switches = [](emulator::Switches& switches) { return switch_entries(switches.huaweicloud); },
      .regions = kRegions,
      .domains = {{.suffix = ".myhuaweicloud.com", .services = {kServices.begin(), kServices.end()}},
                  {.suffix = ".myhuaweicloud.eu", .services = {kServices.begin(), kServices.end()}}},
      .metadata =
          MetadataService{
              .address = "169.254.169.254", .action = metadata_action, .reply = reply_to_metadata_call},
      .status_words = {{.name = "queued", .state = ImageState::waiting},
                       {.name = "saving", .state = ImageState::copying},
                       {.name = "active", .state = ImageState::available},
                       {.name = "killed", .state = ImageState::failed}},
      .new_image_id = [](std::string_view /*region*/) { return core::random_uuid(); },
      .complete_seeded = complete_seeded,
      .keeps_failed_image =
          [](const emulator::Switches& switches) { return switches.huaweicloud.keep_failed_image; },
  };
  return kProfile;
}

}  // namespace emulator::huaweicloud
