#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace emulator {

/// In alphabetical order, so that sorting by cloud sorts by name.
enum class Cloud { alicloud, baiducloud, huaweicloud };

inline constexpr std::array kClouds = {Cloud::alicloud, Cloud::baiducloud, Cloud::huaweicloud};

struct Profile;

const Profile& profile_of(Cloud cloud);

std::string_view name_of(Cloud cloud);
std::optional<Cloud> parse_cloud(std::string_view name);

}  // namespace emulator
