#include "src/copy/import_id.h"

#include <algorithm>
#include <array>
#include <vector>

#include "src/cloud/alicloud.h"
#include "src/cloud/baiducloud.h"
#include "src/cloud/huaweicloud.h"
#include "src/core/text.h"

namespace copy {
namespace {

constexpr std::string_view kForms =
    "Give it as cloud/region/image_id, for example alicloud/cn-shanghai/m-uf6example, or for a copy that "
    "still runs "
    "on Huawei Cloud as huaweicloud/source_region/job/job_id.";

std::unexpected<std::string> malformed(std::string_view text, const std::string& problem) {
  return std::unexpected("The id \"" + core::shorten(text, 200) + "\" " + problem + ". " +
                         std::string(kForms));
}

}  // namespace

std::expected<ImportId, std::string> parse_import_id(std::string_view text) {
  const std::vector<std::string> parts = core::split(text, '/');
  const bool job = parts.size() == 4 && parts[2] == "job";
  if (parts.size() != 3 && !job) return malformed(text, "does not have the parts of an import id");
  const bool blank = std::ranges::any_of(parts, [](const std::string& part) {
    return part.empty() || part.find_first_of(" \t\r\n?#%") != std::string::npos;
  });
  if (blank) return malformed(text, "has a part that is empty or holds characters that no id has");
  const std::array clouds = {cloud::alicloud_traits().name, cloud::baiducloud_traits().name,
                             cloud::huaweicloud_traits().name};
  if (std::ranges::find(clouds, parts[0]) == clouds.end()) {
    return malformed(
        text, "starts with \"" + parts[0] + "\", which is none of alicloud, baiducloud and huaweicloud");
  }
  if (job && parts[0] != cloud::huaweicloud_traits().name)
    return malformed(text, "names a job, which only Huawei Cloud has");
  return ImportId{
      .cloud = parts[0], .region = parts[1], .image_id = job ? "" : parts[2], .job_id = job ? parts[3] : ""};
}

std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id) {
  return std::string(cloud) + "/" + std::string(region) + "/" + std::string(image_id);
}

}  // namespace copy
