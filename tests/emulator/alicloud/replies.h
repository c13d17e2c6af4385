#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// Returns a reply in JSON or XML, as the call requests. `root` is the outermost XML element.
http::Response render(const Call& call, int status, std::string_view root, const Json& body);

/// `Waiting`, `Creating`, … (alicloud/API.md 4.2).
std::string status_word(const Image& image, const emulator::Switches& switches);

/// An `Image` of DescribeImages (alicloud/API.md 3.3).
Json image_json(const Image& image, const Environment& environment);

/// A `Snapshot` of DescribeSnapshots (alicloud/API.md 3.9).
Json snapshot_json(const Snapshot& snapshot, const Environment& environment);

}  // namespace emulator::alicloud
