#pragma once

#include <optional>
#include <string>

#include "tests/emulator/routing.h"

namespace emulator {

/// A request to the metadata service of an instance on one of the clouds.
struct MetadataRequest {
  Cloud cloud = Cloud::alicloud;
  std::string path;  ///< for the service
};

/// Decides by the service's address (`100.100.100.200`, `169.254.169.254`) or by the path
/// (`/alicloud/metadata/…`). Nothing for any other request.
std::optional<MetadataRequest> find_metadata(const RawRequest& request);

/// The name that faults and the journal know the call by.
std::string metadata_action(const RawRequest& raw, const MetadataRequest& request);

/// Answers as an instance that has the role of the switch `instance_role` (alicloud/API.md 2.4;
/// Huawei's `securitykey`).
http::Response answer_metadata(const RawRequest& raw, const MetadataRequest& request, Scene& scene);

}  // namespace emulator
