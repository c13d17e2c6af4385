#include "src/http/message.h"

#include <algorithm>

#include "src/core/text.h"

namespace http {

std::optional<std::string> find_header(const std::vector<Header>& headers, std::string_view name) {
  const auto found = std::ranges::find_if(
      headers, [&](const Header& header) { return core::equal_ignoring_case(header.name, name); });
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

void set_header(std::vector<Header>& headers, std::string_view name, std::string value) {
  std::erase_if(headers, [&](const Header& header) { return core::equal_ignoring_case(header.name, name); });
  headers.push_back({.name = std::string(name), .value = std::move(value)});
}

std::string Request::target() const {
  std::string target = core::percent_encode_path(path.empty() ? "/" : path);
  char separator = '?';
  for (const QueryParameter& parameter : query) {
    target += separator;
    target += core::percent_encode(parameter.name);
    if (parameter.value) target += "=" + core::percent_encode(*parameter.value);
    separator = '&';
  }
  return target;
}

std::optional<BaseUrl> parse_base_url(std::string_view url) {
  BaseUrl base;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  base.scheme = core::to_lower(url.substr(0, scheme_end));
  if (base.scheme != "http" && base.scheme != "https") return std::nullopt;
  url.remove_prefix(scheme_end + 3);
  if (url.find_first_of("?#@\\ \t\r\n") != std::string_view::npos) return std::nullopt;
  const std::size_t host_end = std::min(url.find('/'), url.size());
  base.host = core::to_lower(url.substr(0, host_end));
  if (base.host.empty() || base.host.front() == ':') return std::nullopt;
  const std::string_view default_port = base.scheme == "https" ? ":443" : ":80";
  if (base.host.ends_with(default_port)) base.host.resize(base.host.size() - default_port.size());
  base.path = core::percent_decode(url.substr(host_end));
  while (base.path.ends_with('/')) base.path.pop_back();
  return base;
}

void set_form_body(Request& request, const std::map<std::string, std::string>& form) {
  std::vector<std::string> items;
  items.reserve(form.size());
  for (const auto& [name, value] : form) {
    items.push_back(core::percent_encode(name) + "=" + core::percent_encode(value));
  }
  request.body = core::join(items, "&");
  set_header(request.headers, "Content-Type", "application/x-www-form-urlencoded");
}

}  // namespace http
