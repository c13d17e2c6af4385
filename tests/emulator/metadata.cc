#include "tests/emulator/metadata.h"

#include "tests/emulator/profile.h"

namespace emulator {

std::optional<MetadataRequest> find_metadata(const RawRequest& request) {
  const std::string path = path_of(request);
  const std::string host = http::find_header(request.headers, "Host").value_or("");
  for (const Cloud cloud : kClouds) {
    const auto& service = profile_of(cloud).metadata;
    if (!service) continue;
    if (host == service->address) return MetadataRequest{.cloud = cloud, .path = path};
    const std::string prefix = "/" + std::string(name_of(cloud)) + "/metadata";
    if (path.starts_with(prefix + "/")) {
      return MetadataRequest{.cloud = cloud, .path = path.substr(prefix.size())};
    }
  }
  return std::nullopt;
}

http::Response metadata_text(int status, std::string body) {
  return {.status = status,
          .headers = {{.name = "Content-Type", .value = "text/plain"}},
          .body = std::move(body)};
}

http::Response metadata_object(const nlohmann::json& body) {
  return {
      .status = 200, .headers = {{.name = "Content-Type", .value = "application/json"}}, .body = body.dump()};
}

}  // namespace emulator
