#pragma once

#include <optional>
#include <string>

#include "tests/emulator/routing.h"

namespace emulator {

/// A request to the instance metadata service of one of the clouds.
struct MetadataRequest {
  Cloud cloud = Cloud::alicloud;
  std::string path;  ///< as the service receives it
};

/// Recognizes metadata requests by the service's address (`100.100.100.200`, `169.254.169.254`) or by the
/// path
/// (`/alicloud/metadata/…`). Returns nullopt for other requests.
std::optional<MetadataRequest> find_metadata(const RawRequest& request);

/// The action of the call for faults and the journal.
std::string metadata_action(const RawRequest& raw, const MetadataRequest& request);

/// Replies like the metadata service of an instance with the role of the switch `instance_role`
/// (alicloud/API.md 2.4; Huawei's `securitykey`).
http::Response reply_to_metadata_call(const RawRequest& raw, const MetadataRequest& request,
                                      Environment& environment);

}  // namespace emulator
