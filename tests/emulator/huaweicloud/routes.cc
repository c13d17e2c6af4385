#include "tests/emulator/huaweicloud/routes.h"

#include <array>
#include <optional>

#include "tests/emulator/huaweicloud/actions.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/replies.h"
#include "tests/emulator/ids.h"
#include "tests/emulator/path_pattern.h"

namespace emulator::huaweicloud {
namespace {

/// `open`: the call has credentials in its body and does not require a signature.
enum class Access { ims, iam, open };

struct Route {
  std::string_view action;
  Access access;
  std::string_view method;
  std::string_view path;
  Result<Reply> (*run)(Context& context);
};

constexpr Route entry(std::string_view action, Access access, std::string_view method, std::string_view path,
                      Result<Reply> (*run)(Context& context)) {
  return {.action = action, .access = access, .method = method, .path = path, .run = run};
}

constexpr std::array kRoutes = {
    entry("CopyImageInRegion", Access::ims, "POST", "/v1/cloudimages/{image_id}/copy", copy_image_in_region),
    entry("CopyImageInRegion", Access::ims, "POST", "/v2.1/cloudimages/{image_id}/copy",
          copy_image_in_region),
    entry("CopyImageCrossRegion", Access::ims, "POST", "/v1/cloudimages/{image_id}/cross_region_copy",
          copy_image_cross_region),
    entry("ShowJobProgress", Access::ims, "GET", "/v1/cloudimages/job/{job_id}", show_job),
    entry("ShowJob", Access::ims, "GET", "/v1/{project_id}/jobs/{job_id}", show_job),
    entry("ShowImageQuota", Access::ims, "GET", "/v1/cloudimages/quota", show_quota),
    entry("ListImages", Access::ims, "GET", "/v2/cloudimages", list_images),
    entry("UpdateImage", Access::ims, "PATCH", "/v2/cloudimages/{image_id}", update_image),
    entry("GlanceShowImage", Access::ims, "GET", "/v2/images/{image_id}", show_image),
    entry("GlanceDeleteImage", Access::ims, "DELETE", "/v2/images/{image_id}", delete_image),
    entry("ListImagesTags", Access::ims, "GET", "/v2/{project_id}/images/tags", list_all_tags),
    entry("ListImagesByTag", Access::ims, "POST", "/v2/{project_id}/images/resource_instances/action",
          list_images_by_tag),
    entry("ListImageTags", Access::ims, "GET", "/v2/{project_id}/images/{image_id}/tags", list_image_tags),
    entry("BatchAddOrDeleteTags", Access::ims, "POST", "/v2/{project_id}/images/{image_id}/tags/action",
          change_image_tags),
    entry("AddImageTag", Access::ims, "POST", "/v2/{project_id}/images/{image_id}/tags", add_image_tag),
    entry("DeleteImageTag", Access::ims, "DELETE", "/v2/{project_id}/images/{image_id}/tags/{key}",
          delete_image_tag),
    entry("KeystoneListProjects", Access::iam, "GET", "/v3/projects", list_projects),
    entry("KeystoneCreateToken", Access::open, "POST", "/v3/auth/tokens", create_token),
    entry("KeystoneListAuthDomains", Access::iam, "GET", "/v3/auth/domains", list_domains),
    entry("KeystoneListRegions", Access::iam, "GET", "/v3/regions", list_regions),
    entry("CreateTemporaryAccessKey", Access::open, "POST", "/v3.0/OS-CREDENTIAL/securitytokens",
          create_temporary_key),
};

struct Match {
  const Route* route = nullptr;
  std::map<std::string, std::string> path;
};

std::optional<Match> find_route(const Request& request) {
  for (const Route& route : kRoutes) {
    if (request.wire.method != route.method) continue;
    if (auto values = match_path(route.path, request.path)) {
      return Match{.route = &route, .path = std::move(*values)};
    }
  }
  return std::nullopt;
}

std::string at(const std::map<std::string, std::string>& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

std::optional<ApiError> check_size(const Request& request) {
  constexpr std::size_t kMaxBody = std::size_t{12} * 1024 * 1024;
  if (request.wire.body.size() <= kMaxBody) return std::nullopt;
  return gateway_refusal(413, "0201", "The request body is too large.");
}

Result<Caller> identify(const Match& match, const Request& request, Environment& environment,
                        KeyLocks& locks) {
  if (match.route->access == Access::open && request.header("authorization").empty()) return Caller{};
  auto caller = verify(request, environment, locks);
  if (!caller || match.route->access != Access::ims) return caller;
  auto project = find_scope(request, *caller, environment.world, at(match.path, "project_id"));
  if (!project) return std::unexpected(project.error());
  caller->project_id = std::move(*project);
  return caller;
}

std::optional<ApiError> check_admission(const Match& match, const Request& request, const Caller& caller,
                                        Environment& environment) {
  const std::string action(match.route->action);
  const std::string client = "huaweicloud/" + caller.key.access_key + "/" + action + "/" + request.region;
  if (!environment.rate_limit.admit(client, environment.switches.calls_per_minute,
                                    environment.signing_time)) {
    return gateway_refusal(429, "0308",
                           "The throttling threshold has been reached: policy user over limit,"
                           "limit:" +
                               std::to_string(environment.switches.calls_per_minute) + ",time:1 minute");
  }
  if (caller.key.may(action)) return std::nullopt;
  if (match.route->access != Access::ims) return iam_refusal(403, "Forbidden", "The user may not do this.");
  return ims_refusal("0026", "The user may not do this.");
}

/// In the order of huaweicloud/API.md 6.1.
Result<Reply> run(const Request& request, Environment& environment, KeyLocks& locks) {
  const auto match = find_route(request);
  const bool region_known =
      request.region.empty() || environment.world.knows_region(Cloud::huaweicloud, request.region);
  if (!match || !region_known) {
    return std::unexpected(
        gateway_refusal(404, "0101", "The API does not exist or has not been published in the environment"));
  }
  if (auto refused = check_size(request)) return std::unexpected(*refused);
  const auto caller = identify(*match, request, environment, locks);
  if (!caller) return std::unexpected(caller.error());
  if (auto refused = check_admission(*match, request, *caller, environment)) return std::unexpected(*refused);
  Context context = {.request = request,
                     .caller = *caller,
                     .path = match->path,
                     .environment = environment,
                     .world = environment.world};
  return match->route->run(context);
}

}  // namespace

Description Huaweicloud::describe(const Request& request) const {
  const auto match = find_route(request);
  std::string image = match ? at(match->path, "image_id") : "";
  if (match && match->route->action == "ListImages") image = request.parameter("id");
  return {.region = request.region,
          .action = match ? std::string(match->route->action) : "",
          .image_id = image,
          .access_key = claimed_access_key(request)};
}

ServiceReply Huaweicloud::handle(const Request& request, Environment& environment) {
  const auto reply = run(request, environment, locks_);
  if (!reply) return refuse(request, reply.error());
  const std::string request_id = new_hex_id();
  return {.response = render(*reply, request_id), .request_id = request_id};
}

ServiceReply Huaweicloud::refuse(const Request& /*request*/, const ApiError& api_error) const {
  ApiError named = api_error;
  if (named.code.empty()) named.code = usual_code(named.status);
  const std::string request_id = new_hex_id();
  return {.response = render_refusal(named, request_id), .code = named.code, .request_id = request_id};
}

std::string Huaweicloud::status_word(const Image& image, const Environment& environment) const {
  return huaweicloud::status_word(image, environment);
}

}  // namespace emulator::huaweicloud
