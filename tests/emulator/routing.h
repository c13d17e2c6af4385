#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/service.h"

namespace emulator {

/// A request as it came over the wire. `target` may be absolute, as proxies get it.
struct RawRequest {
  std::string method;
  std::string target;
  std::vector<http::Header> headers;  ///< all of them
  std::string body;
};

/// The path of the target, without query and still percent-encoded.
std::string path_of(const RawRequest& request);

/// The query of the target, still percent-encoded.
std::string query_of(const RawRequest& request);

/// Decides by a vendor's host name (`ims.cn-north-4.myhuaweicloud.com`), in the target before the Host
/// header, else by the path (`/huaweicloud/cn-north-4/…`). Nothing if neither names a cloud.
std::optional<Request> find_cloud(const RawRequest& request);

}  // namespace emulator
