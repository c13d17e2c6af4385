#include "src/core/text.h"

#include "tests/support/catch.h"

TEST_CASE("percent-encoding keeps only the unreserved characters of RFC 3986") {
  CHECK(core::percent_encode("AZaz09-._~") == "AZaz09-._~");
  CHECK(core::percent_encode("a b/c+d*é") == "a%20b%2Fc%2Bd%2A%C3%A9");
  CHECK(core::percent_encode_path("/a b/c") == "/a%20b/c");
}

TEST_CASE("percent-decoding is the inverse, and keeps plus signs and invalid escapes") {
  CHECK(core::percent_decode("a%20b%2Fc%C3%A9") == "a b/cé");
  CHECK(core::percent_decode("1+1") == "1+1");
  CHECK(core::percent_decode("100%") == "100%");
  CHECK(core::percent_decode("%zz%4") == "%zz%4");
}

TEST_CASE("splitting keeps empty pieces") {
  CHECK(core::split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(core::split("", ',') == std::vector<std::string>{""});
  CHECK(core::join({"a", "", "b"}, ", ") == "a, , b");
}

TEST_CASE("a word is close to one that differs in few letters, and to no other") {
  const std::vector<std::string> regions = {"cn-beijing", "cn-shanghai", "ap-southeast-1"};
  CHECK(core::closest("cn-shangai", regions) == "cn-shanghai");
  CHECK(core::closest("CN-Beijing", regions) == "cn-beijing");
  CHECK(core::closest("ap-southeast1", regions) == "ap-southeast-1");
  CHECK(core::closest("eu-west-1", regions).empty());
  CHECK(core::closest("", regions).empty());
  CHECK(core::closest("x", {}).empty());
}

TEST_CASE("invalid UTF-8 is found and replaced byte by byte") {
  CHECK(core::is_valid_utf8("plain, é, 中, 😀"));
  CHECK_FALSE(core::is_valid_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(core::is_valid_utf8("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(core::is_valid_utf8("\xF4\x90\x80\x80"));  // beyond Unicode
  CHECK_FALSE(core::is_valid_utf8("\xE4\xB8"));          // cut short
  CHECK(core::replace_invalid_utf8("a\xFF"
                                   "b") ==
        "a\uFFFD"
        "b");
  CHECK(core::replace_invalid_utf8("中") == "中");
}

TEST_CASE("characters are code points, and shortening never cuts one") {
  CHECK(core::count_characters("中文ab") == 4);
  CHECK(core::shorten("short", 10) == "short");
  CHECK(core::shorten("中文", 4) == "中…");
}

TEST_CASE("header names compare without regard to case") {
  CHECK(core::equal_ignoring_case("X-Request-ID", "x-request-id"));
  CHECK_FALSE(core::equal_ignoring_case("X-Request-ID", "x-request-i"));
}

TEST_CASE("external text loses its control characters, line breaks and direction marks") {
  CHECK(core::without_controls("a\x1b[2Jb\nc\x7f") == "a [2Jb c ");
  CHECK(core::without_controls("a\u009b2Jb") == "a  2Jb");
  CHECK(core::without_controls("abc\u202edef\u2066\u2028") == "abc   def      ");
  CHECK(core::without_controls("M\u00fcnchen \u4e0a\u6d77 \u20ac") == "M\u00fcnchen \u4e0a\u6d77 \u20ac");
}
