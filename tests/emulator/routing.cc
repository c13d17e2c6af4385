#include "tests/emulator/routing.h"

#include <algorithm>

#include "src/core/text.h"
#include "tests/emulator/profile.h"

namespace emulator {
namespace {

struct Target {
  Cloud cloud{};
  std::string region;
};

/// Returns the authority of `http://authority/path`, or empty text if the target is a path.
std::string_view authority_of(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return "";
  target.remove_prefix(scheme + 3);
  return target.substr(0, target.find_first_of("/?"));
}

std::string_view origin_form(std::string_view target) {
  const std::string_view authority = authority_of(target);
  if (authority.empty()) return target;
  target.remove_prefix(static_cast<std::size_t>(authority.data() - target.data()) + authority.size());
  return target;
}

/// `service.region.domain` or `service.domain`, with or without a port.
std::optional<Target> target_by_host(std::string_view authority) {
  const std::string host = core::to_lower(authority.substr(0, authority.find(':')));
  for (const Cloud cloud : kClouds) {
    for (const Domain& domain : profile_of(cloud).domains) {
      if (!host.ends_with(domain.suffix)) continue;
      const std::string name = host.substr(0, host.size() - domain.suffix.size());
      const std::size_t dot = name.find('.');
      if (std::ranges::find(domain.services, name.substr(0, dot)) == domain.services.end()) continue;
      return Target{.cloud = cloud, .region = dot == std::string::npos ? "" : name.substr(dot + 1)};
    }
  }
  return std::nullopt;
}

/// The cloud that recognizes a request to a host that is no vendor's.
std::optional<Cloud> recognizing_cloud(const RawRequest& raw) {
  for (const Cloud cloud : kClouds) {
    const auto recognizes = profile_of(cloud).recognizes;
    if (recognizes != nullptr && recognizes(raw)) return cloud;
  }
  return std::nullopt;
}

}  // namespace

std::string path_of(const RawRequest& request) {
  const std::string_view target = origin_form(request.target);
  const std::string_view path = target.substr(0, target.find('?'));
  return path.empty() ? "/" : std::string(path);
}

std::string query_of(const RawRequest& request) {
  const std::string_view target = origin_form(request.target);
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? "" : std::string(target.substr(mark + 1));
}

std::optional<Request> find_cloud(const RawRequest& raw) {
  Request request;
  request.wire = {.method = raw.method,
                  .scheme = "http",
                  .host = http::find_header(raw.headers, "Host").value_or(""),
                  .path = core::percent_decode(path_of(raw)),
                  .headers = raw.headers,
                  .body = raw.body};
  std::erase_if(request.wire.headers,
                [](const http::Header& header) { return core::equal_ignoring_case(header.name, "Host"); });

  const std::string_view authority = authority_of(raw.target);
  if (const auto target = target_by_host(authority.empty() ? request.wire.host : authority)) {
    request.cloud = target->cloud;
    request.region = target->region;
    request.path = request.wire.path;
  } else if (const auto recognizing = recognizing_cloud(raw)) {
    request.cloud = *recognizing;
    request.path = request.wire.path;
  } else {
    const std::vector<std::string> pieces = core::split(request.wire.path, '/');
    const auto cloud = pieces.size() > 2 ? parse_cloud(pieces[1]) : std::nullopt;
    if (!cloud) return std::nullopt;
    request.cloud = *cloud;
    request.region = pieces[2];
    const std::size_t prefix = pieces[1].size() + pieces[2].size() + 2;
    request.path = request.wire.path.substr(prefix);
    if (request.path.empty()) request.path = "/";
  }
  request.wire.query = parse_query(query_of(raw), profile_of(request.cloud).plus_is_space);
  return request;
}

}  // namespace emulator
