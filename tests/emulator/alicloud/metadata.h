#pragma once

#include <string>

#include "tests/emulator/metadata.h"
#include "tests/emulator/service.h"

namespace emulator::alicloud {

std::string metadata_action(const RawRequest& raw, const std::string& path);

/// Replies like the metadata service of a server (alicloud/API.md 2.4).
http::Response reply_to_metadata_call(const RawRequest& raw, const std::string& path,
                                      Environment& environment);

}  // namespace emulator::alicloud
