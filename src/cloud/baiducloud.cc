#include "src/cloud/baiducloud.h"

#include <array>

#include "src/cloud/codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"
#include "src/sign/baiducloud.h"

namespace cloud {
namespace {

using nlohmann::json;

constexpr std::string_view kContentType = "application/json; charset=utf-8";

/// Codes that mean more than their HTTP status (reference baidu-bcc 2.9, 3.1, 3.8).
/// `Image.ImageStatusForbidden` means one thing to a copy and another to a cancel.
constexpr std::array kCodes = {
    CodeMeaning{"Image.ImageStatusForbidden", ErrorKind::busy},
    CodeMeaning{"Image.RegionNotSupportCopy", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"Image.ImageNotSupportCopy", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.ImageStorageFormatInvalid", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.LargeImageCopyForbidden", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.ImageNameInvalid", ErrorKind::invalid, "name"},
    CodeMeaning{"Image.CreatingImageCannotBeDeleted", ErrorKind::still_copying},
    CodeMeaning{"Image.ImageHasBeenSharedToOthers", ErrorKind::in_use},
    CodeMeaning{"Image.ImageQuotaExceedLimit", ErrorKind::quota},
    CodeMeaning{"RateLimit", ErrorKind::throttled},
    CodeMeaning{"NoSuchObject", ErrorKind::not_found},
    CodeMeaning{"RequestExpired", ErrorKind::denied},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::denied},
    CodeMeaning{"InvalidHTTPAuthHeader", ErrorKind::denied},
    CodeMeaning{"InvalidAccessKeyId", ErrorKind::denied},
    CodeMeaning{"AccessDenied", ErrorKind::denied},
    CodeMeaning{"OptInRequired", ErrorKind::denied},
    CodeMeaning{"QualifyNotPass", ErrorKind::denied},
    CodeMeaning{"InvalidVersion", ErrorKind::invalid},
};

ErrorKind kind_of(const std::string& code, int status) {
  if (const auto known = meaning_of(kCodes, code)) return known->kind;
  // The code of a 404 is not documented.
  if (status == 404) return ErrorKind::not_found;
  if (status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  return status == 401 || (status == 403 && code.empty()) ? ErrorKind::denied : ErrorKind::invalid;
}

Error read_error(const http::Response& response) {
  const json body = parse_json(response.body);
  Error error{.code = text_at(body, "code"), .message = text_at(body, "message")};
  error.request_id = text_at(body, "requestId");
  if (error.request_id.empty()) error.request_id = response.header("x-bce-request-id").value_or("");
  error.kind = kind_of(error.code, response.status);
  if (const auto known = meaning_of(kCodes, error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

/// Which words mean "being copied" is not documented: anything that is neither done nor failed does
/// (reference baidu-bcc 3.5).
CopyState state_of(const std::string& status) {
  const std::string word = core::to_lower(status);
  if (word == "available") return CopyState::available;
  if (word == "createdfailed" || word == "createfailed" || word == "error") return CopyState::failed;
  return CopyState::copying;
}

Image image_of(const json& item) {
  Image image{.id = text_at(item, "id"),
              .name = text_at(item, "name"),
              .description = text_at(item, "desc"),
              .size_gb = integer_at(item, "diskSize"),
              .os_type = text_at(item, "osType"),
              .os_name = text_at(item, "osName"),
              .architecture = text_at(item, "osArch"),
              .created_at = text_at(item, "createTime"),
              .encrypted = boolean_at(item, "encrypted")};
  const std::string version = text_at(item, "osVersion");
  if (!version.empty()) image.os_name += " " + version;
  for (const json& snapshot : list_at(item, "snapshots")) {
    const std::string id = text_at(snapshot, "id");
    if (!id.empty()) image.snapshot_ids.push_back(id);
  }
  return image;
}

CopyView view_of(const json& item) {
  const std::string status = text_at(item, "status");
  const CopyState state = state_of(status);
  return {.state = state,
          .image_id = text_at(item, "id"),
          .progress_percent = state == CopyState::available ? std::optional(100) : std::nullopt,
          .status_reason = state == CopyState::failed ? "The copy failed (" + status + ")." : "",
          .image = image_of(item)};
}

Dialect dialect(const sign::Credentials& credentials, core::Clock& clock) {
  return {.cloud = baiducloud_traits().name,
          .sign = [credentials, &clock](
                      http::Request& request) { sign::sign_baiducloud(request, credentials, clock.utc()); },
          .read_error = read_error};
}

}  // namespace

const Traits& baiducloud_traits() {
  static constexpr Traits kTraits = {.name = "baiducloud",
                                     .display_name = "Baidu AI Cloud",
                                     .cancels_copies = true,
                                     .updates_description = false,
                                     .tells_origin = false};
  return kTraits;
}

Baiducloud::Baiducloud(BaiducloudConfig config, Services services)
    : config_(std::move(config)), api_(services, dialect(config_.credentials, services.clock)) {}

ApiCall Baiducloud::image_call(std::string action, const std::string& region, std::string method,
                               const std::string& image_id) const {
  return {.action = std::move(action),
          .region = region,
          .request = config_.endpoint.request(region, std::move(method), "/v2/image/" + image_id),
          .image_id = image_id};
}

Result<CopyReference> Baiducloud::start_copy(const CopyRequest& request, const core::Context& context) {
  ApiCall call = image_call("remoteCopy", request.source_region, "POST", request.source_image_id);
  call.request.query = {{.name = "remoteCopy", .value = std::nullopt}};
  call.request.repeatable = false;
  set_json_body(call.request, {{"name", request.name}, {"destRegion", {request.destination_region}}},
                kContentType);
  const auto answer = api_.call(call, context);
  if (!answer) return std::unexpected(answer.error());
  const json body = parse_json(answer->body);
  for (const json& item : list_at(body, "result")) {
    if (text_at(item, "region") != request.destination_region) continue;
    const std::string image_id = text_at(item, "imageId");
    const std::string code = text_at(item, "code");
    if (code.empty() && !image_id.empty()) {
      return CopyReference{.source_region = request.source_region,
                           .source_image_id = request.source_image_id,
                           .destination_region = request.destination_region,
                           .name = request.name,
                           .image_id = image_id,
                           .last_state = CopyState::copying};
    }
    // One region can fail under HTTP status 200 (reference baidu-bcc 3.1).
    Error error = unexpected_answer(call, *answer, "the destination region refused the copy");
    error.code = code;
    error.kind = code.empty() ? ErrorKind::unexpected : kind_of(code, 409);
    if (const std::string message = text_at(item, "errMsg"); !message.empty()) error.message = message;
    return std::unexpected(std::move(error));
  }
  return std::unexpected(
      unexpected_answer(call, *answer, "the answer holds no image id for the destination region"));
}

Result<std::optional<CopyView>> Baiducloud::look(const CopyReference& copy, const core::Context& context) {
  const ApiCall call = image_call("getImage", copy.destination_region, "GET", copy.image_id);
  const auto answer = api_.call(call, context);
  if (!answer && answer.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!answer) return std::unexpected(answer.error());
  const json body = parse_json(answer->body);
  if (text_at(member(body, "image"), "id") != copy.image_id) {
    return std::unexpected(unexpected_answer(call, *answer, "the answer does not hold the image"));
  }
  return view_of(member(body, "image"));
}

Result<void> Baiducloud::cancel_copy(const CopyReference& copy, const core::Context& context) {
  ApiCall call = image_call("cancelRemoteCopy", copy.destination_region, "POST", copy.image_id);
  call.request.query = {{.name = "cancelRemoteCopy", .value = std::nullopt}};
  const auto answer = api_.call(call, context);
  if (answer) return {};
  Error error = answer.error();
  if (error.code == "Image.ImageStatusForbidden") error.kind = ErrorKind::not_copying;
  return std::unexpected(std::move(error));
}

Result<void> Baiducloud::delete_image(const CopyReference& copy, const core::Context& context) {
  const auto answer =
      api_.call(image_call("deleteImage", copy.destination_region, "DELETE", copy.image_id), context);
  if (!answer) return std::unexpected(answer.error());
  return {};
}

Result<void> Baiducloud::update_image(const CopyReference& copy, const ImageChanges& changes,
                                      const core::Context& context) {
  if (!changes.name) return {};
  ApiCall call = image_call("renameImage", copy.destination_region, "PUT", "rename");
  call.image_id = copy.image_id;
  set_json_body(call.request, {{"imageId", copy.image_id}, {"name", *changes.name}}, kContentType);
  const auto answer = api_.call(call, context);
  if (!answer) return std::unexpected(answer.error());
  return {};
}

}  // namespace cloud
