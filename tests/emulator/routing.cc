#include "tests/emulator/routing.h"

#include <algorithm>
#include <array>

#include "src/core/text.h"

namespace emulator {
namespace {

struct Target {
  Cloud cloud = Cloud::alicloud;
  std::string region;
};

struct Domain {
  std::string_view suffix;
  Cloud cloud;
  std::array<std::string_view, 5> services;
};

constexpr std::array kDomains = {
    Domain{.suffix = ".aliyuncs.com",
           .cloud = Cloud::alicloud,
           .services = {"ecs", "ecs-vpc", "ecs-cn-hangzhou", "sts", "sts-vpc"}},
    Domain{.suffix = ".baidubce.com", .cloud = Cloud::baiducloud, .services = {"bcc", "sts"}},
    Domain{.suffix = ".myhuaweicloud.com", .cloud = Cloud::huaweicloud, .services = {"ims", "iam"}},
    Domain{.suffix = ".myhuaweicloud.eu", .cloud = Cloud::huaweicloud, .services = {"ims", "iam"}},
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
  for (const Domain& domain : kDomains) {
    if (!host.ends_with(domain.suffix)) continue;
    const std::string name = host.substr(0, host.size() - domain.suffix.size());
    const std::size_t dot = name.find('.');
    const std::string service = name.substr(0, dot);
    if (service.empty() || std::ranges::find(domain.services, service) == domain.services.end()) continue;
    return Target{.cloud = domain.cloud, .region = dot == std::string::npos ? "" : name.substr(dot + 1)};
  }
  return std::nullopt;
}

/// Alibaba's calls go to the path `/` and name their action (alicloud/API.md 1). The endpoint of its clients
/// can only be a host.
bool names_action(const RawRequest& request) {
  if (path_of(request) != "/") return false;
  if (http::find_header(request.headers, "x-acs-action")) return true;
  const auto has_action = [](const std::string& text) {
    return text.starts_with("Action=") || text.find("&Action=") != std::string::npos;
  };
  return has_action(query_of(request)) || has_action(request.body);
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
  } else if (names_action(raw)) {
    request.cloud = Cloud::alicloud;
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
  // Baidu does not read a plus as a space (baiducloud/API.md 2.3), but clients of the other two clouds write
  // a space as a plus.
  request.wire.query = parse_query(query_of(raw), request.cloud != Cloud::baiducloud);
  return request;
}

}  // namespace emulator
