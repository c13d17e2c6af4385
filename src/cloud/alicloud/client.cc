#include "src/cloud/alicloud/client.h"

#include <algorithm>

#include "src/cloud/alicloud/errors.h"
#include "src/cloud/alicloud/replies.h"
#include "src/cloud/alicloud/signature.h"
#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/credentials/signing.h"
#include "src/cloud/json.h"
#include "src/core/random.h"
#include "src/core/text.h"

namespace cloud::alicloud {
namespace {

using nlohmann::json;

Dialect dialect(const std::shared_ptr<CredentialsProvider>& provider, core::Clock& clock) {
  return signing_dialect(
      vendor(), provider,
      [&clock](http::Request& request, const Credentials& credentials) {
        cloud::alicloud::sign(request, credentials, clock.utc(), core::random_uuid());
      },
      read_error);
}

/// Without a status, only finished images are listed. Gateways from before 2026-08 do not know `ALL` and may
/// list nothing for it (alicloud/API.md 3.3).
constexpr const char* kAllStatuses = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

/// How many of the copies are among the images.
std::size_t count_listed(const std::vector<CopyStatus>& images, std::span<const CopyReference> copies) {
  const auto is_listed = [&](const CopyReference& copy) {
    return std::ranges::find(images, copy.image_id, &CopyStatus::image_id) != images.end();
  };
  return static_cast<std::size_t>(std::ranges::count_if(copies, is_listed));
}

}  // namespace

Client::Client(ClientConfig config, Dependencies dependencies)
    : config_(std::move(config)), api_(dependencies, dialect(config_.credentials, dependencies.clock)) {}

ApiCall Client::rpc(std::string action, const std::string& region, const std::string& image_id,
                    std::vector<http::QueryParameter> parameters) const {
  http::Request request = config_.endpoint.request(region, "POST", "/");
  request.query = std::move(parameters);
  request.query.push_back({.name = "RegionId", .value = region});
  if (!image_id.empty()) request.query.push_back({.name = "ImageId", .value = image_id});
  request.headers = {{.name = "x-acs-action", .value = action},
                     {.name = "x-acs-version", .value = "2014-05-26"},
                     {.name = "Accept", .value = "application/json"}};
  return {.action = std::move(action), .region = region, .request = std::move(request), .image_id = image_id};
}

namespace {

/// The most tags in one call (alicloud/API.md 3.6).
constexpr std::size_t kMaxTags = 20;

/// The most images in one page (alicloud/API.md 3.3).
constexpr std::size_t kMaxImages = 100;

void add_tags(ApiCall& call, const Tags& tags) {
  int number = 0;
  for (const auto& [key, value] : tags) {
    const std::string prefix = "Tag." + std::to_string(++number) + ".";
    call.request.query.push_back({.name = prefix + "Key", .value = key});
    call.request.query.push_back({.name = prefix + "Value", .value = value});
  }
}

}  // namespace

// alicloud/API.md 3.1.
Result<CopyReference> Client::start_copy(const CopyRequest& request, const core::Context& context) {
  const CopySpec& spec = request.spec;
  ApiCall call = rpc("CopyImage", spec.source_region.value(), spec.source_image_id.value(),
                     {{.name = "DestinationRegionId", .value = spec.destination_region.value()},
                      {.name = "DestinationImageName", .value = spec.name.value()},
                      {.name = "ClientToken", .value = request.client_token}});
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) call.request.query.push_back({.name = std::string(name), .value = value});
  };
  add("DestinationDescription", spec.description.value());
  add("KMSKeyId", spec.kms_key_id.value());
  add("ResourceGroupId", spec.resource_group_id.value());
  Tags tags = spec.tags;
  if (!request.copy_key.empty()) {
    tags.emplace(kCopyKeyTag, request.copy_key + kAfterCopyKey + spec.source_region.value());
  }
  add_tags(call, tags);
  if (spec.encrypted.is_set()) add("Encrypted", spec.encrypted.value() ? "true" : "false");
  call.must_await_response = true;
  // The client token makes the call idempotent (alicloud/API.md 3.10).
  auto response = api_.call(call, context);
  if (!response) {
    // In this call, the error is about the source, which is itself still being copied.
    if (response.error().kind == ErrorKind::still_copying) response.error().kind = ErrorKind::busy;
    return std::unexpected(response.error());
  }
  const std::string image_id = text_at(parse_json(response->body), "ImageId");
  if (image_id.empty())
    return std::unexpected(unexpected_response(call, *response, "The response contains no image ID"));
  return CopyReference{.source_region = spec.source_region.value(),
                       .source_image_id = spec.source_image_id.value(),
                       .destination_region = spec.destination_region.value(),
                       .name = spec.name.value(),
                       .image_id = image_id,
                       .last_state = CopyState::queued};
}

