#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text functions for every layer. All work on bytes that should be UTF-8.
namespace core {

/// Changes ASCII letters only.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

/// Removes ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// All pieces between separators, including empty ones. The empty text has one empty piece.
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

/// A `+` stays, and so does a `%` that is not followed by two hex digits.
std::string percent_decode(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Replaces each invalid byte by U+FFFD, so that the result is valid UTF-8.
std::string replace_invalid_utf8(std::string_view text);

/// The number of code points, which vendors call characters. The text must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// At most `limit` bytes, cut between characters, with an ellipsis if anything was cut.
std::string shorten(std::string_view text, std::size_t limit);

/// Replaces control characters, including those for the writing direction, by blanks, so that foreign text
/// cannot control a terminal, break a line or look like another. The text must be valid UTF-8.
std::string without_controls(std::string_view text);

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace core
