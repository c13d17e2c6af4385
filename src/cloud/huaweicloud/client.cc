#include "src/cloud/huaweicloud/client.h"

#include "src/cloud/credentials/signing.h"
#include "src/cloud/huaweicloud/errors.h"
#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/listing.h"
#include "src/cloud/huaweicloud/replies.h"
#include "src/cloud/huaweicloud/signature.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::huaweicloud {
namespace {

using nlohmann::json;

Dialect signing(const std::shared_ptr<CredentialsProvider>& provider, core::Clock& clock) {
  return signing_dialect(
      vendor(), provider,
      [&clock](http::Request& request, const Credentials& credentials) {
        cloud::huaweicloud::sign(request, credentials, clock.utc());
      },
      read_error);
}

Dialect dialect(const ClientConfig& config, core::Clock& clock) {
  if (!config.tokens) return signing(config.credentials, clock);
  return {.vendor = vendor(),
          .authorize = [tokens = config.tokens](http::Request& request, const ApiCall& call,
                                                const core::Context& context) -> Result<void> {
            const auto token =
                tokens->token(call.region, call.project.empty() ? call.region : call.project, context);
            if (!token) return std::unexpected(token.error());
            http::set_header(request.headers, "X-Auth-Token", token->text);
            return {};
          },
          .renew = [tokens = config.tokens] { return tokens->renew(); },
          .read_error = read_error};
}

/// The most images in one page (huaweicloud/API.md 3.4).
constexpr std::size_t kMaxListed = 500;

/// How often a listing is begun again because images were deleted while it was read.
constexpr int kMaxBeginnings = 5;

bool is_marker_refused(const Error& error) {
  return error.kind == ErrorKind::not_found || error.kind == ErrorKind::invalid;
}

/// A new copy is not listed in its first seconds. This many of those are read by their jobs in one poll.
constexpr std::size_t kMaxUnlisted = 5;

}  // namespace

Client::Client(ClientConfig config, Dependencies dependencies)
    : config_(std::move(config)),
      api_(dependencies, dialect(config_, dependencies.clock)),
      ims_(config_, api_),
      tags_(ims_) {}

std::string Client::unreachable_reason(const std::string& source, const std::string& destination) const {
  if (!config_.tokens || !config_.tokens->is_of_one_project() || source == destination) return "";
  return "A token is valid for the project of one region, so a copy to another region could not be polled. "
         "Use an access key or a password.";
}

std::string Client::default_project(const std::string& region) const {
  return ims_.default_project(region);
}

json Client::copy_body(const CopySpec& spec) const {
  json body = {{"name", spec.name.value()}};
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) body[name] = value;
  };
  add("description", spec.description.value());
  if (spec.source_region.value() == spec.destination_region.value()) {
    add("cmk_id", spec.kms_key_id.value());
    add("enterprise_project_id", spec.resource_group_id.value().empty() ? config_.enterprise_project_id
                                                                        : spec.resource_group_id.value());
    return body;
  }
  body["region"] = spec.destination_region.value();
  body["project_name"] = spec.project_name.value().empty() ? default_project(spec.destination_region.value())
                                                           : spec.project_name.value();
  const auto extras = spec.extras.get<CopyExtras>();
  add("agency_name", extras.agency_name.value());
  add("vault_id", extras.vault_id.value());
  return body;
}

std::string Client::effective_resource_group(const CopySpec& spec) const {
  // A copy across regions has no such argument.
  if (spec.source_region.value() != spec.destination_region.value()) return "";
  const std::string& chosen =
      spec.resource_group_id.value().empty() ? config_.enterprise_project_id : spec.resource_group_id.value();
  return chosen == kDefaultEnterpriseProject ? "" : chosen;
}

// huaweicloud/API.md 3.1, 3.2.
Result<CopyReference> Client::start_copy(const CopyRequest& request, const core::Context& context) {
  const CopySpec& spec = request.spec;
  const bool in_region = spec.source_region.value() == spec.destination_region.value();
  ApiCall call = ims_.prepare(
      in_region ? "CopyImageInRegion" : "CopyImageCrossRegion", spec.source_region.value(), "POST",
      "/v1/cloudimages/" + spec.source_image_id.value() + (in_region ? "/copy" : "/cross_region_copy"),
      spec.source_image_id.value());
  call.request.idempotent = false;
  call.must_await_response = true;
  set_json_body(call.request, copy_body(spec));
  const auto response = ims_.call(call, "", context);
  if (!response) return std::unexpected(response.error());
  const std::string job_id = text_at(parse_json(response->body), "job_id");
  if (job_id.empty())
    return std::unexpected(unexpected_response(call, *response, "The response contains no job ID"));
  return CopyReference{.source_region = spec.source_region.value(),
                       .source_image_id = spec.source_image_id.value(),
                       .destination_region = spec.destination_region.value(),
                       .project_name = spec.project_name.value(),
                       .name = spec.name.value(),
                       .job_id = job_id,
                       .last_state = CopyState::queued};
}

