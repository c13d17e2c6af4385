#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/service.h"

namespace emulator {

/// A request as received. `target` may be an absolute URL, as in requests to proxies.
struct RawRequest {
  std::string method;
  std::string target;
  std::vector<http::Header> headers;  ///< including Host and Content-Length
  std::string body;
};

/// The path of the target, percent-encoded and without the query.
std::string path_of(const RawRequest& request);

/// The query of the target, percent-encoded.
std::string query_of(const RawRequest& request);

/// Finds the cloud by a vendor's host name (`ims.cn-north-4.myhuaweicloud.com`) in the target, else in the
/// Host header, else by the path (`/huaweicloud/cn-north-4/…`). Returns nullopt if none of them names a
/// cloud.
std::optional<Request> find_cloud(const RawRequest& request);

}  // namespace emulator
