#include "src/provider/import_id.h"

#include <algorithm>
#include <vector>

#include "src/cloud/huaweicloud/client.h"
#include "src/core/text.h"
#include "src/provider/clouds.h"

namespace provider {
namespace {

constexpr std::string_view kForms =
    "Give it as cloud/region/image_id, for example alicloud/cn-shanghai/m-uf6example, or for a copy that "
    "still runs "
    "on Huawei Cloud as huaweicloud/source_region/job/job_id.";

std::string shown(std::string_view text) {
  return core::without_controls(core::shorten(text, 200));
}

std::unexpected<std::string> malformed(std::string_view text, const std::string& problem) {
  return std::unexpected("The id \"" + shown(text) + "\" " + problem + ". " + std::string(kForms));
}

constexpr std::string_view kJob = "job";

bool is_cloud(std::string_view name) {
  return std::ranges::find(kCloudNames, name) != kCloudNames.end();
}

std::string clouds() {
  return core::join({kCloudNames.begin(), kCloudNames.end()}, ", ");
}

bool has_jobs(std::string_view cloud) {
  return cloud == cloud::huaweicloud::traits().name;
}

bool is_part(std::string_view text) {
  const auto is_strange = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  return !text.empty() && text.find_first_of("/?#%") == std::string_view::npos &&
         std::ranges::none_of(text, is_strange);
}

std::unexpected<ImportIdProblem> wrong_part(std::size_t part, std::string_view name, std::string_view text) {
  const std::string problem =
      text.empty() ? "must not be empty" : "\"" + shown(text) + "\" holds characters that no id has";
  return std::unexpected(
      ImportIdProblem{.text = "The " + std::string(name) + " " + problem + ".", .part = part});
}

}  // namespace

std::expected<ImportId, std::string> parse_import_id(std::string_view text) {
  const std::vector<std::string> parts = core::split(text, '/');
  const bool job = parts.size() == 4 && parts[2] == kJob;
  if (parts.size() != 3 && !job) return malformed(text, "does not have the parts of an import id");
  if (!std::ranges::all_of(parts, is_part)) {
    return malformed(text, "has a part that is empty or holds characters that no id has");
  }
  if (!is_cloud(parts[0])) {
    return malformed(text, "starts with \"" + shown(parts[0]) + "\", which is none of " + clouds());
  }
  if (job && !has_jobs(parts[0])) return malformed(text, "names a job, which only Huawei Cloud has");
  return ImportId{
      .cloud = parts[0], .region = parts[1], .image_id = job ? "" : parts[2], .job_id = job ? parts[3] : ""};
}

std::expected<std::string, ImportIdProblem> make_import_id(std::string_view cloud, std::string_view region,
                                                           std::string_view image_id) {
  if (!is_cloud(cloud)) {
    return std::unexpected(
        ImportIdProblem{.text = "\"" + shown(cloud) + "\" is none of " + clouds() + ".", .part = 0});
  }
  if (!is_part(region)) return wrong_part(1, "region", region);
  const std::string job = std::string(kJob) + "/";
  const bool is_job = image_id.starts_with(job);
  if (is_job && !has_jobs(cloud)) {
    return std::unexpected(ImportIdProblem{.text = "Only Huawei Cloud has jobs.", .part = 2});
  }
  const std::string_view id = is_job ? image_id.substr(job.size()) : image_id;
  if (!is_part(id)) return wrong_part(2, is_job ? "job's id" : "image's id", id);
  return image_import_id(cloud, region, image_id);
}

std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id) {
  return std::string(cloud) + "/" + std::string(region) + "/" + std::string(image_id);
}

}  // namespace provider