Result<CopyStatus> Client::describe_copy(const CopyReference& copy, const core::Context& context) {
  return describe_copy(copy, nullptr, context);
}

Result<CopyStatus> Client::describe_copy(const CopyReference& copy, const Listing* listing,
                                         const core::Context& context) {
  // A job does not report the destination of its copy; without it, only the job can be described.
  if (copy.destination_region.empty()) return describe_job(copy, listing, context);
  const bool finished = copy.last_state == CopyState::available && !copy.image_id.empty();
  return finished || copy.job_id.empty() ? describe_image(copy, context)
                                         : describe_job(copy, listing, context);
}

// huaweicloud/API.md 3.3.
Result<CopyStatus> Client::describe_job(const CopyReference& copy, const Listing* listing,
                                        const core::Context& context) {
  const std::string project_name = default_project(copy.source_region);
  const auto project = ims_.project_id(copy.source_region, project_name, context);
  if (!project) return std::unexpected(project.error());
  const ApiCall call = ims_.prepare("ShowJob", copy.source_region, "GET",
                                    "/v1/" + *project + "/jobs/" + copy.job_id, copy.image_id);
  const auto response = ims_.call(call, project_name, context);
  if (!response && response.error().kind == ErrorKind::not_found && !copy.destination_region.empty()) {
    // How long jobs are kept is not documented; the image shows how the job ended.
    return copy.image_id.empty() ? find_by_origin(copy, context) : describe_image(copy, context);
  }
  if (!response) return std::unexpected(response.error());
  const json job = parse_json(response->body);
  if (text_at(job, "status").empty()) {
    return std::unexpected(unexpected_response(call, *response, "The response contains no job status"));
  }
  CopyStatus status = read_job_status(job);
  if (status.state == CopyState::failed) return with_failed_image(copy, std::move(status), context);
  if (text_at(job, "status") != "SUCCESS") return status;
  if (copy.destination_region.empty()) {
    status.state = CopyState::available;
    return status;
  }
  if (status.image_id.empty()) return find_by_origin(copy, context);

  CopyReference finished = copy;
  finished.image_id = status.image_id;
  const CopyStatus* listed = listing == nullptr ? nullptr : listing->image_of(finished);
  if (listed != nullptr && listed->state == CopyState::available) return *listed;
  auto image = describe_image(finished, context);
  if (!image || image->state != CopyState::absent) return image;
  status.status_reason = "The copy is finished, but its image is not listed yet.";
  return status;
}

CopyStatus Client::with_failed_image(const CopyReference& copy, CopyStatus status,
                                     const core::Context& context) {
  if (copy.destination_region.empty()) return status;
  CopyReference failed = copy;
  if (!status.image_id.empty()) failed.image_id = status.image_id;
  const auto left =
      failed.image_id.empty() ? find_by_origin(failed, context) : describe_image(failed, context);
  // Another image of the same name and origin is not what this job left.
  if (!left || left->state != CopyState::failed) return status;
  status.image_id = left->image_id;
  status.image = left->image;
  return status;
}

// huaweicloud/API.md 3.4.
Result<json> Client::list_image(const CopyReference& copy, const core::Context& context) {
  const auto listed = list(copy, {{.name = "id", .value = copy.image_id}}, context);
  if (!listed) return std::unexpected(listed.error());
  for (const json& item : *listed) {
    if (text_at(item, "id") == copy.image_id) return is_deleted(item) ? json() : item;
  }
  if (listed->empty()) return json();
  return std::unexpected(Error{.kind = ErrorKind::unexpected,
                               .message = "The response lists other images than the requested one.",
                               .action = "ListImages",
                               .region = copy.destination_region,
                               .image_id = copy.image_id});
}

Result<CopyStatus> Client::describe_image(const CopyReference& copy, const core::Context& context) {
  const auto item = list_image(copy, context);
  if (!item) return std::unexpected(item.error());
  return item->is_null() ? CopyStatus{.state = CopyState::absent} : read_image_status(*item);
}

