#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// JSON or XML, as the call wants it; `root` names the outermost element.
http::Response render(const Call& call, int status, std::string_view root, const Json& body);

/// `Waiting`, `Creating`, … (alicloud/API.md 4.2).
std::string status_word(const Image& image, const Switches& switches);

/// An `Image` of DescribeImages (alicloud/API.md 3.3).
Json image_json(const Image& image, const Scene& scene);

/// A `Snapshot` of DescribeSnapshots (alicloud/API.md 3.9).
Json snapshot_json(const Snapshot& snapshot, const Scene& scene);

}  // namespace emulator::alicloud
