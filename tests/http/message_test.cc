#include "src/http/message.h"

#include "tests/support/catch.h"

TEST_CASE("a request's target is encoded, and a parameter without value has no equals sign") {
  const http::Request request{
      .host = "h",
      .path = "/v2/image/a b",
      .query = {{.name = "remoteCopy", .value = std::nullopt}, {.name = "k&", .value = "v=1"}}};
  CHECK(request.target() == "/v2/image/a%20b?remoteCopy&k%26=v%3D1");
  CHECK(request.url() == "https://h/v2/image/a%20b?remoteCopy&k%26=v%3D1");
}

TEST_CASE("headers are found and replaced in any letter case") {
  std::vector<http::Header> headers = {{.name = "X-One", .value = "1"}, {.name = "x-two", .value = "2"}};
  CHECK(http::find_header(headers, "X-TWO") == "2");
  CHECK_FALSE(http::find_header(headers, "X-Three"));
  http::set_header(headers, "x-one", "new");
  CHECK(headers.size() == 2);
  CHECK(http::find_header(headers, "X-One") == "new");
}

TEST_CASE("base URLs are split, without the default port of the scheme") {
  CHECK(http::parse_base_url("http://127.0.0.1:8080/a/b/") ==
        http::BaseUrl{.scheme = "http", .host = "127.0.0.1:8080", .path = "/a/b"});
  CHECK(http::parse_base_url("HTTPS://Host.example:443") ==
        http::BaseUrl{.scheme = "https", .host = "host.example", .path = ""});
}

TEST_CASE("invalid base URLs are refused") {
  for (const char* url : {"", "host", "ftp://h", "http://", "http://:80", "http://u:p@h", "http://h?q",
                          "http://h#f", "http://h h"}) {
    CAPTURE(url);
    CHECK_FALSE(http::parse_base_url(url));
  }
}
