#include "tests/emulator/alicloud/routes.h"

#include <algorithm>
#include <array>

#include "src/core/random.h"
#include "src/core/text.h"
#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/replies.h"

namespace emulator::alicloud {
namespace {

constexpr std::string_view kEcsVersion = "2014-05-26";
constexpr std::string_view kStsVersion = "2015-04-01";

/// `anywhere`: does not require a `RegionId`. `open`: neither that nor a signature.
enum class Access { region, anywhere, open };

struct Route {
  std::string_view action;
  Result<Json> (*run)(Context& context);
  Access access = Access::region;
  std::string_view version;
};

constexpr Route entry(std::string_view action, Result<Json> (*run)(Context& context),
                      Access access = Access::region, std::string_view version = kEcsVersion) {
  return {.action = action, .run = run, .access = access, .version = version};
}

constexpr std::array kRoutes = {
    entry("CopyImage", copy_image),
    entry("CancelCopyImage", cancel_copy_image),
    entry("DescribeImages", describe_images),
    entry("DeleteImage", delete_image),
    entry("ModifyImageAttribute", modify_image_attribute),
    entry("TagResources", tag_resources),
    entry("UntagResources", untag_resources),
    entry("ListTagResources", list_tag_resources),
    entry("DescribeSnapshots", describe_snapshots),
    entry("DeleteSnapshot", delete_snapshot, Access::anywhere),
    entry("DescribeRegions", describe_regions, Access::anywhere),
    entry("AssumeRole", assume_role, Access::anywhere, kStsVersion),
    entry("AssumeRoleWithOIDC", assume_role_with_oidc, Access::open, kStsVersion),
    entry("GetCallerIdentity", get_caller_identity, Access::anywhere, kStsVersion),
};

Result<const Route*> find_route(const Call& call) {
  const auto* route = std::ranges::find(kRoutes, call.action, &Route::action);
  if (route == kRoutes.end()) {
    if (call.version != kEcsVersion && call.version != kStsVersion) {
      return std::unexpected(api_error("InvalidVersion", "There is no version " + call.version + "."));
    }
    return std::unexpected(api_error("InvalidAction.NotFound", "There is no action " + call.action + "."));
  }
  if (call.version == route->version) return route;
  return std::unexpected(
      api_error("InvalidVersion", "The version must be " + std::string(route->version) + "."));
}

/// Checks 12 to 14 of alicloud/API.md 6.1.
std::optional<ApiError> check_admission(const Context& context, const Route& route) {
  const Call& call = context.call;
  const emulator::Switches& switches = context.environment.switches;
  if (!context.key.may(call.action)) {
    return api_error("Forbidden.RAM", "The user is not allowed to call " + call.action + ".");
  }
  const UtcTime now = context.environment.signing_time;
  const std::string client = "alicloud/" + context.key.access_key + "/" + call.action + "/" + context.region;
  if (!context.environment.rate_limit.admit(client, switches.calls_per_minute, now)) {
    ApiError refused = api_error("Throttling.User", "The request was denied due to user flow control.");
    const auto wait = std::to_string(until_next_minute(now).count());
    refused.headers.push_back({.name = "x-acs-retry-after", .value = wait});
    return refused;
  }
  if (route.access != Access::region) return std::nullopt;
  if (call.get("RegionId").empty()) return missing("RegionId");
  const std::string& endpoint = call.request.region;
  const bool served = endpoint.empty() || endpoint == context.region || switches.alicloud.serve_other_regions;
  if (served && context.world.knows_region(Cloud::alicloud, context.region)) return std::nullopt;
  return api_error(call.action == "CopyImage" ? "SourceRegion.NotFound" : "InvalidRegionId.NotFound",
                   "There is no region " + context.region + " at this endpoint.");
}

Result<Json> run(const Call& call, Environment& environment, Nonces& nonces) {
  const auto route = find_route(call);
  const bool open = route && (*route)->access == Access::open;
  const auto key = open ? Result<AccessKey>(AccessKey()) : verify(call, environment, nonces);
  if (!key) return std::unexpected(key.error());
  if (!route) return std::unexpected(route.error());
  std::string region = call.get("RegionId");
  if (region.empty()) region = call.request.region;
  Context context = {
      .call = call, .key = *key, .region = region, .environment = environment, .world = environment.world};
  if (auto refused = check_admission(context, **route)) return std::unexpected(*refused);
  return (*route)->run(context);
}

}  // namespace

Result<Json> describe_regions(Context& context) {
  const std::string language = context.call.get("AcceptLanguage");
  if (!language.empty() && !std::string_view("zh-CN en-US ja").contains(language)) {
    return std::unexpected(api_error("InvalidAcceptLanguage.NotFound", "Unknown AcceptLanguage."));
  }
  Json regions = Json::array();
  for (const std::string& region : context.world.data().regions.at(Cloud::alicloud)) {
    regions.push_back({{"RegionId", region},
                       {"LocalName", region},
                       {"RegionEndpoint", "ecs." + region + ".aliyuncs.com"},
                       {"Status", "available"}});
  }
  return Json{{"Regions", {{"Region", regions}}}};
}

Description Alicloud::describe(const Request& request) const {
  const Call call = read_call(request);
  std::string image = call.get("ImageId");
  if (image.empty()) image = call.get("ResourceId.1");
  return {.region = request.region.empty() ? call.get("RegionId") : request.region,
          .action = call.action,
          .image_id = image,
          .access_key = claimed_access_key(call)};
}

ServiceReply Alicloud::handle(const Request& request, Environment& environment) {
  const Call call = read_call(request);
  const auto result = run(call, environment, nonces_);
  if (!result) return refuse(request, result.error());
  const std::string request_id = core::to_upper(core::random_uuid());
  Json body = {{"RequestId", request_id}};
  body.update(*result);
  return {.response = render(call, 200, call.action + "Response", body), .request_id = request_id};
}

ServiceReply Alicloud::refuse(const Request& request, const ApiError& api_error) const {
  ApiError named = api_error;
  if (named.code.empty()) named.code = usual_code(named.status);
  const std::string request_id = core::to_upper(core::random_uuid());
  return {.response = render_refusal(read_call(request), named, request_id),
          .code = named.code,
          .request_id = request_id};
}

std::string Alicloud::status_word(const Image& image, const Environment& environment) const {
  return alicloud::status_word(image, environment.switches);
}

}  // namespace emulator::alicloud
