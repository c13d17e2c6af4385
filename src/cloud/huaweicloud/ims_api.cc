#include "src/cloud/huaweicloud/ims_api.h"

#include "src/cloud/json.h"

namespace cloud::huaweicloud {

using nlohmann::json;

ApiCall ImsApi::prepare(std::string action, const std::string& region, std::string method,
                        std::string_view path, const std::string& image_id) const {
  return {.action = std::move(action),
          .region = region,
          .request = config_.endpoint.request(region, std::move(method), path),
          .image_id = image_id};
}

// Every region has a project of its own name; others begin with it (huaweicloud/API.md 1.3).
std::string ImsApi::default_project(const std::string& region) const {
  const std::string& configured = config_.project_name;
  const bool fits = configured == region || configured.starts_with(region + "_");
  return fits ? configured : region;
}

// huaweicloud/API.md 2.4.
Result<json> ImsApi::list_projects(const std::string& region, const std::string& project,
                                   std::vector<http::QueryParameter> query, const core::Context& context) {
  ApiCall call{.action = "KeystoneListProjects",
               .region = region,
               .request = config_.iam_endpoint.request(region, "GET", "/v3/projects"),
               .project = project};
  call.request.query = std::move(query);
  const auto response = api_.call(call, context);
  if (!response) return std::unexpected(response.error());
  const json body = parse_json(response->body);
  return list_at(body, "projects");
}

Result<std::string> ImsApi::project_id(const std::string& region, const std::string& name,
                                       const core::Context& context) {
  if (!config_.project_id.empty() && region == config_.region && name == default_project(region)) {
    return config_.project_id;
  }
  if (config_.tokens) {
    const auto token = config_.tokens->token(region, name, context);
    if (!token) return std::unexpected(token.error());
    if (!token->project_id.empty()) return token->project_id;
  }
  const std::string key = region + "/" + name;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = project_ids_.find(key); known != project_ids_.end()) return known->second;
  }
  const auto projects = list_projects(region, name, {{.name = "name", .value = name}}, context);
  if (!projects) return std::unexpected(projects.error());
  for (const json& project : *projects) {
    const std::string id = text_at(project, "id");
    if (text_at(project, "name") != name || id.empty()) continue;
    const std::scoped_lock lock(mutex_);
    return project_ids_.emplace(key, id).first->second;
  }
  return std::unexpected(
      Error{.kind = ErrorKind::invalid,
            .message = "The account has no project \"" + name + "\" in region " + region + ".",
            .region = region,
            .argument = name == region ? "" : "huaweicloud"});
}

Result<bool> ImsApi::owns_project(const std::string& region, const std::string& id,
                                  const core::Context& context) {
  const std::string name = default_project(region);
  const auto usual = project_id(region, name, context);
  if (!usual) return std::unexpected(usual.error());
  if (id == *usual) return true;
  {
    const std::scoped_lock lock(mutex_);
    if (own_ids_) return own_ids_->contains(id);
  }
  const auto projects = list_projects(region, name, {}, context);
  if (!projects) return std::unexpected(projects.error());
  std::set<std::string> ids;
  for (const json& project : *projects) ids.insert(text_at(project, "id"));
  const std::scoped_lock lock(mutex_);
  return own_ids_.emplace(std::move(ids)).contains(id);
}

Result<http::Response> ImsApi::call(ApiCall call, const std::string& project_name,
                                    const core::Context& context) {
  call.project = project_name.empty() ? default_project(call.region) : project_name;
  // A token is for one project. With an access key, a project other than the region's own must be named
  // (huaweicloud/API.md 1.3).
  if (!config_.tokens && call.project != call.region) {
    const auto id = project_id(call.region, call.project, context);
    if (!id) return std::unexpected(id.error());
    call.request.headers.push_back({.name = "X-Project-Id", .value = *id});
  }
  return api_.call(call, context);
}

}  // namespace cloud::huaweicloud