// alicloud/API.md 3.3.
Result<json> Client::describe_image(const std::string& region, const std::string& image_id,
                                    const core::Context& context, std::string_view owner) {
  ApiCall call = rpc("DescribeImages", region, image_id, {{.name = "Status", .value = kAllStatuses}});
  if (!owner.empty()) {
    call.request.query.push_back({.name = "ImageOwnerAlias", .value = std::string(owner)});
  }
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  if (!is_list_with(member(member(body, "Images"), "Image"), "ImageId")) {
    return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
  }
  for (const json& item : list_at(member(body, "Images"), "Image")) {
    if (text_at(item, "ImageId") == image_id) return item;
  }
  if (!list_at(member(body, "Images"), "Image").empty()) {
    return std::unexpected(
        unexpected_response(call, *response, "The response lists other images than the requested one"));
  }
  return json();
}

Result<CopyStatus> Client::describe_copy(const CopyReference& copy, const core::Context& context) {
  const auto item = describe_image(copy.destination_region, copy.image_id, context);
  if (!item) return std::unexpected(item.error());
  return item->is_null() ? CopyStatus{.state = CopyState::absent} : read_image_status(*item);
}

Result<std::vector<CopyStatus>> Client::describe_images(std::span<const CopyReference> copies,
                                                        const core::Context& context) {
  std::vector<CopyStatus> found;
  while (!copies.empty()) {
    std::vector<std::string> ids;
    for (const CopyReference& copy : copies.first(std::min(kMaxImages, copies.size()))) {
      ids.push_back(copy.image_id);
    }
    const ApiCall call = rpc("DescribeImages", copies.front().destination_region, core::join(ids, ","),
                             {{.name = "Status", .value = kAllStatuses},
                              {.name = "PageSize", .value = std::to_string(kMaxImages)}});
    const auto response = api_.call(call, context);
    if (!response) return std::unexpected(response.error());
    const json body = parse_json(response->body);
    if (!is_list_with(member(member(body, "Images"), "Image"), "ImageId")) {
      return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
    }
    for (const json& item : list_at(member(body, "Images"), "Image"))
      found.push_back(read_image_status(item));
    copies = copies.subspan(ids.size());
  }
  return found;
}

