#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

/// `value` empty optional: no `=` on the wire.
struct QueryParameter {
  std::string name;
  std::optional<std::string> value;

  bool operator==(const QueryParameter&) const = default;
};

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// The first header of that name in any letter case.
std::optional<std::string> find_header(const std::vector<Header>& headers, std::string_view name);

/// Replaces every header of that name in any letter case.
void set_header(std::vector<Header>& headers, std::string_view name, std::string value);

/// A request as its parts, all decoded; `target()` is what goes on the wire.
struct Request {
  std::string method = "GET";
  std::string scheme = "https";
  std::string host;  ///< with `:port` where the port is not the scheme's own; the value of the Host header
  std::string path = "/";
  std::vector<QueryParameter> query;
  std::vector<Header> headers;  ///< without Host and Content-Length
  std::string body;
  bool idempotent = true;  ///< false: sending it twice could do its work twice
  bool direct = false;     ///< past any proxy: for addresses that mean this machine's own surroundings
  std::string lane;  ///< requests of other lanes to the same host do not wait for these, such as a region's

  bool operator==(const Request&) const = default;

  /// Path and query, percent-encoded.
  [[nodiscard]] std::string target() const;
  [[nodiscard]] std::string url() const { return scheme + "://" + host + target(); }
};

/// `application/x-www-form-urlencoded`, with blanks as `%20`.
void set_form_body(Request& request, const std::map<std::string, std::string>& form);

struct Response {
  int status = 0;
  std::vector<Header> headers;
  std::string body;

  [[nodiscard]] std::optional<std::string> header(std::string_view name) const {
    return find_header(headers, name);
  }
};

/// Scheme, host and path prefix of a service. The host has a port only where it is not the scheme's own; the
/// path has no slash at its end.
struct BaseUrl {
  std::string scheme;
  std::string host;
  std::string path;

  bool operator==(const BaseUrl&) const = default;
};

/// `http://127.0.0.1:8080/prefix`; nothing if it is not an http or https URL with a host, or carries a query,
/// a fragment or a user name.
std::optional<BaseUrl> parse_base_url(std::string_view url);

}  // namespace http
