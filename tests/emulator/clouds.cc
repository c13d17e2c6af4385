#include "tests/emulator/clouds.h"

#include <algorithm>

#include "tests/emulator/alicloud/profile.h"
#include "tests/emulator/baiducloud/profile.h"
#include "tests/emulator/huaweicloud/profile.h"

namespace emulator {

const Profile& profile_of(Cloud cloud) {
  switch (cloud) {
    case Cloud::alicloud: return alicloud::profile();
    case Cloud::baiducloud: return baiducloud::profile();
    case Cloud::huaweicloud: break;
  }
  return huaweicloud::profile();
}

std::string_view name_of(Cloud cloud) {
  return profile_of(cloud).name;
}

std::optional<Cloud> parse_cloud(std::string_view name) {
  const auto* const found =
      std::ranges::find(kClouds, name, [](Cloud cloud) { return profile_of(cloud).name; });
  if (found == kClouds.end()) return std::nullopt;
  return *found;
}

}  // namespace emulator