/// Whether several IDs may be joined is not certain (alicloud/API.md 3.3); a listing always works.
std::vector<Result<CopyStatus>> Client::describe_copies(const std::vector<CopyReference>& copies,
                                                        const core::Context& context) {
  if (copies.size() < 2) return describe_each(copies, context);
  std::size_t joined = 0;
  if (joins_ids_) {
    const auto found = describe_images(copies, context);
    const bool is_refused =
        !found && (found.error().kind == ErrorKind::invalid || found.error().kind == ErrorKind::not_found);
    if (!found && !is_refused) return {copies.size(), std::unexpected(found.error())};
    if (found) joined = count_listed(*found, copies);
    if (joined + 1 >= copies.size()) return match_or_describe(*found, copies, context);
  }
  const auto listed = list_images({.region = copies.front().destination_region}, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  if (joined < 2 && count_listed(*listed, copies) >= 2) joins_ids_ = false;
  return match_or_describe(*listed, copies, context);
}

Result<SourceImage> Client::find_source(const std::string& region, const std::string& image_id,
                                        const core::Context& context) {
  auto item = describe_image(region, image_id, context);
  // Marketplace images are listed only on request.
  if (item && item->is_null()) item = describe_image(region, image_id, context, "marketplace");
  if (!item) return std::unexpected(item.error());
  return item->is_null() ? SourceImage{.state = CopyState::absent} : read_source(*item);
}

// alicloud/API.md 3.7.
Result<std::vector<std::string>> Client::list_regions(const std::string& endpoint_region,
                                                      const core::Context& context) {
  const ApiCall call = rpc("DescribeRegions", endpoint_region, "", {});
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  return read_regions(call, *response, member(member(body, "Regions"), "Region"), "RegionId");
}

// alicloud/API.md 3.3.
Result<std::vector<CopyStatus>> Client::list_images(const ImageQuery& query, const core::Context& context) {
  constexpr std::int64_t kPageSize = kMaxImages;
  std::vector<CopyStatus> found;
  for (std::int64_t page = 1;; ++page) {
    ApiCall call = rpc("DescribeImages", query.region, "",
                       {{.name = "Status", .value = kAllStatuses},
                        {.name = "ImageOwnerAlias", .value = "self"},
                        {.name = "PageSize", .value = std::to_string(kPageSize)},
                        {.name = "PageNumber", .value = std::to_string(page)}});
    if (!query.name.empty()) call.request.query.push_back({.name = "ImageName", .value = query.name});
    const auto response = api_.call(call, context);
    if (!response) return std::unexpected(response.error());
    const json body = parse_json(response->body);
    const auto total = integer_at(body, "TotalCount");
    if (!total || !is_list_with(member(member(body, "Images"), "Image"), "ImageId")) {
      return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
    }
    for (const json& item : list_at(member(body, "Images"), "Image")) {
      // The cloud also matches parts of names.
      if (query.name.empty() || text_at(item, "ImageName") == query.name)
        found.push_back(read_image_status(item));
    }
    // An empty page does not mean the end: it may come in the middle.
    if (page * kPageSize >= *total) return found;
  }
}

// alicloud/API.md 3.2.
Result<void> Client::cancel_copy(const CopyReference& copy, const core::Context& context) {
  const auto response =
      api_.call(rpc("CancelCopyImage", copy.destination_region, copy.image_id, {}), context);
  if (response) return {};
  Error error = response.error();
  // One code for four situations (alicloud/API.md 3.2): the caller reads the copy again.
  if (error.code == "IncorrectImageStatus") error.kind = ErrorKind::not_copying;
  return std::unexpected(std::move(error));
}

// alicloud/API.md 3.4.
Result<void> Client::delete_image(const CopyReference& copy, const DeleteOptions& options,
                                  const core::Context& context) {
  ApiCall call = rpc("DeleteImage", copy.destination_region, copy.image_id, {});
  if (options.force) call.request.query.push_back({.name = "Force", .value = "true"});
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// alicloud/API.md 3.9.
Result<std::vector<std::string>> Client::existing_snapshots(const CopyReference& copy,
                                                            const std::vector<std::string>& ids,
                                                            const core::Context& context) {
  ApiCall call = rpc("DescribeSnapshots", copy.destination_region, "",
                     {{.name = "SnapshotIds", .value = json(ids).dump()},
                      {.name = "Status", .value = "all"},
                      {.name = "MaxResults", .value = "100"}});
  call.image_id = copy.image_id;
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  const json& list = member(member(body, "Snapshots"), "Snapshot");
  if (!is_list_with(list, "SnapshotId")) {
    return std::unexpected(
        unexpected_response(call, *response, "The response contains no list of snapshots"));
  }
  std::vector<std::string> found;
  for (const std::string& id : ids) {
    const bool is_listed =
        std::ranges::any_of(list, [&](const json& item) { return text_at(item, "SnapshotId") == id; });
    if (is_listed) found.push_back(id);
  }
  return found;
}

// alicloud/API.md 3.9.
Result<void> Client::delete_snapshot(const CopyReference& copy, const std::string& snapshot_id,
                                     const core::Context& context) {
  ApiCall call =
      rpc("DeleteSnapshot", copy.destination_region, "", {{.name = "SnapshotId", .value = snapshot_id}});
  call.image_id = copy.image_id;
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// alicloud/API.md 3.5.
Result<void> Client::update_image(const CopyReference& copy, const ImageChanges& changes,
                                  const core::Context& context) {
  ApiCall call = rpc("ModifyImageAttribute", copy.destination_region, copy.image_id, {});
  if (changes.name) call.request.query.push_back({.name = "ImageName", .value = changes.name});
  if (changes.description)
    call.request.query.push_back({.name = "Description", .value = changes.description});
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  return {};
}

// alicloud/API.md 3.6.
Result<void> Client::change_tags(const CopyReference& copy, const TagChanges& changes,
                                 const core::Context& context) {
  const auto tag_call = [&](const char* action) {
    ApiCall call =
        rpc(action, copy.destination_region, "",
            {{.name = "ResourceType", .value = "image"}, {.name = "ResourceId.1", .value = copy.image_id}});
    call.image_id = copy.image_id;
    return call;
  };
  for (std::size_t begin = 0; begin < changes.remove.size(); begin += kMaxTags) {
    ApiCall call = tag_call("UntagResources");
    for (std::size_t i = begin; i < std::min(begin + kMaxTags, changes.remove.size()); ++i) {
      call.request.query.push_back(
          {.name = "TagKey." + std::to_string(i - begin + 1), .value = changes.remove[i]});
    }
    if (const auto response = api_.call(call, context); !response) return std::unexpected(response.error());
  }
  for (auto next = changes.set.begin(); next != changes.set.end();) {
    Tags part;
    while (next != changes.set.end() && part.size() < kMaxTags) part.insert(*next++);
    ApiCall call = tag_call("TagResources");
    add_tags(call, part);
    if (const auto response = api_.call(call, context); !response) return std::unexpected(response.error());
  }
  return {};
}

}  // namespace cloud::alicloud
