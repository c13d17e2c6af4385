#include "src/core/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace core {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string encode(std::string_view text, bool keep_slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (char c : text) {
    if (is_unreserved(c) || (keep_slash && c == '/')) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4U];
    encoded += kDigits[byte & 0xFU];
  }
  return encoded;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  c = lower(c);
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  return std::nullopt;
}

/// The valid ranges of the first and second byte of a multi-byte sequence, and its length. All further bytes
/// are continuation bytes.
struct Utf8Sequence {
  std::uint8_t first_from;
  std::uint8_t first_to;
  std::uint8_t second_from;
  std::uint8_t second_to;
  std::size_t length;
};

/// RFC 3629, section 4, without ASCII.
constexpr std::array kUtf8Sequences = {
    Utf8Sequence{0xC2, 0xDF, 0x80, 0xBF, 2}, Utf8Sequence{0xE0, 0xE0, 0xA0, 0xBF, 3},
    Utf8Sequence{0xE1, 0xEC, 0x80, 0xBF, 3}, Utf8Sequence{0xED, 0xED, 0x80, 0x9F, 3},
    Utf8Sequence{0xEE, 0xEF, 0x80, 0xBF, 3}, Utf8Sequence{0xF0, 0xF0, 0x90, 0xBF, 4},
    Utf8Sequence{0xF1, 0xF3, 0x80, 0xBF, 4}, Utf8Sequence{0xF4, 0xF4, 0x80, 0x8F, 4},
};

/// Returns the length of the valid UTF-8 sequence at the start of `text`, or 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  if (byte(0) < 0x80U) return 1;
  for (const Utf8Sequence& sequence : kUtf8Sequences) {
    if (byte(0) < sequence.first_from || byte(0) > sequence.first_to) continue;
    if (text.size() < sequence.length) return 0;
    if (byte(1) < sequence.second_from || byte(1) > sequence.second_to) return 0;
    for (std::size_t i = 2; i < sequence.length; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    return sequence.length;
  }
  return 0;
}

/// The number of bytes to insert, remove or replace to turn one text into the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string to_lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

std::string to_upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), upper);
  return result;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(separator, start);
    if (end == std::string_view::npos) break;
    pieces.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  pieces.emplace_back(text.substr(start));
  return pieces;
}

std::string join(const std::vector<std::string>& pieces, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) joined += separator;
    joined += pieces[i];
  }
  return joined;
}

std::string enumerate(const std::vector<std::string>& words, std::string_view conjunction) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(conjunction) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  // A third of the characters may differ.
  std::size_t limit = word.size() / 3 + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(to_lower(word), to_lower(candidate));
    if (distance >= limit) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = text.find(from, start);
    if (end == std::string_view::npos) break;
    result += text.substr(start, end - start);
    result += to;
    start = end + from.size();
  }
  result += text.substr(start);
  return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string percent_encode(std::string_view text) {
  return encode(text, false);
}

std::string percent_encode_path(std::string_view path) {
  return encode(path, true);
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const auto high = escape ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = escape ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(*high * 16U + *low);
    i += 2;
  }
  return decoded;
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    valid += length == 0 ? kReplacementCharacter : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return valid;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

std::string shorten(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  std::size_t end = limit;
  while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// Marks, line separators and overrides of the writing direction, which can make text look like other text.
constexpr std::array<std::string_view, 15> kInvisible = {"\u061c", "\u200b", "\u200e", "\u200f", "\u2028",
                                                         "\u2029", "\u202a", "\u202b", "\u202c", "\u202d",
                                                         "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"};

std::string without_controls(std::string_view text) {
  std::string clean(text);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const auto byte = static_cast<unsigned char>(clean[i]);
    const auto next = i + 1 < clean.size() ? static_cast<unsigned char>(clean[i + 1]) : 0U;
    if (byte < 0x20 || byte == 0x7f) clean[i] = ' ';
    // U+0080 to U+009F; U+009B starts terminal sequences.
    if (byte == 0xc2 && next >= 0x80 && next <= 0x9f) clean.replace(i, 2, "  ");
  }
  for (const std::string_view control : kInvisible) {
    clean = replace_all(clean, control, std::string(control.size(), ' '));
  }
  return clean;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 0xFU];
  }
  return hex;
}

}  // namespace core
