#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text helpers that every layer needs. All of them work on bytes that are meant to be UTF-8.
namespace core {

/// ASCII letters only; other bytes stay as they are.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// Every piece between separators, empty ones included; the empty text gives one empty piece.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

/// As a sentence lists them: "a", "a or b", "a, b or c".
std::string enumerate(const std::vector<std::string>& words, std::string_view conjunction);

std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Percent-encoding over UTF-8 bytes: `A-Z a-z 0-9 - . _ ~` stay, all else becomes `%XX` in upper-case hex
/// (RFC 3986, and the rule that all three clouds sign by).
std::string percent_encode(std::string_view text);

/// The same, but `/` stays.
std::string percent_encode_path(std::string_view path);

/// `+` stays a plus. A `%` that no two hex digits follow stays as it is.
std::string percent_decode(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Each invalid byte becomes U+FFFD, so that the result is always valid UTF-8.
std::string replace_invalid_utf8(std::string_view text);

/// Number of code points; what vendors call "characters". The text must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// At most `limit` bytes, cut between characters, with an ellipsis when something was cut.
std::string shorten(std::string_view text, std::size_t limit);

/// Control characters, those of the direction of writing too, become blanks, so that foreign text cannot
/// steer a terminal, break a line or look like another. The text must be valid UTF-8.
std::string without_controls(std::string_view text);

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace core
