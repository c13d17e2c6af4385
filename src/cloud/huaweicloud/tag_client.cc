#include "src/cloud/huaweicloud/tag_client.h"

#include "src/cloud/credentials/signing.h"
#include "src/cloud/huaweicloud/replies.h"
#include "src/cloud/json.h"

namespace cloud::huaweicloud {
namespace {

using nlohmann::json;

/// The most images in one page of a search by tags (huaweicloud/API.md 3.8).
constexpr std::size_t kMaxTagged = 1000;

}  // namespace

Result<ApiCall> TagClient::tag_call(std::string action, std::string method, const CopyReference& copy,
                                    const core::Context& context) {
  const std::string& region = copy.destination_region;
  const std::string project = copy.project_name.empty() ? ims_.default_project(region) : copy.project_name;
  const auto id = ims_.project_id(region, project, context);
  if (!id) return std::unexpected(id.error());
  const std::string path = "/v2/" + *id + "/images/" + copy.image_id + "/tags";
  const bool changes = method == "POST";
  return ims_.prepare(std::move(action), region, std::move(method), changes ? path + "/action" : path,
                      copy.image_id);
}

// huaweicloud/API.md 3.8.
Result<Tags> TagClient::read_tags(const CopyReference& copy, const core::Context& context) {
  const auto call = tag_call("ListImageTags", "GET", copy, context);
  if (!call) return std::unexpected(call.error());
  const auto response = ims_.call(*call, copy.project_name, context);
  if (!response) return std::unexpected(response.error());
  auto tags = read_tag_list(parse_json(response->body));
  if (!tags)
    return std::unexpected(unexpected_response(*call, *response, "The response contains no list of tags"));
  return *std::move(tags);
}

// huaweicloud/API.md 3.8.
Result<TagsById> TagClient::list_tags(const std::string& region, const std::string& project_name,
                                      const core::Context& context) {
  const auto id =
      ims_.project_id(region, project_name.empty() ? ims_.default_project(region) : project_name, context);
  if (!id) return std::unexpected(id.error());
  TagsById found;
  // How the response counts the remaining images is not documented: an incomplete page is the last one.
  for (std::size_t offset = 0;; offset += kMaxTagged) {
    ApiCall call = ims_.prepare("ListImagesByTag", region, "POST",
                                "/v2/" + *id + "/images/resource_instances/action", "");
    set_json_body(
        call.request,
        {{"action", "filter"}, {"limit", std::to_string(kMaxTagged)}, {"offset", std::to_string(offset)}});
    const auto response = ims_.call(call, project_name, context);
    if (!response) return std::unexpected(response.error());
    const json body = parse_json(response->body);
    if (!is_list_with(member(body, "resources"), "resource_id")) {
      return std::unexpected(unexpected_response(call, *response, "The response contains no list of images"));
    }
    const json& page = list_at(body, "resources");
    for (const json& item : page) {
      if (auto tags = read_tag_list(item))
        found.insert_or_assign(text_at(item, "resource_id"), *std::move(tags));
    }
    if (page.size() < kMaxTagged) return found;
  }
}

// huaweicloud/API.md 3.8.
Result<void> TagClient::change_tags(const CopyReference& copy, const TagChanges& changes,
                                    const core::Context& context) {
  const auto change = [&](const char* action, const json& tags) -> Result<void> {
    if (tags.empty()) return {};
    auto call = tag_call("BatchAddOrDeleteTags", "POST", copy, context);
    if (!call) return std::unexpected(call.error());
    set_json_body(call->request, {{"action", action}, {"tags", tags}});
    const auto response = ims_.call(*call, copy.project_name, context);
    if (!response) return std::unexpected(response.error());
    return {};
  };
  json removed = json::array();
  for (const std::string& key : changes.remove) removed.push_back({{"key", key}});
  if (auto done = change("delete", removed); !done) return done;
  json added = json::array();
  for (const auto& [key, value] : changes.set) added.push_back({{"key", key}, {"value", value}});
  return change("create", added);
}

}  // namespace cloud::huaweicloud
