#include "src/cloud/text_rules.h"

#include <algorithm>

#include "src/core/text.h"

namespace cloud {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool holds_only(std::string_view text, std::string_view signs) {
  return std::ranges::all_of(text, [&](char c) {
    return is_ascii_letter(c) || is_beyond_ascii(c) || (c >= '0' && c <= '9') ||
           signs.find(c) != std::string_view::npos;
  });
}

TextRules::TextRules(std::string_view cloud, const TextArgument& text, std::string_view member,
                     std::string_view what, Violations& violations)
    : cloud_(cloud),
      text_(text.value()),
      member_(member),
      what_(what),
      violations_(violations),
      done_(!text.is_set()) {}

TextRules& TextRules::length(std::size_t min, std::size_t max) {
  if (done_) return *this;
  const std::size_t count = core::count_characters(text_);
  return require(count >= min && count <= max, "must have " + std::to_string(min) + " to " +
                                                   std::to_string(max) + " characters, not " +
                                                   std::to_string(count));
}

TextRules& TextRules::require(bool kept, const std::string& rule) {
  if (done_ || kept) return *this;
  done_ = true;
  add_violation(violations_, member_, "Invalid " + std::string(what_),
                "The " + core::to_lower(what_) + " \"" + core::shorten(text_, 200) + "\" is not valid on " +
                    std::string(cloud_) + ": it " + rule + ".");
  return *this;
}

std::string_view TextRules::text() const {
  return done_ ? std::string_view() : text_;
}

}  // namespace cloud
