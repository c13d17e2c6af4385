#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text functions for all layers. Texts are bytes that should be UTF-8.
namespace core {

/// Changes ASCII letters only.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

/// Removes ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// Returns all pieces between separators, including empty ones. Empty text yields one empty piece.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& pieces, std::string_view separator);

/// Joins words as in a sentence: "a", "a or b", "a, b or c".
std::string enumerate(const std::vector<std::string>& words, std::string_view conjunction);

/// Returns the candidate that the word was probably meant to be, or an empty text if none is similar.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Percent-encodes all bytes except for `A-Z a-z 0-9 - . _ ~`, with upper-case hexadecimal digits (RFC 3986,
/// and the rule for the signatures of all three clouds).
std::string percent_encode(std::string_view text);

/// Does the same, but keeps `/`.
std::string percent_encode_path(std::string_view path);

/// Decodes `%XX`. Keeps `+`, and a `%` that is not followed by two hexadecimal digits.
std::string percent_decode(std::string_view text);

bool is_valid_utf8(std::string_view text);

/// Replaces each invalid byte with U+FFFD.
std::string replace_invalid_utf8(std::string_view text);

/// Returns the number of code points, which vendors call characters. The text must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// Truncates text to at most `limit` bytes at a code point boundary, and appends an ellipsis if it was
/// longer.
std::string shorten(std::string_view text, std::size_t limit);

/// Replaces control characters, line breaks and invisible characters with blanks, so that text from a cloud
/// cannot control a terminal, break a line or look like other text. The text must be valid UTF-8.
std::string without_controls(std::string_view text);

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace core
