#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "src/cloud/api_client.h"
#include "src/cloud/huaweicloud/client_config.h"

namespace cloud::huaweicloud {

/// Calls to the image service in one of the projects of a region (huaweicloud/API.md 1.3, 2.4). Safe from any
/// thread.
class ImsApi {
 public:
  ImsApi(const ClientConfig& config, ApiClient& api) : config_(config), api_(api) {}

  /// A call that is still to be made. `image_id` may be empty.
  [[nodiscard]] ApiCall prepare(std::string action, const std::string& region, std::string method,
                                std::string_view path, const std::string& image_id) const;

  /// The configured project in its own region, elsewhere the region's own.
  [[nodiscard]] std::string default_project(const std::string& region) const;

  /// Looked up once, unless the configuration or the token names it. Errors: `invalid` if the account has no
  /// such project, and those that any call has.
  Result<std::string> project_id(const std::string& region, const std::string& name,
                                 const core::Context& context);

  /// Whether the account has a project of that ID. Looks all of its projects up once, unless it is the
  /// default one of the region.
  Result<bool> owns_project(const std::string& region, const std::string& id, const core::Context& context);

  /// `project_name`: empty for the default one of the call's region.
  Result<http::Response> call(ApiCall call, const std::string& project_name, const core::Context& context);

 private:
  /// The account's projects that match the query. `project`: the one that a token for the call is of.
  Result<nlohmann::json> list_projects(const std::string& region, const std::string& project,
                                       std::vector<http::QueryParameter> query, const core::Context& context);

  const ClientConfig& config_;
  ApiClient& api_;
  std::mutex mutex_;                                // guards the two below
  std::map<std::string, std::string> project_ids_;  // by region and name
  std::optional<std::set<std::string>> own_ids_;    // of all projects of the account
};

}  // namespace cloud::huaweicloud
