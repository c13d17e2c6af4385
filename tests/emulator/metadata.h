#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/emulator/routing.h"

namespace emulator {

/// How long the credentials of a server are valid.
inline constexpr std::chrono::hours kServerKeyLifetime{1};

/// A request to the instance metadata service of one of the clouds.
struct MetadataRequest {
  Cloud cloud{};
  std::string path;  ///< as the service receives it
};

/// Recognizes metadata requests by the service's address or by the path (`/alicloud/metadata/…`). Returns
/// nullopt for other requests.
std::optional<MetadataRequest> find_metadata(const RawRequest& request);

http::Response metadata_text(int status, std::string body);
http::Response metadata_object(const nlohmann::json& body);

}  // namespace emulator
