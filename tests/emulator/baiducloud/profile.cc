#include "tests/emulator/baiducloud/profile.h"

#include <array>

#include "tests/emulator/baiducloud/routes.h"
#include "tests/emulator/ids.h"

namespace emulator::baiducloud {
namespace {

/// baiducloud/API.md 1.2.
constexpr std::array<std::string_view, 10> kRegions = {"bj",  "bd",  "gz",  "su", "hkg",
                                                       "fwh", "fsh", "sin", "cd", "yq"};

}  // namespace

const Profile& profile() {
  static const Profile kProfile = {
      .name = "baiducloud",
      .new_service = [] -> std::unique_ptr<Service> { return std::make_unique<Baiducloud>(); },
      .switches = [](emulator::Switches& switches) { return switch_entries(switches.baiducloud); },
      .regions = kRegions,
      .domains = {{.suffix = ".baidubce.com", .services = {"bcc", "sts"}}},
      .plus_is_space = false,  // baiducloud/API.md 2.3
      .status_words = {{.name = "dest_copying", .state = ImageState::copying},
                       {.name = "NotAvailable", .state = ImageState::unavailable},
                       {.name = "CreatedFailed", .state = ImageState::failed}},
      .new_image_id = [](std::string_view /*region*/) { return "m-" + random_text(8); },
  };
  return kProfile;
}

}  // namespace emulator::baiducloud
