#include "src/cloud/huaweicloud.h"

#include <array>
#include <cmath>

#include "src/cloud/codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"
#include "src/sign/huaweicloud.h"

namespace cloud {
namespace {

using nlohmann::json;

/// Codes that mean more than their HTTP status; nearly all of IMS come with 400 (reference
/// huaweicloud-ims 2.1, 3.12).
constexpr std::array kCodes = {
    CodeMeaning{"IMG.0002", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0003", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0004", ErrorKind::invalid, "description"},
    CodeMeaning{"IMG.0009", ErrorKind::name_taken, "name"},
    CodeMeaning{"IMG.0014", ErrorKind::unavailable},
    CodeMeaning{"IMG.0015", ErrorKind::quota},
    CodeMeaning{"IMG.0023", ErrorKind::not_found},
    CodeMeaning{"IMG.0026", ErrorKind::denied},
    CodeMeaning{"IMG.0027", ErrorKind::not_found},
    CodeMeaning{"IMG.0028", ErrorKind::in_use},
    CodeMeaning{"IMG.0036", ErrorKind::denied, "huaweicloud"},
    CodeMeaning{"IMG.0037", ErrorKind::denied},
    CodeMeaning{"IMG.0046", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0047", ErrorKind::denied},
    CodeMeaning{"IMG.0054", ErrorKind::invalid, "description"},
    CodeMeaning{"IMG.0059", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0060", ErrorKind::too_many_copies},
    CodeMeaning{"IMG.0061", ErrorKind::unavailable},
    CodeMeaning{"IMG.0062", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0066", ErrorKind::not_found},
    CodeMeaning{"IMG.0086", ErrorKind::not_found},
    CodeMeaning{"IMG.0087", ErrorKind::denied},
    CodeMeaning{"IMG.0090", ErrorKind::still_copying},
    CodeMeaning{"IMG.0092", ErrorKind::denied},
    CodeMeaning{"IMG.0095", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0097", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0099", ErrorKind::denied, "kms_key_id"},
    CodeMeaning{"IMG.0103", ErrorKind::denied},
    CodeMeaning{"IMG.0105", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"IMG.0130", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0144", ErrorKind::not_found},
    CodeMeaning{"IMG.0145", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0155", ErrorKind::invalid, "resource_group_id"},
    CodeMeaning{"IMG.0167", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0187", ErrorKind::throttled},
};

ErrorKind kind_of(const std::string& code, int status) {
  if (const auto known = meaning_of(kCodes, code)) return known->kind;
  if (status == 404) return ErrorKind::not_found;
  if (status == 409) return ErrorKind::in_use;
  if (status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  return status == 401 || status == 403 ? ErrorKind::denied : ErrorKind::invalid;
}

/// Gateways write flat objects, IMS nests them, IAM does either (reference huaweicloud-ims 3).
void find_code(const json& body, Error& error, int deepest = 4) {
  for (const auto& [code, message] : {std::pair{"error_code", "error_msg"}, std::pair{"code", "message"}}) {
    if (!error.code.empty() || !error.message.empty()) return;
    error.code = text_at(body, code);
    error.message = text_at(body, message);
  }
  if (!error.code.empty() || !error.message.empty() || !body.is_object() || deepest == 0) return;
  for (const json& nested : body) find_code(nested, error, deepest - 1);
}

Error read_error(const http::Response& response) {
  Error error;
  find_code(parse_json(response.body), error);
  error.request_id = response.header("X-Request-Id").value_or("");
  error.kind = kind_of(error.code, response.status);
  if (const auto known = meaning_of(kCodes, error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

CopyState state_of(const std::string& status) {
  if (status == "queued") return CopyState::queued;
  if (status == "saving") return CopyState::copying;
  if (status == "active") return CopyState::available;
  if (status == "killed") return CopyState::failed;
  return CopyState::unknown;
}

std::string reason_of(const std::string& status) {
  if (status == "killed") return "The copy failed (killed).";
  return state_of(status) == CopyState::unknown ? "The cloud reports the status \"" + status + "\"." : "";
}

/// `image,{region},{id}` (reference huaweicloud-ims 3.5).
std::optional<Origin> origin_of(const json& item) {
  const std::vector<std::string> parts = core::split(text_at(item, "__data_origin"), ',');
  if (parts.size() != 3 || parts[0] != "image") return std::nullopt;
  return Origin{.region = parts[1], .image_id = parts[2]};
}

Image image_of(const json& item) {
  Image image{.id = text_at(item, "id"),
              .name = text_at(item, "name"),
              .description = text_at(item, "__description"),
              .size_gb = integer_at(item, "min_disk"),
              .os_type = core::to_lower(text_at(item, "__os_type")),
              .os_name = text_at(item, "__os_version"),
              .architecture = text_at(item, "architecture"),
              .created_at = text_at(item, "created_at"),
              .kms_key_id = text_at(item, "__system__cmkid"),
              .origin = origin_of(item)};
  image.encrypted = !image.kms_key_id.empty();
  return image;
}

CopyView view_of(const json& item) {
  const std::string status = text_at(item, "status");
  const CopyState state = state_of(status);
  return {.state = state,
          .image_id = text_at(item, "id"),
          .progress_percent = state == CopyState::available ? std::optional(100) : std::nullopt,
          .status_reason = reason_of(status),
          .image = image_of(item)};
}

/// From 0 to 1 (reference huaweicloud-ims 3.3).
std::optional<int> percent_of(const json& entities) {
  const json& fraction = member(entities, "process_percent");
  if (!fraction.is_number()) return std::nullopt;
  const double percent = fraction.get<double>() * 100;
  return percent >= 0 && percent <= 100 ? std::optional(static_cast<int>(std::lround(percent)))
                                        : std::nullopt;
}

std::string failure_of(const json& job) {
  const json& entities = member(job, "entities");
  std::string reason = text_at(job, "fail_reason");
  if (reason.empty()) reason = text_at(entities, "error");
  std::string code = text_at(job, "error_code");
  if (code.empty()) code = text_at(entities, "error_code");
  if (reason.empty()) reason = "The cloud gave no reason.";
  return code.empty() ? reason : code + ": " + reason;
}

/// Unknown words mean that the job still runs.
CopyView view_of_job(const json& job) {
  const std::string status = text_at(job, "status");
  const json& entities = member(job, "entities");
  CopyView view{.state = CopyState::copying,
                .image_id = text_at(entities, "image_id"),
                .progress_percent = percent_of(entities)};
  if (status == "INIT") view.state = CopyState::queued;
  if (status == "FAIL") {
    view.state = CopyState::failed;
    view.status_reason = failure_of(job);
  }
  return view;
}

json copy_body(const CopyRequest& request) {
  json body = {{"name", request.name}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) body[name] = value;
  };
  add("description", request.description);
  if (request.source_region == request.destination_region) {
    add("cmk_id", request.kms_key_id);
    add("enterprise_project_id", request.resource_group_id);
    return body;
  }
  body["region"] = request.destination_region;
  body["project_name"] = request.project_name.empty() ? request.destination_region : request.project_name;
  add("agency_name", request.agency_name);
  add("vault_id", request.vault_id);
  return body;
}

Dialect dialect(const sign::Credentials& credentials, core::Clock& clock) {
  return {.cloud = huaweicloud_traits().name,
          .sign = [credentials, &clock](
                      http::Request& request) { sign::sign_huaweicloud(request, credentials, clock.utc()); },
          .read_error = read_error};
}

}  // namespace

const Traits& huaweicloud_traits() {
  static constexpr Traits kTraits = {.name = "huaweicloud",
                                     .display_name = "Huawei Cloud",
                                     .cancels_copies = false,
                                     .updates_description = true,
                                     .tells_origin = true};
  return kTraits;
}

Huaweicloud::Huaweicloud(HuaweicloudConfig config, Services services)
    : config_(std::move(config)), api_(services, dialect(config_.credentials, services.clock)) {}

ApiCall Huaweicloud::ims(std::string action, const std::string& region, std::string method,
                         std::string_view path, const std::string& image_id) const {
  return {.action = std::move(action),
          .region = region,
          .request = config_.endpoint.request(region, std::move(method), path),
          .image_id = image_id};
}

Result<std::string> Huaweicloud::project_id(const std::string& region, const std::string& name,
                                            const core::Context& context) {
  const std::string key = region + "/" + name;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = project_ids_.find(key); known != project_ids_.end()) return known->second;
  }
  ApiCall call{.action = "KeystoneListProjects",
               .region = region,
               .request = config_.iam_endpoint.request(region, "GET", "/v3/projects")};
  call.request.query = {{.name = "name", .value = name}};
  const auto answer = api_.call(call, context);
  if (!answer) return std::unexpected(answer.error());
  const json body = parse_json(answer->body);
  for (const json& project : list_at(body, "projects")) {
    const std::string id = text_at(project, "id");
    if (text_at(project, "name") != name || id.empty()) continue;
    const std::scoped_lock lock(mutex_);
    return project_ids_.emplace(key, id).first->second;
  }
  return std::unexpected(unexpected_answer(call, *answer, "the account has no project \"" + name + "\""));
}

Result<http::Response> Huaweicloud::call_in_project(ApiCall call, const std::string& project_name,
                                                    const core::Context& context) {
  if (!project_name.empty() && project_name != call.region) {
    const auto id = project_id(call.region, project_name, context);
    if (!id) return std::unexpected(id.error());
    call.request.headers.push_back({.name = "X-Project-Id", .value = *id});
  }
  return api_.call(call, context);
}

Result<CopyReference> Huaweicloud::start_copy(const CopyRequest& request, const core::Context& context) {
  const bool in_region = request.source_region == request.destination_region;
  ApiCall call =
      ims(in_region ? "CopyImageInRegion" : "CopyImageCrossRegion", request.source_region, "POST",
          "/v1/cloudimages/" + request.source_image_id + (in_region ? "/copy" : "/cross_region_copy"),
          request.source_image_id);
  call.request.repeatable = false;
  set_json_body(call.request, copy_body(request));
  const auto answer = api_.call(call, context);
  if (!answer) return std::unexpected(answer.error());
  const std::string job_id = text_at(parse_json(answer->body), "job_id");
  if (job_id.empty()) return std::unexpected(unexpected_answer(call, *answer, "the answer holds no job id"));
  return CopyReference{.source_region = request.source_region,
                       .source_image_id = request.source_image_id,
                       .destination_region = request.destination_region,
                       .project_name = request.project_name,
                       .name = request.name,
                       .job_id = job_id,
                       .last_state = CopyState::queued};
}

Result<std::optional<CopyView>> Huaweicloud::look(const CopyReference& copy, const core::Context& context) {
  const bool finished = copy.last_state == CopyState::available && !copy.image_id.empty();
  return finished || copy.job_id.empty() ? look_at_image(copy, context) : look_at_job(copy, context);
}

Result<std::optional<CopyView>> Huaweicloud::look_at_job(const CopyReference& copy,
                                                         const core::Context& context) {
  const auto project = project_id(copy.source_region, copy.source_region, context);
  if (!project) return std::unexpected(project.error());
  ApiCall call =
      ims("ShowJob", copy.source_region, "GET", "/v1/" + *project + "/jobs/" + copy.job_id, copy.image_id);
  const auto answer = api_.call(call, context);
  if (!answer && answer.error().kind == ErrorKind::not_found) {
    // Jobs are kept for a time that nobody documents; the image says what became of them.
    return copy.image_id.empty() ? find_by_origin(copy, context) : look_at_image(copy, context);
  }
  if (!answer) return std::unexpected(answer.error());
  const json job = parse_json(answer->body);
  if (text_at(job, "status").empty()) {
    return std::unexpected(unexpected_answer(call, *answer, "the answer holds no job status"));
  }
  CopyView view = view_of_job(job);
  if (text_at(job, "status") != "SUCCESS") return view;
  if (copy.destination_region.empty()) {
    view.state = CopyState::available;
    return view;
  }
  if (view.image_id.empty()) return find_by_origin(copy, context);

  CopyReference finished = copy;
  finished.image_id = view.image_id;
  auto image = look_at_image(finished, context);
  if (!image || *image) return image;
  view.status_reason = "The copy is finished, but its image is not listed yet.";
  return view;
}

Result<std::optional<CopyView>> Huaweicloud::look_at_image(const CopyReference& copy,
                                                           const core::Context& context) {
  return list_one(copy, {{.name = "id", .value = copy.image_id}}, context);
}

Result<std::optional<CopyView>> Huaweicloud::find_by_origin(const CopyReference& copy,
                                                            const core::Context& context) {
  return list_one(copy, {{.name = "name", .value = copy.name}, {.name = "__imagetype", .value = "private"}},
                  context);
}

Result<std::optional<CopyView>> Huaweicloud::list_one(const CopyReference& copy,
                                                      std::vector<http::QueryParameter> query,
                                                      const core::Context& context) {
  ApiCall call = ims("ListImages", copy.destination_region, "GET", "/v2/cloudimages", copy.image_id);
  call.request.query = std::move(query);
  const auto answer = call_in_project(call, copy.project_name, context);
  if (!answer) return std::unexpected(answer.error());
  const json body = parse_json(answer->body);
  if (!member(body, "images").is_array()) {
    return std::unexpected(unexpected_answer(call, *answer, "the answer holds no list of images"));
  }
  const Origin wanted{.region = copy.source_region, .image_id = copy.source_image_id};
  for (const json& item : list_at(body, "images")) {
    const bool found = copy.image_id.empty() ? text_at(item, "name") == copy.name && origin_of(item) == wanted
                                             : text_at(item, "id") == copy.image_id;
    if (found && text_at(item, "status") != "deleted") return view_of(item);
  }
  return std::nullopt;
}

Result<void> Huaweicloud::cancel_copy(const CopyReference& copy, const core::Context& /*context*/) {
  return std::unexpected(Error{.kind = ErrorKind::cannot_cancel,
                               .message = "Huawei Cloud has no call that cancels a copy",
                               .action = "(none)",
                               .region = copy.source_region,
                               .image_id = copy.image_id});
}

Result<void> Huaweicloud::delete_image(const CopyReference& copy, const core::Context& context) {
  const auto answer = call_in_project(ims("GlanceDeleteImage", copy.destination_region, "DELETE",
                                          "/v2/images/" + copy.image_id, copy.image_id),
                                      copy.project_name, context);
  if (!answer) return std::unexpected(answer.error());
  return {};
}

Result<void> Huaweicloud::update_image(const CopyReference& copy, const ImageChanges& changes,
                                       const core::Context& context) {
  ApiCall call =
      ims("UpdateImage", copy.destination_region, "PATCH", "/v2/cloudimages/" + copy.image_id, copy.image_id);
  json operations = json::array();
  if (changes.name) operations.push_back({{"op", "replace"}, {"path", "/name"}, {"value", *changes.name}});
  // `replace` is refused for an image that was copied without a description; `add` does both
  // (reference huaweicloud-ims 3.7).
  if (changes.description) {
    operations.push_back({{"op", "add"}, {"path", "/__description"}, {"value", *changes.description}});
  }
  set_json_body(call.request, operations);
  const auto answer = call_in_project(call, copy.project_name, context);
  if (!answer) return std::unexpected(answer.error());
  return {};
}

}  // namespace cloud
