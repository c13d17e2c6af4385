#include "tests/emulator/huaweicloud/replies.h"

#include <algorithm>
#include <cstdint>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/number_text.h"

namespace emulator::huaweicloud {
namespace {

constexpr int kSavingFromPercent = 25;
constexpr std::int64_t kBytesPerGb = 1'073'741'824;

struct Sort {
  const char* image_type;
  const char* visibility;
};

Sort sort_of(const Image& image) {
  switch (image.kind) {
    case ImageKind::system: return {.image_type = "gold", .visibility = "public"};
    case ImageKind::shared: return {.image_type = "shared", .visibility = "shared"};
    case ImageKind::market: return {.image_type = "market", .visibility = "public"};
    case ImageKind::custom:
    case ImageKind::iso:
    case ImageKind::whole:
    case ImageKind::package: break;
  }
  // Like the images that others share with the account (huaweicloud/API.md 3.4).
  if (image.shared_to_others) return {.image_type = "shared", .visibility = "shared"};
  return {.image_type = "private", .visibility = "private"};
}

std::string os_type_word(const Image& image) {
  const std::string lower = core::to_lower(image.os_type);
  if (lower == "linux") return "Linux";
  if (lower == "windows") return "Windows";
  return "Other";
}

/// Attributes that only some images have.
void add_optional(Json& json, const Image& image) {
  if (!image.description.empty()) json["__description"] = image.description;
  if (!image.kms_key_id.empty()) json["__system__cmkid"] = image.kms_key_id;
  if (image.kind == ImageKind::whole) {
    json["__whole_image"] = "true";
    if (!image.snapshot_ids.empty()) json["__backup_id"] = image.snapshot_ids.front();
  }
  if (image.copied) {
    json["__originalimagename"] = image.source_image_id;
    json["__data_origin"] = "image," + image.source_region + "," + image.source_image_id;
  }
  for (const auto& [name, value] : image.attributes) {
    // In replies, this is a number and `max_ram` is text, regardless of the type sent
    // (huaweicloud/API.md 6.3).
    if (name == "min_ram") {
      json[name] = parse_number(value).value_or(0);
    } else {
      json[name] = value;
    }
  }
}

std::string job_status(const Copy& job, UtcTime now) {
  switch (job.state) {
    case CopyPhase::succeeded: return "SUCCESS";
    case CopyPhase::failed:
    case CopyPhase::cancelled: return "FAIL";
    case CopyPhase::waiting:
    case CopyPhase::running: break;
  }
  return now < job.submitted + preparation_of(job) ? "INIT" : "RUNNING";
}

Json entities_json(const Copy& job, const std::string& status, const Environment& environment) {
  Json entities = {{"image_name", job.name}};
  if (status == "INIT") return entities;
  const bool early = status == "RUNNING" && environment.switches.huaweicloud.early_image_id;
  if (status == "SUCCESS" || early) entities["image_id"] = job.target.id;
  entities["process_percent"] = job.percent(environment.world.now()) / 100.0;
  entities["current_task"] = status == "RUNNING" ? "copy_image" : "";
  return entities;
}

}  // namespace

Duration preparation_of(const Copy& job) {
  return std::min<Duration>(job.duration / 10, std::chrono::seconds(5));
}

http::Response render(const Reply& reply, const std::string& request_id) {
  http::Response response = {.status = reply.status,
                             .headers = {{.name = "Content-Type", .value = "application/json"},
                                         {.name = "X-Request-Id", .value = request_id}}};
  response.headers.insert(response.headers.end(), reply.headers.begin(), reply.headers.end());
  if (!reply.body.is_null()) response.body = dump(reply.body);
  return response;
}

std::string status_word(const Image& image, const Environment& environment) {
  switch (image.state) {
    case ImageState::waiting: return "queued";
    case ImageState::copying: {
      const Copy* job = environment.world.copy_of(image);
      const bool saves = job == nullptr || job->percent(environment.world.now()) >= kSavingFromPercent;
      return saves ? "saving" : "queued";
    }
    case ImageState::creating: return "saving";
    case ImageState::available:
    case ImageState::deprecated: return "active";
    case ImageState::unavailable:
    case ImageState::failed:
    case ImageState::broken: return "killed";
  }
  return "";
}

Json image_json(const Image& image, const Environment& environment) {
  const std::string status = status_word(image, environment);
  const bool active = status == "active";
  const std::string& id = image.key.id;
  Json json = {{"id", id},
               {"name", image.name},
               {"status", status},
               {"visibility", sort_of(image).visibility},
               {"protected", image.is_protected},
               {"owner", image.project_id},
               {"min_disk", image.size_gb},
               {"min_ram", 0},
               {"size", 0},
               {"virtual_size", nullptr},
               {"disk_format", image.kind == ImageKind::iso ? "iso" : "zvhd2"},
               {"container_format", "bare"},
               {"created_at", core::format_rfc3339(image.created)},
               {"updated_at", core::format_rfc3339(image.updated)},
               {"tags", Json::array()},
               {"virtual_env_type", image.kind == ImageKind::iso ? "IsoImage" : "FusionCompute"},
               {"enterprise_project_id", image.resource_group_id.empty() ? "0" : image.resource_group_id},
               {"hw_firmware_type", "bios"},
               {"__support_arm", image.architecture.starts_with("a") ? "true" : "false"},
               {"__imagetype", sort_of(image).image_type},
               {"__isregistered", "true"},
               {"__image_source_type", "uds"},
               {"__image_size", active ? std::to_string(image.size_gb * kBytesPerGb) : "0"},
               {"__os_type", os_type_word(image)},
               {"__os_bit", "64"},
               {"__os_version", image.os_name},
               {"__platform", core::split(image.os_name, ' ').front()},
               {"self", "/v2/images/" + id},
               {"file", "/v2/images/" + id + "/file"},
               {"schema", "/v2/schemas/image"}};
  if (active) json["active_at"] = core::format_rfc3339(image.updated);
  for (const auto& [key, value] : image.tags) json["tags"].push_back(key + "=" + value);
  add_optional(json, image);
  return json;
}

Json job_json(const Copy& job, const Environment& environment) {
  const std::string status = job_status(job, environment.world.now());
  const bool across = job.source.region != job.target.region;
  Json json = {{"job_id", job.id},
               {"job_type", across ? "imsCrossRegionCopyImageJob" : "imsCopyImageInRegionJob"},
               {"begin_time", format_milliseconds(job.submitted)},
               {"end_time", nullptr},
               {"status", status},
               {"error_code", nullptr},
               {"fail_reason", nullptr},
               {"entities", entities_json(job, status, environment)}};
  if (job.ended) json["end_time"] = format_milliseconds(*job.ended);
  if (status == "FAIL") {
    json["error_code"] = job.plan.fail_code.empty() ? "IMG.0061" : job.plan.fail_code;
    json["fail_reason"] = job.plan.fail_reason.empty() ? "The copy failed." : job.plan.fail_reason;
  }
  return json;
}

}  // namespace emulator::huaweicloud