// huaweicloud/API.md 3.4.
Result<CopyStatus> Client::find_by_origin(const CopyReference& copy, const core::Context& context) {
  const auto own = own_images(copy.destination_region, copy.project_name, context);
  if (!own) return std::unexpected(own.error());
  const auto listed = list(copy, {{.name = "name", .value = copy.name}, *own}, context);
  if (!listed) return std::unexpected(listed.error());
  const Origin origin{.region = copy.source_region, .image_id = copy.source_image_id};
  std::vector<std::string> ids;
  CopyStatus found{.state = CopyState::absent};
  for (const json& item : *listed) {
    if (text_at(item, "name") != copy.name || read_origin(item) != origin || is_deleted(item)) continue;
    ids.push_back(text_at(item, "id"));
    found = read_image_status(item);
  }
  if (ids.size() < 2) return found;
  return std::unexpected(Error{.kind = ErrorKind::invalid,
                               .message = "The job " + copy.job_id + " no longer exists, and the images " +
                                          core::join(ids, " and ") + " in " + copy.destination_region +
                                          " are all named \"" + copy.name + "\" and copied from " +
                                          copy.source_image_id +
                                          ". Find out which image belongs to this resource, remove the "
                                          "resource from the state and import that image."});
}

// `__imagetype=private` leaves out own images that are shared with others (huaweicloud/API.md 3.4), but needs
// no permission to list projects.
Result<http::QueryParameter> Client::own_images(const std::string& region, const std::string& project_name,
                                                const core::Context& context) {
  const auto owner =
      ims_.project_id(region, project_name.empty() ? default_project(region) : project_name, context);
  if (owner) return http::QueryParameter{.name = "owner", .value = *owner};
  if (owner.error().kind != ErrorKind::permission_denied) return std::unexpected(owner.error());
  return http::QueryParameter{.name = "__imagetype", .value = "private"};
}

