#include "src/cloud/baiducloud/client.h"

#include "src/cloud/baiducloud/errors.h"
#include "src/cloud/baiducloud/replies.h"
#include "src/cloud/baiducloud/signature.h"
#include "src/cloud/baiducloud/vendor.h"
#include "src/cloud/credentials/signing.h"
#include "src/cloud/json.h"

namespace cloud::baiducloud {
namespace {

using nlohmann::json;

constexpr std::string_view kContentType = "application/json; charset=utf-8";

Dialect dialect(const std::shared_ptr<CredentialsProvider>& provider, core::Clock& clock) {
  return signing_dialect(
      vendor(), provider,
      [&clock](http::Request& request, const Credentials& credentials) {
        cloud::baiducloud::sign(request, credentials, clock.utc());
      },
      read_error);
}

}  // namespace

Client::Client(ClientConfig config, Dependencies dependencies)
    : config_(std::move(config)), api_(dependencies, dialect(config_.credentials, dependencies.clock)) {}

ApiCall Client::image_call(std::string action, const std::string& region, std::string method,
                           const std::string& image_id) const {
  return {.action = std::move(action),
          .region = region,
          .request = config_.endpoint.request(region, std::move(method), "/v2/image/" + image_id),
          .image_id = image_id};
}

// baiducloud/API.md 3.1.
Result<CopyReference> Client::start_copy(const CopyRequest& request, const core::Context& context) {
  const CopySpec& spec = request.spec;
  ApiCall call = image_call("remoteCopy", spec.source_region.value(), "POST", spec.source_image_id.value());
  call.request.query = {{.name = "remoteCopy", .value = std::nullopt}};
  call.request.idempotent = false;
  call.must_await_response = true;
  set_json_body(call.request,
                {{"name", spec.name.value()}, {"destRegion", {spec.destination_region.value()}}},
                kContentType);
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  for (const json& item : list_at(body, "result")) {
    if (text_at(item, "region") != spec.destination_region.value()) continue;
    const std::string image_id = text_at(item, "imageId");
    const std::string code = text_at(item, "code");
    if (code.empty() && !image_id.empty()) {
      return CopyReference{.source_region = spec.source_region.value(),
                           .source_image_id = spec.source_image_id.value(),
                           .destination_region = spec.destination_region.value(),
                           .name = spec.name.value(),
                           .image_id = image_id,
                           .last_state = CopyState::queued};
    }
    // A region can fail although the HTTP status is 200 (baiducloud/API.md 3.1).
    Error error = unexpected_response(call, *response, "The destination region refused the copy");
    error.code = code;
    error.kind = code.empty() ? ErrorKind::unexpected : error_kind(code, 409);
    if (const std::string message = text_at(item, "errMsg"); !message.empty()) error.message = message;
    return std::unexpected(std::move(error));
  }
  return std::unexpected(
      unexpected_response(call, *response, "The response contains no image ID for the destination region"));
}

// baiducloud/API.md 3.3.
Result<json> Client::get_image(const std::string& region, const std::string& image_id,
                               const core::Context& context) {
  const ApiCall call = image_call("getImage", region, "GET", image_id);
  const auto response = api_.call(call, context);
  if (!response && response.error().kind == ErrorKind::not_found) return json();
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  if (text_at(member(body, "image"), "id") != image_id) {
    return std::unexpected(unexpected_response(call, *response, "The response does not contain the image"));
  }
  return member(body, "image");
}

Result<CopyStatus> Client::describe_copy(const CopyReference& copy, const core::Context& context) {
  const auto item = get_image(copy.destination_region, copy.image_id, context);
  if (!item) return std::unexpected(item.error());
  return item->is_null() ? CopyStatus{.state = CopyState::absent} : read_image_status(*item);
}

std::vector<Result<CopyStatus>> Client::describe_copies(const std::vector<CopyReference>& copies,
                                                        const core::Context& context) {
  if (copies.size() < 2) return describe_each(copies, context);
  const auto listed = list_images({.region = copies.front().destination_region}, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  return match_or_describe(*listed, copies, context);
}

Result<SourceImage> Client::find_source(const std::string& region, const std::string& image_id,
                                        const core::Context& context) {
  const auto item = get_image(region, image_id, context);
  if (!item) return std::unexpected(item.error());
  return item->is_null() ? SourceImage{.state = CopyState::absent} : read_source(*item);
}

// baiducloud/API.md 1.5.
Result<std::vector<std::string>> Client::list_regions(const std::string& endpoint_region,
                                                      const core::Context& context) {
  ApiCall call{.action = "describeRegions",
               .region = endpoint_region,
               .request = config_.endpoint.request(endpoint_region, "POST", "/v2/region/describeRegions")};
  set_json_body(call.request, json::object(), kContentType);
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  return read_regions(call, *response, member(body, "regions"), "regionId");
}

// baiducloud/API.md 3.7.
Result<std::vector<CopyStatus>> Client::list_images(const ImageQuery& query, const core::Context& context) {
  std::vector<CopyStatus> found;
  std::string marker;
  while (true) {
    ApiCall call{.action = "listImages",
                 .region = query.region,
                 .request = config_.endpoint.request(query.region, "GET", "/v2/image")};
    call.request.query = {{.name = "imageType", .value = "Custom"}, {.name = "maxKeys", .value = "1000"}};
    if (!query.name.empty()) call.request.query.push_back({.name = "imageName", .value = query.name});
    if (!marker.empty()) call.request.query.push_back({.name = "marker", .value = marker});
    const auto response = api_.call(call, context);
    if (!response) return std::unexpected(response.error());
    const json body = parse_json(response->body);
    if (!is_list_with(member(body, "images"), "id")) {
      return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
    }
    for (const json& item : list_at(body, "images")) {
      // The cloud also matches parts of names.
      if (query.name.empty() || text_at(item, "name") == query.name) found.push_back(read_image_status(item));
    }
    if (!boolean_at(body, "isTruncated").value_or(false)) return found;
    std::string next = text_at(body, "nextMarker");
    if (next.empty() || next == marker) {
      return std::unexpected(
          unexpected_response(call, *response, "The response is truncated, but names no next page"));
    }
    marker = std::move(next);
  }
}

// baiducloud/API.md 3.2.
Result<void> Client::cancel_copy(const CopyReference& copy, const core::Context& context) {
  ApiCall call = image_call("cancelRemoteCopy", copy.destination_region, "POST", copy.image_id);
  call.request.query = {{.name = "cancelRemoteCopy", .value = std::nullopt}};
  const auto response = api_.call(call, context);
  if (response) return {};
  Error error = response.error();
  if (error.code == "Image.ImageStatusForbidden") error.kind = ErrorKind::not_copying;
  return std::unexpected(std::move(error));
}

// baiducloud/API.md 3.8.
Result<void> Client::delete_image(const CopyReference& copy, const DeleteOptions& /*options*/,
                                  const core::Context& context) {
  const auto response =
      api_.call(image_call("deleteImage", copy.destination_region, "DELETE", copy.image_id), context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// baiducloud/API.md 3.9.
Result<void> Client::update_image(const CopyReference& copy, const ImageChanges& changes,
                                  const core::Context& context) {
  if (!changes.name) {
    return std::unexpected(Error{.kind = ErrorKind::invalid,
                                 .message = "Images on Baidu AI Cloud have no description",
                                 .action = "(none)",
                                 .region = copy.destination_region,
                                 .image_id = copy.image_id});
  }
  ApiCall call = image_call("renameImage", copy.destination_region, "PUT", "rename");
  call.image_id = copy.image_id;
  set_json_body(call.request, {{"imageId", copy.image_id}, {"name", *changes.name}}, kContentType);
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// baiducloud/API.md 3.12.
Result<void> Client::change_tags(const CopyReference& copy, const TagChanges& changes,
                                 const core::Context& context) {
  const auto change = [&](const char* verb, const json& tags) -> Result<void> {
    if (tags.empty()) return {};
    ApiCall call =
        image_call(std::string(verb) + "Tags", copy.destination_region, "PUT", copy.image_id + "/tag");
    call.image_id = copy.image_id;
    call.request.query = {{.name = verb, .value = std::nullopt}};
    set_json_body(call.request, {{"changeTags", tags}}, kContentType);
    const auto response = api_.call(call, context);
    if (!response) return std::unexpected(response.error());
    return {};
  };
  // A tag is the pair of key and value: unbinding another value would most likely remove nothing, and binding
  // another one would add a second tag.
  const auto pair_of = [&](const std::string& key) -> json {
    const auto former = changes.former.find(key);
    return {{"tagKey", key}, {"tagValue", former == changes.former.end() ? "" : former->second}};
  };
  json removed = json::array();
  for (const std::string& key : changes.remove) removed.push_back(pair_of(key));
  for (const auto& [key, value] : changes.set) {
    if (changes.former.contains(key)) removed.push_back(pair_of(key));
  }
  if (auto done = change("unbind", removed); !done) return done;
  json added = json::array();
  for (const auto& [key, value] : changes.set) added.push_back({{"tagKey", key}, {"tagValue", value}});
  return change("bind", added);
}

}  // namespace cloud::baiducloud
