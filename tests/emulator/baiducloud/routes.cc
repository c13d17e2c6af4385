#include "tests/emulator/baiducloud/routes.h"

#include <array>
#include <optional>

#include "src/core/random.h"
#include "tests/emulator/baiducloud/actions.h"
#include "tests/emulator/baiducloud/errors.h"
#include "tests/emulator/baiducloud/replies.h"
#include "tests/emulator/baiducloud/verify.h"
#include "tests/emulator/path_pattern.h"

namespace emulator::baiducloud {
namespace {

struct Route {
  std::string_view action;
  std::string_view method;
  std::string_view path;
  std::string_view query_item;  ///< the parameter without a value that names the action
  Result<Json> (*run)(Context& context);
  bool takes_token = false;  ///< supports `clientToken` (baiducloud/API.md 1.6)
};

constexpr Route entry(std::string_view action, std::string_view method, std::string_view path,
                      std::string_view query_item, Result<Json> (*run)(Context& context)) {
  return {.action = action, .method = method, .path = path, .query_item = query_item, .run = run};
}

constexpr Route taking_token(Route route) {
  route.takes_token = true;
  return route;
}

constexpr std::array kRoutes = {
    entry("remoteCopy", "POST", "/v2/image/{id}", "remoteCopy", remote_copy),
    entry("cancelRemoteCopy", "POST", "/v2/image/{id}", "cancelRemoteCopy", cancel_remote_copy),
    entry("shareImage", "POST", "/v2/image/{id}", "share", share_image),
    entry("unshareImage", "POST", "/v2/image/{id}", "unshare", unshare_image),
    entry("listImages", "GET", "/v2/image", "", list_images),
    entry("getImage", "GET", "/v2/image/{id}", "", get_image),
    entry("deleteImage", "DELETE", "/v2/image/{id}", "", delete_image),
    taking_token(entry("renameImage", "PUT", "/v2/image/rename", "", rename_image)),
    entry("bindTags", "PUT", "/v2/image/{id}/tag", "bind", bind_tags),
    entry("unbindTags", "PUT", "/v2/image/{id}/tag", "unbind", unbind_tags),
    taking_token(entry("describeRegions", "POST", "/v2/region/describeRegions", "", describe_regions)),
    entry("getSessionToken", "POST", "/v1/sessionToken", "", get_session_token),
    entry("assumeRole", "POST", "/v1/credential", "assumeRole", assume_role),
};

struct Match {
  const Route* route = nullptr;
  std::string image_id;
};

std::optional<Match> find_route(const Request& request) {
  for (const Route& route : kRoutes) {
    if (request.wire.method != route.method) continue;
    if (!route.query_item.empty() && !request.has_parameter(route.query_item)) continue;
    if (const auto values = match_path(route.path, request.path)) {
      const auto id = values->find("id");
      return Match{.route = &route, .image_id = id == values->end() ? "" : id->second};
    }
  }
  return std::nullopt;
}

ApiError no_route(const Request& request) {
  if (!request.path.starts_with("/v2/")) return api_error("InvalidVersion", "The version must be v2.");
  return api_error("InvalidURI", "There is no such call: " + request.wire.method + " " + request.path + ".");
}

Result<Json> read_body(const http::Request& wire) {
  if (wire.body.empty()) return Json::object();
  Json body = Json::parse(wire.body, nullptr, false);
  if (body.is_discarded()) return std::unexpected(api_error("MalformedJSON", "The body is not JSON."));
  if (!body.is_object())
    return std::unexpected(api_error("InappropriateJSON", "The body must be an object."));
  return body;
}

std::optional<ApiError> check_admission(const Request& request, const Route& route, const AccessKey& key,
                                        Environment& environment) {
  if (!key.may(route.action)) return api_error("AccessDenied", "The user is not allowed to make this call.");
  const std::string client =
      "baiducloud/" + key.access_key + "/" + std::string(route.action) + "/" + request.region;
  if (environment.rate_limit.admit(client, environment.switches.calls_per_minute, environment.signing_time))
    return std::nullopt;
  return api_error("RateLimit", "There were too many requests.");
}

/// Returns the same reply to the same call with the same token, until a day after its last use
/// (baiducloud/API.md 1.6).
Result<Json> run_once(const Route& route, Context& context) {
  constexpr std::chrono::hours kLifetime{24};
  const std::string token = context.request.parameter("clientToken");
  if (!route.takes_token || token.empty()) return route.run(context);
  const std::string key = "baiducloud/" + context.key.account + "/" + context.request.region + "/" + token;
  const std::string parameters = context.request.wire.target() + " " + dump(context.body);
  auto& remembered = context.world.data().remembered_calls;
  const auto known = remembered.find(key);
  if (known != remembered.end() && known->second.at + kLifetime > context.world.now()) {
    if (known->second.parameters != parameters) {
      return std::unexpected(
          api_error("IdempotentParameterMismatch", "The clientToken was used with other parameters."));
    }
    known->second.at = context.world.now();
    return Json::parse(known->second.reply);
  }
  auto reply = route.run(context);
  if (reply) {
    remembered[key] = {.parameters = parameters, .reply = dump(*reply), .at = context.world.now()};
  }
  return reply;
}

/// In the order of baiducloud/API.md 6.2.
Result<Json> run(const Request& request, Environment& environment) {
  const auto match = find_route(request);
  if (!match) return std::unexpected(no_route(request));
  if (!request.region.empty() && !environment.world.knows_region(Cloud::baiducloud, request.region)) {
    return std::unexpected(api_error("InvalidURI", "There is no region " + request.region + "."));
  }
  const auto key = verify(request, environment);
  if (!key) return std::unexpected(key.error());
  if (auto refused = check_admission(request, *match->route, *key, environment))
    return std::unexpected(*refused);
  auto body = read_body(request.wire);
  if (!body) return std::unexpected(body.error());
  Context context = {.request = request,
                     .key = *key,
                     .image_id = match->image_id,
                     .body = std::move(*body),
                     .environment = environment,
                     .world = environment.world};
  return run_once(*match->route, context);
}

std::string image_id_in(const Request& request, const std::optional<Match>& match) {
  if (!match) return "";
  if (match->route->action != "renameImage") return match->image_id;
  const auto body = read_body(request.wire);
  const bool named = body && body->contains("imageId") && (*body)["imageId"].is_string();
  return named ? (*body)["imageId"].get<std::string>() : "";
}

}  // namespace

Description Baiducloud::describe(const Request& request) const {
  const auto match = find_route(request);
  return {.region = request.region,
          .action = match ? std::string(match->route->action) : "",
          .image_id = image_id_in(request, match),
          .access_key = claimed_access_key(request)};
}

ServiceReply Baiducloud::handle(const Request& request, Environment& environment) {
  const Result<Json> outcome = run(request, environment);
  if (!outcome) return refuse(request, outcome.error());
  const std::string request_id = core::random_uuid();
  const std::string nothing = environment.switches.baiducloud.empty_object ? "{}" : "";
  return {.response = render(200, outcome->is_null() ? nothing : dump(*outcome), request_id),
          .request_id = request_id};
}

ServiceReply Baiducloud::refuse(const Request& /*request*/, const ApiError& api_error) const {
  ApiError named = api_error;
  if (named.code.empty()) named.code = usual_code(named.status);
  const std::string request_id = core::random_uuid();
  return {.response = render_refusal(named, request_id), .code = named.code, .request_id = request_id};
}

std::string Baiducloud::status_word(const Image& image, const Environment& environment) const {
  return baiducloud::status_word(image, environment);
}

}  // namespace emulator::baiducloud