Result<std::vector<json>> Client::list(const CopyReference& copy, std::vector<http::QueryParameter> query,
                                       const core::Context& context) {
  ApiCall call = ims_.prepare("ListImages", copy.destination_region, "GET", "/v2/cloudimages", copy.image_id);
  call.request.query = std::move(query);
  const auto response = ims_.call(call, copy.project_name, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  if (!is_list_with(member(body, "images"), "id")) {
    return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
  }
  return list_at(body, "images");
}

std::vector<Result<CopyStatus>> Client::describe_copies(const std::vector<CopyReference>& copies,
                                                        const core::Context& context) {
  const CopyReference& any = copies.front();
  if (copies.size() < traits().batch_threshold || any.destination_region.empty()) {
    return describe_each(copies, context);
  }
  // A copy that an incomplete page leaves out is read by its job.
  auto listed =
      list_own({.region = any.destination_region, .project_name = any.project_name}, false, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  const Listing listing(*std::move(listed));
  std::vector<Result<CopyStatus>> statuses;
  statuses.reserve(copies.size());
  std::vector<std::size_t> unlisted;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    const CopyReference& copy = copies[i];
    if (auto status = listing.find_status(copy)) {
      statuses.emplace_back(*std::move(status));
    } else if (copy.last_state == CopyState::queued && !listing.image_of(copy)) {
      unlisted.push_back(i);
      statuses.emplace_back(CopyStatus{.state = CopyState::queued, .image_id = copy.image_id});
    } else {
      statuses.push_back(describe_copy(copy, &listing, context));
    }
  }
  // Different copies in each poll, because one may have failed before it was listed.
  const std::size_t first = described_together_++ * kMaxUnlisted;
  for (std::size_t k = 0; k < std::min(kMaxUnlisted, unlisted.size()); ++k) {
    const std::size_t i = unlisted[(first + k) % unlisted.size()];
    statuses[i] = describe_copy(copies[i], &listing, context);
  }
  return statuses;
}

Result<std::vector<CopyStatus>> Client::list_images(const ImageQuery& query, const core::Context& context) {
  // The response does not say whether there is another page (huaweicloud/API.md 3.4). Few images have the
  // same name.
  return list_own(query, query.name.empty(), context);
}

// huaweicloud/API.md 3.4.
Result<std::vector<json>> Client::list_page(const ImageQuery& query, const std::string& marker,
                                            const core::Context& context) {
  auto own = own_images(query.region, query.project_name, context);
  if (!own) return std::unexpected(own.error());
  std::vector<http::QueryParameter> parameters = {*std::move(own),
                                                  {.name = "limit", .value = std::to_string(kMaxListed)}};
  if (!query.name.empty()) parameters.push_back({.name = "name", .value = query.name});
  if (!marker.empty()) parameters.push_back({.name = "marker", .value = marker});
  return list({.destination_region = query.region, .project_name = query.project_name}, std::move(parameters),
              context);
}

Result<std::vector<CopyStatus>> Client::list_own(const ImageQuery& query, bool until_empty,
                                                 const core::Context& context) {
  std::vector<CopyStatus> found;
  std::string marker;
  int beginnings = 1;
  while (true) {
    const auto page = list_page(query, marker, context);
    // The image that the marker names may be deleted meanwhile.
    if (!page && is_marker_refused(page.error()) && !marker.empty() && beginnings < kMaxBeginnings) {
      ++beginnings;
      found.clear();
      marker.clear();
      continue;
    }
    if (!page) return std::unexpected(page.error());
    if (page->empty() || text_at(page->back(), "id") == marker) return found;
    marker = text_at(page->back(), "id");
    for (const json& item : *page) {
      const bool named = query.name.empty() || text_at(item, "name") == query.name;
      if (named && !is_deleted(item)) found.push_back(read_image_status(item));
    }
    if (!until_empty && page->size() < kMaxListed) return found;
  }
}

Result<SourceImage> Client::find_source(const std::string& region, const std::string& image_id,
                                        const core::Context& context) {
  const auto item = list_image({.destination_region = region, .image_id = image_id}, context);
  if (!item) return std::unexpected(item.error());
  if (item->is_null()) return SourceImage{.state = CopyState::absent};
  if (text_at(*item, "__imagetype") != "shared") return read_source(*item, true);
  const auto is_own = ims_.owns_project(region, text_at(*item, "owner"), context);
  // Without the permission to list projects, the copy call decides.
  if (!is_own && is_own.error().kind == ErrorKind::permission_denied) return read_source(*item, true);
  if (!is_own) return std::unexpected(is_own.error());
  return read_source(*item, *is_own);
}

// huaweicloud/API.md 3.9.
Result<ImageQuota> Client::read_quota(const std::string& region, const std::string& project_name,
                                      const core::Context& context) {
  const ApiCall call = ims_.prepare("ShowImageQuota", region, "GET", "/v1/cloudimages/quota", "");
  const auto response = ims_.call(call, project_name, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  for (const json& item : list_at(member(body, "quotas"), "resources")) {
    const auto used = integer_at(item, "used");
    const auto limit = integer_at(item, "quota");
    if (text_at(item, "type") == "image" && used && limit) return ImageQuota{.used = *used, .limit = *limit};
  }
  return std::unexpected(unexpected_response(call, *response, "The response contains no quota of images"));
}

// huaweicloud/API.md 1.5.
Result<std::vector<std::string>> Client::list_regions(const std::string& endpoint_region,
                                                      const core::Context& context) {
  const ApiCall call{.action = "KeystoneListRegions",
                     .region = endpoint_region,
                     .request = config_.iam_endpoint.request(endpoint_region, "GET", "/v3/regions"),
                     .project = default_project(endpoint_region)};
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  return read_regions(call, *response, member(body, "regions"), "id");
}

// huaweicloud/API.md 3.11.
Result<void> Client::cancel_copy(const CopyReference& copy, const core::Context& /*context*/) {
  return std::unexpected(Error{.kind = ErrorKind::cannot_cancel,
                               .message = "Huawei Cloud does not support canceling a copy",
                               .action = "(none)",
                               .region = copy.source_region,
                               .image_id = copy.image_id});
}

// huaweicloud/API.md 3.6.
Result<void> Client::delete_image(const CopyReference& copy, const DeleteOptions& options,
                                  const core::Context& context) {
  ApiCall call = ims_.prepare("GlanceDeleteImage", copy.destination_region, "DELETE",
                              "/v2/images/" + copy.image_id, copy.image_id);
  const bool has_backup = options.image.get<ImageExtras>().has_backup;
  if (options.with_snapshots && has_backup) set_json_body(call.request, {{"delete_backup", true}});
  const auto response = ims_.call(std::move(call), copy.project_name, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// huaweicloud/API.md 3.7.
Result<void> Client::update_image(const CopyReference& copy, const ImageChanges& changes,
                                  const core::Context& context) {
  ApiCall call = ims_.prepare("UpdateImage", copy.destination_region, "PATCH",
                              "/v2/cloudimages/" + copy.image_id, copy.image_id);
  json operations = json::array();
  if (changes.name) operations.push_back({{"op", "replace"}, {"path", "/name"}, {"value", *changes.name}});
  // `replace` is refused for an image that was copied without a description; `add` does both
  // (huaweicloud/API.md 3.7).
  if (changes.description) {
    operations.push_back({{"op", "add"}, {"path", "/__description"}, {"value", *changes.description}});
  }
  set_json_body(call.request, operations);
  const auto response = ims_.call(call, copy.project_name, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

}  // namespace cloud::huaweicloud
