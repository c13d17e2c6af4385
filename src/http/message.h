#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

struct QueryParameter {
  std::string name;
  std::optional<std::string> value;  ///< nullopt: no `=` on the wire

  bool operator==(const QueryParameter&) const = default;
};

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// Returns the value of the first header of that name in any letter case.
std::optional<std::string> find_header(const std::vector<Header>& headers, std::string_view name);

/// Sets a header. Removes all others of that name in any letter case.
void set_header(std::vector<Header>& headers, std::string_view name, std::string value);

/// The parts of a request, without percent-encoding; `target()` is the encoded form on the wire.
struct Request {
  std::string method = "GET";
  std::string scheme = "https";
  std::string host;  ///< value of the Host header; has a `:port` if that is not the scheme's default
  std::string path = "/";
  std::vector<QueryParameter> query;
  std::vector<Header> headers;  ///< without Host and Content-Length
  std::string body;
  bool idempotent = true;  ///< false: repeating the request could repeat its effect
  bool direct = false;     ///< bypass proxies, for addresses that only this machine can reach
  std::string lane;  ///< requests in different lanes, such as regions, do not wait for each other at one host

  bool operator==(const Request&) const = default;

  /// Path and query, percent-encoded.
  [[nodiscard]] std::string target() const;
  [[nodiscard]] std::string url() const { return scheme + "://" + host + target(); }
};

/// Sets an `application/x-www-form-urlencoded` body, with blanks as `%20`.
void set_form_body(Request& request, const std::map<std::string, std::string>& form);

struct Response {
  int status = 0;
  std::vector<Header> headers;
  std::string body;

  [[nodiscard]] std::optional<std::string> header(std::string_view name) const {
    return find_header(headers, name);
  }
};

/// Scheme, host and path prefix of a service. The host has a port only if that is not the scheme's default;
/// the path does not end with a slash.
struct BaseUrl {
  std::string scheme;
  std::string host;
  std::string path;

  bool operator==(const BaseUrl&) const = default;
};

/// Parses a URL such as `http://127.0.0.1:8080/prefix`. Returns nullopt if it is not an HTTP or HTTPS URL
/// with a host, or has a query, a fragment or a user name.
std::optional<BaseUrl> parse_base_url(std::string_view url);

}  // namespace http
