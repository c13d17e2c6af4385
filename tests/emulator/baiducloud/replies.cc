#include "tests/emulator/baiducloud/replies.h"

#include <utility>

#include "src/core/text.h"
#include "src/core/time_text.h"

namespace emulator::baiducloud {
namespace {

std::string type_word(const Image& image) {
  switch (image.kind) {
    case ImageKind::system: return "System";
    case ImageKind::shared: return "Sharing";
    case ImageKind::market: return "Integration";
    case ImageKind::custom:
    case ImageKind::iso:
    case ImageKind::whole:
    case ImageKind::package: break;
  }
  return "Custom";
}

}  // namespace

http::Response render(int status, std::string body, const std::string& request_id) {
  return {.status = status,
          .headers = {{.name = "Content-Type", .value = "application/json;charset=UTF-8"},
                      {.name = "Server", .value = "BWS"},
                      {.name = "x-bce-request-id", .value = request_id}},
          .body = std::move(body)};
}

bool is_busy(const Image& image, const Environment& environment) {
  const auto from_it = [&](const Copy& copy) { return copy.source == image.key; };
  return environment.switches.baiducloud.source_busy && environment.world.count_active_copies(from_it) > 0;
}

std::string status_word(const Image& image, const Environment& environment) {
  switch (image.state) {
    case ImageState::waiting:
    case ImageState::copying: return environment.switches.baiducloud.copying_status;
    case ImageState::creating: return "Creating";
    case ImageState::available:
    case ImageState::deprecated:
      return is_busy(image, environment) ? environment.switches.baiducloud.source_busy_status : "Available";
    case ImageState::unavailable: return "NotAvailable";
    case ImageState::failed: return environment.switches.baiducloud.failed_status;
    case ImageState::broken: return "Error";
  }
  return "";
}

Json image_json(const Image& image, const Environment& environment) {
  const auto words = core::split(image.os_name, ' ');
  const bool wide = image.architecture.contains("64");
  return {{"id", image.key.id},
          {"name", image.name},
          {"type", type_word(image)},
          {"status", status_word(image, environment)},
          {"osType", core::to_lower(image.os_type)},
          {"osName", words.front()},
          {"osVersion", words.size() > 1 ? words[1] : ""},
          {"osArch", image.architecture + (wide ? " (64bit)" : "")},
          {"osBuild", ""},
          {"osLang", "ENG"},
          {"specialVersion", ""},
          {"createTime", core::format_rfc3339(image.created)},
          {"desc", image.description},
          {"diskSize", image.size_gb},
          {"minDiskGb", image.size_gb},
          {"ephemeralSize", 0},
          {"encrypted", image.encrypted},
          {"package", image.kind == ImageKind::package},
          {"snapshots", Json::array()}};
}

}  // namespace emulator::baiducloud
